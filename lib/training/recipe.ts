/**
 * The recipe of a training: everything that decides, beside the function and the seed, what comes of it. One schema,
 * from which checks, defaults, command-line flags, case files and stored records follow.
 *
 * @module
 */
import { z } from "zod";
import { LARGEST_IMAGE, SPLIT_KINDS } from "../datasets/mod.ts";
import { ENGINES, type OptimizerSettings } from "../engine/mod.ts";
import { check, choice, flag, integer, list, number, SettingsError, text } from "../schema.ts";

/** Names of the precisions. */
export const PRECISIONS = ["float32", "bfloat16"] as const;

/** `bfloat16`: convolutions and products with 8 bits of mantissa; weights, sums and losses in float32. */
export type Precision = typeof PRECISIONS[number];

/** Names of the learning rate's schedules. */
const SCHEDULES = ["constant", "cosine"] as const;

/** `cosine`: from the learning rate to 0 along half a cosine (Loshchilov, Hutter, ICLR 2017, without restarts). */
export type ScheduleName = typeof SCHEDULES[number];

const countOrAll = (description: string) => integer(description, { minimum: 1 }).nullable().default(null);

/** How the network is trained. */
const training = {
  network: text("Network: phi, alexnet, vgg16, resnet50, mobilenet, cct, or the path of a module").default("phi"),
  epochs: integer("Passes over the training images", { minimum: 1 }).default(2),
  batchSize: integer("Images a step", { minimum: 1 }).default(64),
  optimizer: choice("Stochastic gradient descent with momentum, or Adam", ["momentum", "adam"]).default("adam"),
  learningRate: number("Learning rate of the first step", { above: 0 }).default(0.001),
  learningRates: list("Learning rates, each tried for one epoch, the best of which goes on; in place of learningRate", {
    of: number("A learning rate", { above: 0 }),
    minimum: 2,
  }).optional(),
  momentum: number("Momentum of stochastic gradient descent; 0 with Adam", { minimum: 0, below: 1 }).default(0),
  weightDecay: number("Decay of the weights apart from the gradient; with Adam it is AdamW", { minimum: 0 })
    .default(0),
  schedule: choice("How the learning rate changes from step to step", SCHEDULES).default("constant"),
  labelSmoothing: number("Share of the target spread over all classes", { minimum: 0, below: 1 }).default(0),
  dropout: number("Share of values that dropout sets to 0; null: the network's own", { minimum: 0, below: 1 })
    .nullable().default(null),
  augmentation: choice("Random changes of the training images: none, or the data set's usual ones", [
    "none",
    "standard",
  ]).default("none"),
  gate: number("Validation accuracy after the first epoch below which training stops; 0: no gate", {
    minimum: 0,
    below: 1,
  }).default(0),
  keep: choice("The epoch whose weights count: the last, or the one with the best validation accuracy", [
    "last",
    "best",
  ]).default("last"),
  precision: choice("Numbers in which training multiplies", PRECISIONS).default("float32"),
};

/** On which images. */
const images = {
  dataset: text("Data set, or folder:PATH with a folder of pictures for each class").default("fashion-mnist"),
  imageSize: integer("Height and width of the images, in pixels", { minimum: 1, maximum: LARGEST_IMAGE }),
  trainImages: countOrAll("Training images; null: all that are not for validation"),
  validationImages: countOrAll("Validation images; null: as the data set has it"),
  testImages: countOrAll("Test images; null: all"),
  splitSeed: integer("Seed of the split into training and validation images", { minimum: 0 }).default(1),
  split: choice("How sets without official parts are split: by images, or by groups such as slides", SPLIT_KINDS)
    .optional(),
};

/** What computes. */
const machine = {
  engine: choice("What computes", ENGINES).default("tensorflow"),
  engineVersion: text("The engine's version and device").optional(),
  threads: integer("Threads of one operation", { minimum: 1 }).default(1),
  graph: flag("Whether each step is one graph of TensorFlow, instead of operation by operation").optional(),
  kernel: flag("Whether an activation is one operation of our own, instead of several of TensorFlow's").optional(),
};

/** What {@linkcode train} takes beside the images. */
export const trainingSchema = z.object({ ...training, graph: machine.graph, kernel: machine.kernel });

/** The whole recipe, as a trial records it. */
export const recipeSchema = z.object({
  ...training,
  ...images,
  ...machine,
  /** SHA-256 that stands for the images, their decoding and their parts. */
  dataDigest: text("Digest of the data set's content").optional(),
  /** What results say of data that are not the published ones. */
  dataEdition: text("In what the images differ from the published ones").optional(),
  /** SHA-256 of a network of one's own. */
  networkDigest: text("Digest of a network of one's own").optional(),
});

/** How a network is trained, beside the images. */
export type TrainingRecipe = Readonly<z.output<typeof trainingSchema>>;

/** Everything that decides how a function is trained. */
export type Recipe = Readonly<z.output<typeof recipeSchema>>;

const ACTION = "Cannot train";

function checkTogether<R extends TrainingRecipe>(recipe: R): R {
  if (recipe.precision === "bfloat16" && recipe.graph === false) {
    throw new SettingsError(`${ACTION}: expected graph true or precision float32, got graph false and bfloat16`);
  }
  if (recipe.optimizer === "adam" && recipe.momentum !== 0) {
    throw new SettingsError(`${ACTION}: expected momentum to be 0 with Adam, got ${recipe.momentum}`);
  }
  return recipe;
}

/** The settings of a training with their defaults. Throws a SettingsError that names what is unknown or out of range. */
export function trainingRecipe(record: Partial<TrainingRecipe>): TrainingRecipe {
  return checkTogether(check(trainingSchema, record, { action: ACTION }));
}

/** A whole recipe with its defaults. Throws a SettingsError that names what is unknown or out of range. */
export function readRecipe(record: unknown): Recipe {
  return checkTogether(check(recipeSchema, record, { action: ACTION }));
}

/** The optimizer of a recipe; Adam's other constants are those of its authors, with Keras's ε. */
export function optimizerOf({ optimizer, momentum, weightDecay }: TrainingRecipe): OptimizerSettings {
  return optimizer === "momentum"
    ? { kind: "momentum", momentum, weightDecay }
    : { kind: "adam", beta1: 0.9, beta2: 0.999, epsilon: 1e-7, weightDecay };
}

/**
 * The learning rate of a step, counted from 0, of `steps` in all.
 *
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { learningRateAt } from "./recipe.ts";
 * assertAlmostEquals(learningRateAt(5, { schedule: "cosine", learningRate: 0.1, steps: 10 }), 0.05);
 * ```
 */
export function learningRateAt(
  step: number,
  { schedule, learningRate, steps }: Pick<TrainingRecipe, "schedule" | "learningRate"> & { readonly steps: number },
): number {
  return schedule === "constant" ? learningRate : learningRate * (1 + Math.cos(Math.PI * step / steps)) / 2;
}
