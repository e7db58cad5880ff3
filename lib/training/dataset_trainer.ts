/**
 * A trainer for the images of a data set, and how these measure it. It knows nothing of what is made of the figures.
 *
 * @module
 */
import { batches, type Dataset, type Images } from "../datasets/mod.ts";
import { engineInfo, type LayersModel } from "../engine/mod.ts";
import { createTrainer } from "./create_trainer.ts";
import { evaluate, type Evaluation } from "./evaluate.ts";
import type { Precision } from "./precision.ts";
import type { Trainer, TrainerOptions } from "./trainer.ts";

/** The images that train and measure; `test` only where the test figures are asked for. */
export type TrainingData = Pick<Dataset, "classes" | "mean" | "std" | "train" | "validation"> & {
  readonly test?: Images;
};

/** Options of {@linkcode datasetTrainer}. */
export interface DatasetTrainerOptions extends TrainerOptions {
  readonly data: TrainingData;
  readonly settings: { readonly batchSize: number; readonly graph: boolean; readonly precision: Precision };
}

const EVALUATION_BATCH = 250;
const SMALLEST_LOSS = 1e-9; // keeps a fitness finite

/** Makes sure that the loaded engine computes activations as the settings say. Throws a RangeError otherwise. */
export function checkKernel({ kernel }: { readonly kernel: boolean }): void {
  if (kernel === engineInfo().kernel) return;
  const state = (own: boolean) => own ? "one operation of our own" : "operations of TensorFlow";
  throw new RangeError(
    `Cannot train: expected an engine whose activations are ${state(kernel)}, got ${state(!kernel)}`,
  );
}

/** Makes a trainer for all batches of a data set. */
export function datasetTrainer(model: LayersModel, options: DatasetTrainerOptions): Trainer {
  const { data, settings: { batchSize, graph, precision }, optimizer, labelSmoothing } = options;
  return createTrainer(model, {
    graph,
    precision,
    optimizer,
    labelSmoothing,
    sizes: {
      train: batchSizes([data.train], batchSize),
      evaluate: batchSizes([data.validation, ...data.test ? [data.test] : []], EVALUATION_BATCH),
    },
  });
}

/** The sizes of the batches that images come in. */
function batchSizes(parts: readonly Images[], size: number): number[] {
  const sizes = parts.flatMap(({ count }) => [Math.min(count, size), count % size]);
  return [...new Set(sizes)].filter((count) => count > 0);
}

/** Measures the network on some of the data set's images. */
export function measure(trainer: Trainer, { images, data, signal }: {
  readonly images: Images;
  readonly data: Pick<TrainingData, "mean" | "std">;
  readonly signal?: AbortSignal;
}): Promise<Evaluation> {
  const { mean, std } = data;
  return evaluate(trainer, { batches: batches(images, { size: EVALUATION_BATCH, mean, std }), signal });
}

/** A measurement on the validation images as a score's figures: fitness is accuracy / loss. */
export function figures({ accuracy, loss }: Evaluation) {
  return {
    fitness: accuracy / Math.max(loss, SMALLEST_LOSS),
    validationAccuracy: accuracy,
    validationLoss: loss,
  };
}
