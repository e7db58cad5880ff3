/**
 * An epoch of training and its measurement on the validation images. It knows nothing of what follows from it.
 *
 * @module
 */
import { type Augmentation, batches } from "../datasets/mod.ts";
import type { Random } from "../random.ts";
import { measure, type TrainingData } from "./dataset_trainer.ts";
import { type EpochOptions, trainEpoch } from "./train.ts";
import type { Trainer } from "./trainer.ts";

/** What was measured in one epoch. */
export interface Epoch {
  /** Counted from 1. */
  readonly epoch: number;
  /** Mean loss over the epoch's steps, each measured before its update. */
  readonly trainLoss: number;
  /** Mean loss on the validation images after the epoch. */
  readonly validationLoss: number;
  /** Accuracy on the validation images after the epoch, in [0, 1]. */
  readonly validationAccuracy: number;
  /** Wall time of the epoch's training, without the evaluation. */
  readonly seconds: number;
  /** Number of images trained on. */
  readonly images: number;
}

/** Options of {@linkcode measuredEpoch}. */
export interface MeasuredEpochOptions extends Pick<EpochOptions, "learningRate" | "signal"> {
  /** Counted from 1. */
  readonly epoch: number;
  readonly data: TrainingData;
  /** Images a step. */
  readonly batchSize: number;
  /** Orders the images, and changes them. */
  readonly rng: Random;
  /** Random changes of the training images (default: none). */
  readonly augment?: Augmentation;
  /** Called with what was measured. */
  readonly onEpoch?: (epoch: Epoch) => void;
}

/** Trains on each image once, and measures. Undefined where a loss was NaN or infinite. */
export async function measuredEpoch(trainer: Trainer, options: MeasuredEpochOptions): Promise<Epoch | undefined> {
  const { epoch, data, batchSize, rng, augment, learningRate, onEpoch, signal } = options;
  const { mean, std } = data;
  const start = performance.now();
  const trained = await trainEpoch(trainer, {
    batches: batches(data.train, { size: batchSize, mean, std, rng, ...augment && { augment } }),
    learningRate,
    signal,
  });
  const seconds = (performance.now() - start) / 1000;
  if (trained.kind === "diverged") return undefined;
  const { accuracy, loss } = await measure(trainer, { images: data.validation, data, signal });
  const measured: Epoch = {
    epoch,
    trainLoss: trained.loss,
    validationLoss: loss,
    validationAccuracy: accuracy,
    seconds,
    images: trained.images,
  };
  onEpoch?.(measured);
  return Number.isFinite(loss) ? measured : undefined;
}
