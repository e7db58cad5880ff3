/**
 * The grid: which trials compare functions in cases. It runs no trial.
 *
 * @module
 */
import type { PartSizes } from "../datasets/mod.ts";
import { random } from "../random.ts";
import type { JsonRecord, TrialSpec } from "../study/mod.ts";
import type { CaseRecipe } from "./cases.ts";
import type { Contestant } from "./contestant.ts";

/** A case that is there: with its recipe, and all that a trial's result follows from beside function and seed. */
export interface GridCase {
  /** Its name, different for each case. */
  readonly name: string;
  /** A network's name, or the absolute path of a module. */
  readonly network: string;
  /** The data set's name. */
  readonly dataset: string;
  /** How networks are trained here. */
  readonly recipe: CaseRecipe;
  /** Numbers of images. */
  readonly images: PartSizes;
  /** The settings of its trials, but for the learning rate. */
  readonly conditions: JsonRecord;
}

/** What is compared where. */
export interface Grid {
  /** The cases. */
  readonly cases: readonly GridCase[];
  /** The functions, each of them in every case. */
  readonly contestants: readonly Contestant[];
  /** Everything random comes from it. */
  readonly seed: number;
  /** Trainings of each function in each case. */
  readonly seeds: number;
  /** Whether each training tries the case's learning rates. */
  readonly tuned: boolean;
}

/** A trial of a grid, with its place there. */
export interface GridTrial {
  /** Where it is trained. */
  readonly case: GridCase;
  /** The function. */
  readonly contestant: Contestant;
  /** The trial to run. */
  readonly spec: TrialSpec;
}

/** Seeds of the trainings that are compared: the same for every function. */
export function gridSeeds({ seed, seeds }: Pick<Grid, "seed" | "seeds">): number[] {
  return Array.from({ length: seeds }, (_, i) => random(seed).seed(`evaluation ${i + 1}`));
}

/**
 * The trials that are compared: every function of a case with every seed. Where learning rates are tuned, each training
 * tries those of the case, at equal cost for every function.
 */
export function gridTrials(grid: Grid): GridTrial[] {
  const seeds = gridSeeds(grid);
  return grid.cases.flatMap((one) => {
    const { learningRate, learningRates } = one.recipe;
    const several = grid.tuned && learningRates.length > 1;
    const recipe = { ...one.conditions, learningRate, ...several && { learningRates } };
    return grid.contestants.flatMap((contestant) => {
      const { formula, identity } = contestant;
      return seeds.map((seed) => ({
        case: one,
        contestant,
        spec: { label: "evaluation", formula, identity, recipe, seed, test: true },
      }));
    });
  });
}
