/**
 * What a function is trained with. With the function and the trial's seed, these settings determine a trial's result.
 * They know nothing of how the training is done.
 *
 * @module
 */

import { type Check, count, flag, oneOf, pickSettings, positive, seed, share, text } from "./checks.ts";
import { type Precision, PRECISIONS } from "./precision.ts";

/** Settings of a training, one flat record. */
export interface TrainingSettings {
  /** The network's name. */
  readonly network: string;
  /** The data set's name. */
  readonly dataset: string;
  /** Height and width of the images, in pixels. */
  readonly imageSize: number;
  /** Number of training images. */
  readonly trainImages: number;
  /** Number of validation images. */
  readonly validationImages: number;
  /** Number of test images. */
  readonly testImages: number;
  /** Seed of the split into training and validation images. */
  readonly splitSeed: number;
  /** Passes over the training images. */
  readonly epochs: number;
  /** Images a step. */
  readonly batchSize: number;
  /** Learning rate of stochastic gradient descent. */
  readonly learningRate: number;
  /** Momentum, in [0, 1). */
  readonly momentum: number;
  /** Share of values that dropout sets to 0, in [0, 1). */
  readonly dropout: number;
  /** A function whose validation accuracy after the first epoch is below it is not trained further; 0: no gate. */
  readonly gate: number;
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

const CHECKS: Readonly<Record<keyof TrainingSettings, Check>> = {
  network: text,
  dataset: text,
  imageSize: count,
  trainImages: count,
  validationImages: count,
  testImages: count,
  splitSeed: seed,
  epochs: count,
  batchSize: count,
  learningRate: positive,
  momentum: share,
  dropout: share,
  gate: share,
  engine: text,
  engineVersion: text,
  threads: count,
  graph: flag,
  kernel: flag,
  precision: oneOf(PRECISIONS),
};

/**
 * Picks the training's settings out of a record that may hold others too. Throws a RangeError that names the setting
 * which is missing or out of range.
 */
export function trainingSettings(record: Readonly<Record<string, unknown>>): TrainingSettings {
  const settings = pickSettings<TrainingSettings>(record, CHECKS);
  if (settings.precision !== "float32" && !settings.graph) {
    throw new RangeError(
      "Cannot train in bfloat16 without graphs: expected graph true or precision float32, got neither",
    );
  }
  return settings;
}
