/**
 * Trains a network with a function by a recipe, takes the epoch that is best on the validation images, and measures that
 * one on the test images, once. It knows nothing of cases or studies.
 *
 * @module
 */
import type { Expression } from "../activation/mod.ts";
import type { Augmentation, Dataset, Images } from "../datasets/mod.ts";
import { engine, type LayersModel, type Tensor } from "../engine/mod.ts";
import type { NetworkOptions } from "../models/mod.ts";
import { random } from "../random.ts";
import { UserError } from "../user_error.ts";
import { isBetterEpoch } from "./best_epoch.ts";
import { checkKernel, datasetTrainer, figures, measure, type TrainingData } from "./dataset_trainer.ts";
import type { Score } from "./fitness.ts";
import { type Epoch, measuredEpoch } from "./measured_epoch.ts";
import { optimizerOf, type RecipeSettings } from "./recipe.ts";
import { learningRateAt } from "./schedule.ts";
import { type Trainer, variablesOf } from "./trainer.ts";

/** The images of an evaluation, with the data set's usual random changes where it has some. */
export type EvaluationData = TrainingData & { readonly augmentation?: Augmentation };

/** Options of {@linkcode evaluateActivation}. */
export interface EvaluateActivationOptions {
  /** Builds the network. */
  readonly build: (options: NetworkOptions) => LayersModel;
  /** How the network is trained. */
  readonly settings: RecipeSettings;
  /** Seed of the initial weights, the order of the images, their changes, and dropout. */
  readonly seed: number;
  /** The images; `test` only where the score is to have test figures. */
  readonly data: EvaluationData;
  /** Called after each epoch. */
  readonly onEpoch?: (epoch: Epoch) => void;
  /** When aborted, the evaluation ends by throwing the signal's reason. */
  readonly signal?: AbortSignal;
}

/** The random changes that a data set usually has; undefined where it has none. */
export function usualAugmentation(data: Partial<Dataset>): Augmentation | undefined {
  return (data as EvaluationData).augmentation;
}

/**
 * Trains a network with the function and measures it at its best epoch. A training whose loss was NaN or infinite at any
 * time has diverged, whatever its best epoch was. The engine must be loaded. It leaves no tensors behind.
 */
export async function evaluateActivation(activation: Expression, options: EvaluateActivationOptions): Promise<Score> {
  const { build, settings, seed, data } = options;
  const { imageSize, dropout, labelSmoothing } = settings;
  checkKernel(settings);
  const model = build({
    activation,
    imageSize,
    channels: data.train.channels,
    classes: data.classes.length,
    seed: random(seed).seed("network"),
    ...dropout !== null && { dropout },
  });
  try {
    checkOutput(model, { classes: data.classes.length, network: settings.network });
    const optimizer = optimizerOf(settings);
    using trainer = datasetTrainer(model, { data, settings, optimizer, labelSmoothing });
    using weights = new KeptWeights(model, trainer);
    return await train(trainer, { ...options, weights });
  } finally {
    model.dispose();
  }
}

/** Refuses a network, perhaps a user's own, that has not one logit for each class. */
function checkOutput(model: LayersModel, { classes, network }: { classes: number; network: string }): void {
  const shape = JSON.stringify(model.outputShape);
  if (shape === `[null,${classes}]`) return;
  throw new UserError(
    `Cannot train ${network}: expected outputs of shape [null,${classes}], one logit a class, got ${shape}`,
  );
}

/** A copy of the weights at the best epoch until now. */
class KeptWeights implements Disposable {
  #kept: Tensor[] = [];

  constructor(readonly model: LayersModel, readonly trainer: Trainer) {}

  keep(): void {
    this.trainer.download();
    engine().dispose(this.#kept);
    this.#kept = variablesOf(this.model, "all").map((variable) => variable.clone());
  }

  restore(): void {
    for (const [i, variable] of variablesOf(this.model, "all").entries()) variable.assign(this.#kept[i]);
    this.trainer.upload();
  }

  [Symbol.dispose](): void {
    engine().dispose(this.#kept);
  }
}

async function train(
  trainer: Trainer,
  options: EvaluateActivationOptions & { readonly weights: KeptWeights },
): Promise<Score> {
  const { settings, seed, data, onEpoch, signal, weights } = options;
  const { epochs, batchSize } = settings;
  const order = random(seed).split("order");
  const stepsPerEpoch = Math.ceil(data.train.count / batchSize);
  const augment = settings.augmentation === "standard" ? data.augmentation : undefined;
  let best: Epoch | undefined;
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const measured = await measuredEpoch(trainer, {
      ...{ epoch, data, batchSize, augment, onEpoch, signal },
      rng: order.split(epoch),
      learningRate: (step) =>
        learningRateAt((epoch - 1) * stepsPerEpoch + step, { ...settings, steps: epochs * stepsPerEpoch }),
    });
    if (!measured) return { kind: "diverged", fitness: 0, epoch };
    if (best && !isBetterEpoch(measured, best)) continue;
    best = measured;
    if (data.test && epoch < epochs) weights.keep();
  }
  if (data.test && best!.epoch < epochs) weights.restore();
  return { kind: "complete", ...bestFigures(best!), ...data.test && await testFigures(data.test) };

  function bestFigures({ validationAccuracy, validationLoss }: Epoch) {
    return figures({ accuracy: validationAccuracy, loss: validationLoss });
  }

  async function testFigures(images: Images) {
    const { accuracy, loss } = await measure(trainer, { images, data, signal });
    return Number.isFinite(loss) ? { testAccuracy: accuracy, testLoss: loss } : { testAccuracy: accuracy };
  }
}
