/**
 * Trains a network with an activation function: build, best of the learning rates, epochs, gate, best or last epoch, test
 * once.
 *
 * @module
 */
import { type Expression, resolveActivation } from "../activation/mod.ts";
import { batches, type Dataset, type Images } from "../datasets/mod.ts";
import { engineInfo, type LayersModel, loadEngine } from "../engine/mod.ts";
import { networkBuilder } from "../models/mod.ts";
import { random } from "../random.ts";
import { SettingsError } from "../schema.ts";
import { UserError } from "../user_error.ts";
import { createTrainer } from "./create_trainer.ts";
import { type Epoch, isBetterEpoch, type Outcome, type Scores } from "./outcome.ts";
import { learningRateAt, optimizerOf, type TrainingRecipe, trainingRecipe } from "./recipe.ts";
import type { Trainer, TrainerState } from "./trainer.ts";

/** The images of a training: `train` and `validation`, and `test` where the test accuracy is asked for. */
export type TrainingData = Pick<Dataset, "classes" | "mean" | "std" | "train" | "validation" | "test" | "augmentation">;

/** Options of {@linkcode train}: the images, and the settings of a recipe, which have defaults. */
export interface TrainOptions extends Partial<TrainingRecipe> {
  /** The images, see `loadDataset`. */
  readonly data: TrainingData;
  /** Seed of the initial weights, the order and changes of the images, and dropout (default: 1). */
  readonly seed?: number;
  /** Whether the test images are measured, once, at the end (default: false). */
  readonly test?: boolean;
  /** Called after each epoch. */
  readonly onEpoch?: (epoch: Epoch) => void;
  /** When aborted, training ends by throwing the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Images of a batch in which accuracy and loss are measured. */
const EVALUATION_BATCH = 250;

/**
 * Trains a network with the function (an expression, a name of the catalogue, or a formula) and says what came of it: its
 * scores on the validation images, or that it diverged or was stopped at the gate. The same function, data, settings and
 * seed give the same outcome, to the bit. It leaves no tensors behind.
 *
 * Throws a SettingsError for settings that are unknown or out of range, and a UserError for a network that cannot be used.
 */
export async function train(activation: Expression | string, options: TrainOptions): Promise<Outcome> {
  const { data, seed = 1, test = false, onEpoch, signal, ...settings } = options;
  const recipe = trainingRecipe(settings);
  const expression = typeof activation === "string" ? resolveActivation(activation) : activation;
  if (test && !data.test) throw new UserError('Cannot test: expected test images; load them with parts: [..., "test"]');
  const testImages = test ? data.test : undefined;
  await loadEngine();
  checkKernel(recipe);

  const rng = random(seed);
  const build = await networkBuilder(recipe.network);
  const model = build({
    activation: expression,
    imageSize: data.train.imageSize,
    channels: data.train.channels,
    classes: data.classes.length,
    seed: rng.seed("network"),
    ...recipe.dropout !== null && { dropout: recipe.dropout },
  });
  try {
    checkOutput(model, { classes: data.classes.length, network: recipe.network });
    using trainer = createTrainer(model, {
      graph: recipe.graph ?? engineInfo().name === "tensorflow",
      precision: recipe.precision,
      optimizer: optimizerOf(recipe),
      labelSmoothing: recipe.labelSmoothing,
      sizes: {
        train: batchSizes([data.train], recipe.batchSize),
        evaluate: batchSizes([data.validation, ...testImages ? [testImages] : []], EVALUATION_BATCH),
      },
    });
    const order = rng.split("order");
    const measure = (images: Images) => measureImages(trainer, { images, data, signal });

    /** An epoch; undefined where it diverged. */
    const run = async (epoch: number, { learningRate }: { readonly learningRate: number }) => {
      const options = { epoch, data, recipe: { ...recipe, learningRate }, rng: order.split(epoch), signal };
      const trained = await trainEpoch(trainer, options);
      if (!trained) return undefined;
      const { accuracy: validationAccuracy, loss: validationLoss } = await measure(data.validation);
      const tried = recipe.learningRates && { learningRate };
      const measured: Epoch = { epoch, ...trained, validationLoss, validationAccuracy, ...tried };
      onEpoch?.(measured);
      return Number.isFinite(validationLoss) ? measured : undefined;
    };

    const first = recipe.learningRates
      ? await bestStart(trainer, { rates: recipe.learningRates, run: (learningRate) => run(1, { learningRate }) })
      : await run(1, recipe);
    if (!first) return { kind: "diverged", fitness: 0, epoch: 1 };
    if (first.validationAccuracy < recipe.gate) return { kind: "stopped", ...scores(first) };
    using best = new BestState(trainer);
    const keeps = recipe.keep === "best" && testImages !== undefined;
    let kept = first;
    for (let epoch = 2; epoch <= recipe.epochs; epoch++) {
      if (keeps && kept.epoch === epoch - 1) best.save();
      const measured = await run(epoch, { learningRate: first.learningRate ?? recipe.learningRate });
      if (!measured) return { kind: "diverged", fitness: 0, epoch };
      if (recipe.keep === "last" || isBetterEpoch(measured, kept)) kept = measured;
    }
    if (!testImages) return { kind: "complete", ...scores(kept) };
    if (kept.epoch < recipe.epochs) best.restore();
    const { accuracy: testAccuracy, loss: testLoss } = await measure(testImages);
    return { kind: "complete", ...scores(kept), testAccuracy, ...Number.isFinite(testLoss) && { testLoss } };
  } finally {
    model.dispose();
  }
}

/** The scores of an epoch. */
function scores({ validationAccuracy, validationLoss, learningRate }: Epoch): Scores {
  const smallest = 1e-9; // keeps the fitness finite
  const fitness = validationAccuracy / Math.max(validationLoss, smallest);
  return { fitness, validationAccuracy, validationLoss, ...learningRate !== undefined && { learningRate } };
}

/** Trains a first epoch with each learning rate from the same start, and goes on from the best of them. */
async function bestStart(trainer: Trainer, { rates, run }: {
  readonly rates: readonly number[];
  readonly run: (learningRate: number) => Promise<Epoch | undefined>;
}): Promise<Epoch | undefined> {
  using start = trainer.save();
  using end = new BestState(trainer);
  let best: Epoch | undefined;
  for (const [i, rate] of rates.entries()) {
    if (i > 0) trainer.restore(start);
    const epoch = await run(rate);
    if (!epoch || best && !isBetterEpoch(epoch, best)) continue;
    best = epoch;
    end.save();
  }
  if (best) end.restore();
  return best;
}

/** Trains on each image once; undefined where a loss was NaN or infinite. */
async function trainEpoch(trainer: Trainer, { epoch, data, recipe, rng, signal }: {
  readonly epoch: number;
  readonly data: TrainingData;
  readonly recipe: TrainingRecipe;
  readonly rng: ReturnType<typeof random>;
  readonly signal?: AbortSignal;
}): Promise<Pick<Epoch, "trainLoss" | "seconds" | "images"> | undefined> {
  const { mean, std, augmentation } = data;
  const { batchSize: size } = recipe;
  const augment = recipe.augmentation === "standard" ? augmentation : undefined;
  const stepsPerEpoch = Math.ceil(data.train.count / size);
  const start = performance.now();
  let [step, sum, images] = [(epoch - 1) * stepsPerEpoch, 0, 0];
  for (const batch of batches(data.train, { size, mean, std, rng, ...augment && { augment } })) {
    const learningRate = learningRateAt(step++, { ...recipe, steps: recipe.epochs * stepsPerEpoch });
    const loss = trainer.train(batch, { learningRate });
    if (!Number.isFinite(loss)) return undefined;
    sum += loss * batch.labels.length;
    images += batch.labels.length;
    await breathe(signal);
  }
  return { trainLoss: sum / images, seconds: (performance.now() - start) / 1000, images };
}

/** Accuracy in [0, 1] and mean softmax cross-entropy, which may be NaN or infinite, in inference mode. */
async function measureImages(trainer: Trainer, { images, data: { mean, std }, signal }: {
  readonly images: Images;
  readonly data: TrainingData;
  readonly signal?: AbortSignal;
}): Promise<{ readonly accuracy: number; readonly loss: number }> {
  let [correct, sum, count] = [0, 0, 0];
  for (const batch of batches(images, { size: EVALUATION_BATCH, mean, std })) {
    const { correct: hits, loss } = trainer.evaluate(batch);
    correct += hits;
    sum += loss * batch.labels.length;
    count += batch.labels.length;
    await breathe(signal);
  }
  return { accuracy: correct / count, loss: sum / count };
}

const BREATH = 200; // ms
let lastBreath = 0;

/** Lets the event loop turn every 200 ms, so that messages and interrupts arrive; throws an aborted signal's reason. */
async function breathe(signal?: AbortSignal): Promise<void> {
  if (performance.now() - lastBreath < BREATH) return;
  await new Promise((resolve) => setTimeout(resolve, 0));
  lastBreath = performance.now();
  signal?.throwIfAborted();
}

/** The sizes of the batches that images come in. */
function batchSizes(parts: readonly Images[], size: number): number[] {
  const sizes = parts.flatMap(({ count }) => [Math.min(count, size), count % size]);
  return [...new Set(sizes)].filter((count) => count > 0);
}

/** Makes sure that the loaded engine computes activations as the recipe says. */
function checkKernel({ kernel = engineInfo().kernel }: TrainingRecipe): void {
  if (kernel === engineInfo().kernel) return;
  const state = (own: boolean) => own ? "one operation of our own" : "operations of TensorFlow";
  throw new SettingsError(
    `Cannot train: expected an engine whose activations are ${state(kernel)}, got ${state(!kernel)}`,
  );
}

/** Refuses a network, perhaps a user's own, that does not output one logit per class. */
function checkOutput(model: LayersModel, { classes, network }: { classes: number; network: string }): void {
  const shape = JSON.stringify(model.outputShape);
  if (shape === `[null,${classes}]`) return;
  throw new UserError(
    `Cannot train ${network}: expected outputs of shape [null,${classes}], one logit a class, got ${shape}`,
  );
}

/** Where the training stood at its best so far. */
class BestState implements Disposable {
  #state?: TrainerState;

  constructor(readonly trainer: Trainer) {}

  save(): void {
    this.#state?.[Symbol.dispose]();
    this.#state = this.trainer.save();
  }

  restore(): void {
    this.trainer.restore(this.#state!);
  }

  [Symbol.dispose](): void {
    this.#state?.[Symbol.dispose]();
  }
}
