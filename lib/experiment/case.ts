/**
 * A case: a network on a data set, with the recipes that every function is trained with there. It knows nothing of files,
 * of functions, nor of how a training is run.
 *
 * @module
 */
import type { Recipe } from "../training/mod.ts";

/** The recipes of a case: `full` for results, `quick` for a small machine. */
export const BUDGETS = ["quick", "full"] as const;

/** Which of a case's recipes is used. */
export type BudgetName = typeof BUDGETS[number];

/** A recipe, with the learning rates that it takes. */
export interface CaseRecipe extends Recipe {
  /** The learning rate, unless each function gets its own. */
  readonly learningRate: number;
  /** The learning rates of which each function gets the best one on the validation images, where that is asked for. */
  readonly learningRates: readonly number[];
}

/** A network on a data set. */
export interface Case {
  /** Its name, different for each case: NETWORK/DATASET unless the file says another one. */
  readonly name: string;
  /** A network's name, or the absolute path of a module. */
  readonly network: string;
  /** The data set's name. */
  readonly dataset: string;
  /** How networks are trained here, by budget. */
  readonly recipes: Readonly<Record<BudgetName, CaseRecipe>>;
  /** Whether the recipes were made for another data set, so that their numbers of images are only upper limits. */
  readonly borrowed?: boolean;
}
