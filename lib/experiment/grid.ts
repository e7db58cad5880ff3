/**
 * The grid: which trials compare functions in cases, how each function gets its learning rate, and what came of it. It
 * runs no trial.
 *
 * @module
 */
import type { PartSizes } from "../datasets/mod.ts";
import { random } from "../random.ts";
import type { JsonRecord, Trial, TrialSpec } from "../study/mod.ts";
import { bestEpoch } from "../training/mod.ts";
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
  /** Whether each function gets the best of the case's learning rates. */
  readonly tuned: boolean;
}

/** A trial of a grid, with its place there. */
export interface GridTrial {
  /** Where it is trained. */
  readonly case: GridCase;
  /** The function. */
  readonly contestant: Contestant;
  /** The learning rate of the first step. */
  readonly learningRate: number;
  /** The trial to run. */
  readonly spec: TrialSpec;
}

/** Seeds of the trainings that are compared: the same for every function. */
export function gridSeeds({ seed, seeds }: Pick<Grid, "seed" | "seeds">): number[] {
  return Array.from({ length: seeds }, (_, i) => random(seed).seed(`evaluation ${i + 1}`));
}

function gridTrial(
  place: Omit<GridTrial, "spec">,
  { label, seed }: { readonly label: "tuning" | "evaluation"; readonly seed: number },
): GridTrial {
  const { case: { conditions }, contestant: { formula, identity }, learningRate } = place;
  const recipe = { ...conditions, learningRate };
  const spec = { label, formula, identity, recipe, seed, test: label === "evaluation" };
  return { ...place, spec };
}

/**
 * The trials that choose learning rates: every function of a case with every learning rate of the case, once, with a seed
 * that no compared training has, and without the test images. None where one learning rate is for all.
 */
export function tuningTrials({ cases, contestants, seed, tuned }: Grid): GridTrial[] {
  if (!tuned) return [];
  const seeded = { label: "tuning", seed: random(seed).seed("tuning") } as const;
  return cases.flatMap((one) =>
    contestants.flatMap((contestant) =>
      one.recipe.learningRates.map((learningRate) => gridTrial({ case: one, contestant, learningRate }, seeded))
    )
  );
}

/** A learning rate by the trials that chose among some: that of the best epoch of all; undefined where all diverged. */
function bestRate(tried: readonly { readonly learningRate: number; readonly trial?: Trial }[]): number | undefined {
  const epochs = tried.flatMap(({ learningRate, trial }) =>
    trial?.outcome.kind === "complete" ? [{ learningRate, ...bestEpoch(trial.epochs)! }] : []
  );
  return bestEpoch(epochs)?.learningRate;
}

/**
 * The trials that are compared: every function of a case with every seed. Of `tuning`, what came of
 * {@linkcode tuningTrials} in their order, each function gets its learning rate; where none of its own trained to the
 * end, and where nothing was tuned, it is the recipe's.
 */
export function evaluationTrials(grid: Grid, tuning: readonly (Trial | undefined)[]): GridTrial[] {
  const tried = tuningTrials(grid).map((place, i) => ({ ...place, trial: tuning[i] }));
  return grid.cases.flatMap((one) =>
    grid.contestants.flatMap((contestant) => {
      const own = tried.filter((place) => place.case === one && place.contestant === contestant);
      const learningRate = bestRate(own) ?? one.recipe.learningRate;
      return gridSeeds(grid).map((seed) =>
        gridTrial({ case: one, contestant, learningRate }, { label: "evaluation", seed })
      );
    })
  );
}
