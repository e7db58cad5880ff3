/**
 * What every training has among its settings, in searches and in comparisons. It knows nothing of either.
 *
 * @module
 */
import { type Check, count, flag, oneOf, positive, seed, text } from "./checks.ts";
import { type Precision, PRECISIONS } from "./precision.ts";

/** Settings that every training has. */
export interface CommonSettings {
  /** The network's name; in a comparison it may be the path of a module. */
  readonly network: string;
  /** The data set's name. */
  readonly dataset: string;
  /** Height and width of the images, in pixels. */
  readonly imageSize: number;
  /** Seed of the split into training and validation images. */
  readonly splitSeed: number;
  /** Passes over the training images. */
  readonly epochs: number;
  /** Images a step. */
  readonly batchSize: number;
  /** Learning rate, of the first step where it changes. */
  readonly learningRate: number;
  /** The engine's name. */
  readonly engine: string;
  /** The engine's version and device. */
  readonly engineVersion: string;
  /** Threads of one operation. */
  readonly threads: number;
  /** Whether each step is one graph of TensorFlow, not operation by operation. */
  readonly graph: boolean;
  /** Whether an activation is one operation of our own, not some of TensorFlow's. */
  readonly kernel: boolean;
  /** In which numbers training multiplies: `float32` or `bfloat16`; the latter takes graphs. */
  readonly precision: Precision;
}

/** What each of them must be. */
export const COMMON_CHECKS: Readonly<Record<keyof CommonSettings, Check>> = {
  network: text,
  dataset: text,
  imageSize: count,
  splitSeed: seed,
  epochs: count,
  batchSize: count,
  learningRate: positive,
  engine: text,
  engineVersion: text,
  threads: count,
  graph: flag,
  kernel: flag,
  precision: oneOf(PRECISIONS),
};
