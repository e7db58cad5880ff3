/**
 * A function's score, as AFOS defines it (arXiv 2409.04915): validation accuracy over validation loss of a network that
 * is trained with the function, with the first epoch as a gate. It knows nothing of searches or studies.
 *
 * @module
 */
import type { Expression } from "../activation/mod.ts";
import { buildNetwork } from "../models/mod.ts";
import { random } from "../random.ts";
import { checkKernel, datasetTrainer, figures, measure, type TrainingData } from "./dataset_trainer.ts";
import type { Evaluation } from "./evaluate.ts";
import { type Epoch, measuredEpoch } from "./measured_epoch.ts";
import type { TrainingSettings } from "./settings.ts";
import type { Trainer } from "./trainer.ts";

/** A function's score, or how its training ended before there was one. */
export type Score =
  | {
    /** Trained to the end, or stopped at the gate. */
    readonly kind: "complete" | "stopped";
    /** Validation accuracy / validation loss. */
    readonly fitness: number;
    readonly validationAccuracy: number;
    readonly validationLoss: number;
    /** Only where the test images were asked for, and not of a stopped training. */
    readonly testAccuracy?: number;
    readonly testLoss?: number;
  }
  | {
    /** A loss was NaN or infinite. */
    readonly kind: "diverged";
    readonly fitness: 0;
    readonly epoch: number;
  };

/** Options of {@linkcode scoreActivation}. */
export interface ScoreOptions {
  /** How the network is trained. */
  readonly settings: TrainingSettings;
  /** Seed of the initial weights, the order of the images, and dropout. */
  readonly seed: number;
  /** The images; `test` only where the score is to have test figures. */
  readonly data: TrainingData;
  /** Called after each epoch. */
  readonly onEpoch?: (epoch: Epoch) => void;
  /** When aborted, scoring ends by throwing the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Trains a network with the function and scores it. The engine must be loaded. It leaves no tensors behind. */
export async function scoreActivation(activation: Expression, options: ScoreOptions): Promise<Score> {
  const { settings, seed, data } = options;
  const { imageSize, dropout, momentum } = settings;
  checkKernel(settings);
  const rng = random(seed);
  const model = buildNetwork(settings.network, {
    activation,
    imageSize,
    channels: data.train.channels,
    classes: data.classes.length,
    seed: rng.seed("network"),
    dropout,
  });
  try {
    using trainer = datasetTrainer(model, { data, settings, optimizer: { kind: "momentum", momentum } });
    return await trainAndScore(trainer, options);
  } finally {
    model.dispose();
  }
}

async function trainAndScore(trainer: Trainer, options: ScoreOptions): Promise<Score> {
  const { settings, seed, data, onEpoch, signal } = options;
  const { epochs, batchSize, learningRate, gate } = settings;
  const order = random(seed).split("order");
  let validation: Evaluation = { accuracy: 0, loss: Infinity };
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const measured = await measuredEpoch(trainer, {
      ...{ epoch, data, batchSize, learningRate, onEpoch, signal },
      rng: order.split(epoch),
    });
    if (!measured) return { kind: "diverged", fitness: 0, epoch };
    validation = { accuracy: measured.validationAccuracy, loss: measured.validationLoss };
    if (epoch === 1 && validation.accuracy < gate) return { kind: "stopped", ...figures(validation) };
  }
  const test = data.test && await measure(trainer, { images: data.test, data, signal });
  return {
    kind: "complete",
    ...figures(validation),
    ...(test && Number.isFinite(test.loss) && { testAccuracy: test.accuracy, testLoss: test.loss }),
  };
}
