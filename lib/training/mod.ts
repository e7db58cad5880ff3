/**
 * Training a network with an activation function, by a recipe.
 *
 * @module
 */
export { createTrainer } from "./create_trainer.ts";
export {
  bestEpoch,
  chosenEpochs,
  type CompleteOutcome,
  type DivergedOutcome,
  type Epoch,
  type Outcome,
  type Scores,
  type StoppedOutcome,
  type ValidatedEpoch,
} from "./outcome.ts";
export {
  type Precision,
  PRECISIONS,
  readRecipe,
  type Recipe,
  recipeSchema,
  type ScheduleName,
  type TrainingRecipe,
  trainingRecipe,
  trainingSchema,
} from "./recipe.ts";
export { train, type TrainingData, type TrainOptions } from "./train.ts";
export { type TrainingStepOptions, trainingStepProgram } from "./graph_trainer.ts";
export type { Batch } from "./trainer.ts";
