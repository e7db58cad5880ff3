/**
 * What a function is trained with. With the function and the trial's seed, these settings determine a trial's result.
 * They know nothing of how the training is done.
 *
 * @module
 */
import { type Check, count, pickSettings, share } from "./checks.ts";
import { COMMON_CHECKS, type CommonSettings } from "./common_settings.ts";

/** Settings of a training, one flat record. */
export interface TrainingSettings extends CommonSettings {
  /** Number of training images. */
  readonly trainImages: number;
  /** Number of validation images. */
  readonly validationImages: number;
  /** Number of test images. */
  readonly testImages: number;
  /** Momentum, in [0, 1). */
  readonly momentum: number;
  /** Share of values that dropout sets to 0, in [0, 1). */
  readonly dropout: number;
  /** A function whose validation accuracy after the first epoch is below it is not trained further; 0: no gate. */
  readonly gate: number;
}

const CHECKS: Readonly<Record<keyof TrainingSettings, Check>> = {
  ...COMMON_CHECKS,
  trainImages: count,
  validationImages: count,
  testImages: count,
  momentum: share,
  dropout: share,
  gate: share,
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
