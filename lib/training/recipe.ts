/**
 * What a network is trained with where functions are compared: the optimizer and its course, beside what every training
 * has. It knows nothing of cases, nor of how the training is done.
 *
 * @module
 */
import type { OptimizerSettings } from "../engine/mod.ts";
import { type Check, count, notNegative, oneOf, orNull, pickSettings, share } from "./checks.ts";
import { COMMON_CHECKS, type CommonSettings } from "./common_settings.ts";
import { type ScheduleName, SCHEDULES } from "./schedule.ts";

/** The part of a recipe that determines a training, beside network, images and learning rate. */
export interface Recipe {
  /** Passes over the training images. */
  readonly epochs: number;
  /** Images a step. */
  readonly batchSize: number;
  /** Stochastic gradient descent with momentum, or Adam. */
  readonly optimizer: "momentum" | "adam";
  /** Momentum, in [0, 1); Adam has none. */
  readonly momentum: number;
  /** Decay of weights, apart from the gradient; with Adam it is AdamW. */
  readonly weightDecay: number;
  /** How the learning rate goes from step to step. */
  readonly schedule: ScheduleName;
  /** Share of the target that is spread over all classes, in [0, 1). */
  readonly labelSmoothing: number;
  /** Share of values that dropout sets to 0; null: the network's own. */
  readonly dropout: number | null;
  /** Changes of the training images: none, or the data set's usual ones. */
  readonly augmentation: "none" | "standard";
  /** Height and width of the images, in pixels. */
  readonly imageSize: number;
  /** Number of training images; null: all. */
  readonly trainImages: number | null;
  /** Number of validation images; null: as the data set has it. */
  readonly validationImages: number | null;
  /** Number of test images; null: all. */
  readonly testImages: number | null;
}

/** Settings of a training in a comparison, one flat record. */
export type RecipeSettings = Recipe & CommonSettings;

/** What each setting of a recipe must be. */
export const RECIPE_CHECKS: Readonly<Record<keyof Recipe, Check>> = {
  epochs: count,
  batchSize: count,
  optimizer: oneOf(["momentum", "adam"]),
  momentum: share,
  weightDecay: notNegative,
  schedule: oneOf(SCHEDULES),
  labelSmoothing: share,
  dropout: orNull(share),
  augmentation: oneOf(["none", "standard"]),
  imageSize: count,
  trainImages: orNull(count),
  validationImages: orNull(count),
  testImages: orNull(count),
};

const CHECKS: Readonly<Record<keyof RecipeSettings, Check>> = { ...COMMON_CHECKS, ...RECIPE_CHECKS };

/**
 * Picks the settings of a training in a comparison out of a record that may hold others too. Throws a RangeError that
 * names the setting which is missing or out of range.
 */
export function recipeSettings(record: Readonly<Record<string, unknown>>): RecipeSettings {
  return pickSettings<RecipeSettings>(record, CHECKS);
}

/** The optimizer of a recipe; Adam's other numbers are those of its authors, with Keras's ε. */
export function optimizerOf({ optimizer, momentum, weightDecay }: Recipe): OptimizerSettings {
  return optimizer === "momentum"
    ? { kind: "momentum", momentum, weightDecay }
    : { kind: "adam", beta1: 0.9, beta2: 0.999, epsilon: 1e-7, weightDecay };
}
