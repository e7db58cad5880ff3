/**
 * Named budgets: how a function is trained in a search, and how the finalists are compared. They know nothing of how a
 * search proposes functions.
 *
 * @module
 */
import type { PresetName } from "../search/mod.ts";
import type { Precision } from "../training/mod.ts";

/** How much training a function gets. */
export interface Budget {
  /** Name of the network. */
  readonly network: string;
  /** Name of the data set. */
  readonly dataset: string;
  /** Height and width of the images, in pixels; smaller ones than the data set's are made by averaging. */
  readonly imageSize: number;
  /** Images to train on. */
  readonly trainImages: number;
  /** Images that fitness is measured on, none of them a training image. */
  readonly validationImages: number;
  /** Images of the test set that the finalists are measured on. */
  readonly testImages: number;
  /** Passes over the training images. */
  readonly epochs: number;
  /** Images a step. */
  readonly batchSize: number;
  /** Learning rate of stochastic gradient descent. */
  readonly learningRate: number;
  /** Momentum of stochastic gradient descent, in [0, 1). */
  readonly momentum: number;
  /** Share of values that dropout sets to 0. */
  readonly dropout: number;
  /** In which numbers the search's trainings multiply, where the processor does so in hardware; else in float32. */
  readonly precision: Precision;
  /** A function with a lower validation accuracy after the first epoch is not trained further. */
  readonly gate: number;
  /** How many of the best functions become finalists. */
  readonly finalists: number;
  /** With how many seeds each finalist and each baseline is trained. */
  readonly finalSeeds: number;
  /** The functions of the catalogue that the finalists are compared with. */
  readonly baselines: readonly string[];
}

const comparison = { finalists: 3, finalSeeds: 3, baselines: ["relu", "swish", "gelu", "eelu2"] };

/**
 * Searches multiply in bfloat16: over 60 random functions, the quick budget's fitness in bfloat16 had a rank correlation
 * of .994 with that in float32 from the same seed (.873 among those that trained to the end), and that of two seeds in
 * float32 was .975 (.824), by `deno task bench:rank` on an AMD EPYC with AVX-512, 2026-11-24.
 *
 * AFOS's training (arXiv 2409.04915): SGD .001, momentum .9, batches of 64, 15 epochs, dropout .2. */
const afos: Budget = {
  network: "phi",
  dataset: "fashion-mnist",
  imageSize: 28,
  trainImages: 55_000,
  validationImages: 5_000,
  testImages: 10_000,
  epochs: 15,
  batchSize: 64,
  learningRate: 0.001,
  momentum: 0.9,
  dropout: 0.2,
  precision: "bfloat16",
  gate: 0.25,
  ...comparison,
};

/**
 * The budgets by preset. `quick` trains on few small images, without dropout and with a higher learning rate, so that
 * two epochs already tell functions apart: `deno task bench` measures how well.
 */
export const budgets: Readonly<Record<PresetName, Budget>> = {
  quick: {
    ...afos,
    imageSize: 14,
    trainImages: 3_072,
    validationImages: 1_000,
    testImages: 2_000,
    epochs: 2,
    batchSize: 32,
    learningRate: 0.01,
    dropout: 0,
  },
  paper: afos,
  afos,
};
