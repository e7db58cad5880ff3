/**
 * The door of `training`: what other rooms, notebooks and commands import.
 *
 * @module
 */
export { bestEpoch, type ValidatedEpoch } from "./best_epoch.ts";
export { type Check, positive } from "./checks.ts";
export type { CommonSettings } from "./common_settings.ts";
export { createTrainer } from "./create_trainer.ts";
export type { TrainingData } from "./dataset_trainer.ts";
export {
  evaluateActivation,
  type EvaluateActivationOptions,
  type EvaluationData,
  usualAugmentation,
} from "./evaluate_activation.ts";
export { type Score, scoreActivation, type ScoreOptions } from "./fitness.ts";
export type { Epoch } from "./measured_epoch.ts";
export { type Precision, PRECISIONS } from "./precision.ts";
export { type Recipe, RECIPE_CHECKS, type RecipeSettings, recipeSettings } from "./recipe.ts";
export { type ScheduleName, SCHEDULES } from "./schedule.ts";
export { type TrainingSettings, trainingSettings } from "./settings.ts";
export type { Batch } from "./trainer.ts";
