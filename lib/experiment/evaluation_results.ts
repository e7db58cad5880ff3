/**
 * What came of an evaluation: a result for each training, as rows and as one JSON document. It trains nothing.
 *
 * @module
 */
import type { GridTrial } from "./grid.ts";
import type { EngineInfo } from "../engine/mod.ts";
import { type Trial, trialKey, trialScores } from "../study/mod.ts";
import { bestEpoch, chosenEpochs } from "../training/mod.ts";
import type { TimeSpent } from "./clock.ts";
import { dataRecord } from "./data_conditions.ts";
import type { EvaluationPlan, MissingCase } from "./evaluation_plan.ts";

/** What came of one training of a comparison; null is what a training that did not end lacks. */
export interface EvaluationResult {
  /** The case's name. */
  readonly case: string;
  /** A network's name, or the path of a module. */
  readonly network: string;
  /** The data set's name. */
  readonly dataset: string;
  /** Height and width of the images, in pixels. */
  readonly imageSize: number;
  /** Whether one of the functions compared was searched on this data set. */
  readonly searched: boolean;
  /** The function's name. */
  readonly function: string;
  /** The function as a text. */
  readonly formula: string;
  /** Seed of the training, the same for every function. */
  readonly seed: number;
  /** The learning rate of the first step; where several were tried, the best of them. */
  readonly learningRate: number;
  /** What functions are compared by: the test accuracy, 0 of a training that diverged. */
  readonly score: number | null;
  /** On the test images, at the best epoch, in [0, 1]. */
  readonly testAccuracy: number | null;
  /** On the test images, at the best epoch. */
  readonly testLoss: number | null;
  /** At the best epoch, in [0, 1]. */
  readonly validationAccuracy: number | null;
  /** The epoch with the best validation accuracy, counted from 1. */
  readonly bestEpoch: number | null;
  /** Epochs that were trained to their end. */
  readonly epochs: number;
  /** Wall time of the training. */
  readonly seconds: number;
  /** Whether a loss was NaN or infinite. */
  readonly diverged: boolean;
  /** What went wrong, of a training that could not be run; null of the others. */
  readonly failure: string | null;
  /** How the data set was split, where it has no official parts. */
  readonly split: string | null;
  /** In what the images differ from the published ones; null where they are those. */
  readonly edition: string | null;
}

/** The columns of results as a table: what `deno task friedman` reads, and the rest. */
export const EVALUATION_COLUMNS = [
  ...["case", "network", "dataset", "imageSize", "function", "seed", "score"] as const,
  ...["testAccuracy", "testLoss", "validationAccuracy", "bestEpoch", "epochs", "seconds", "diverged"] as const,
  ...["failure", "learningRate", "formula", "searched", "split", "edition"] as const,
] satisfies readonly (keyof EvaluationResult)[];

/** Results as a table with {@linkcode EVALUATION_COLUMNS}, a row for each. */
export function evaluationTable(results: readonly EvaluationResult[]): {
  readonly columns: typeof EVALUATION_COLUMNS;
  readonly values: readonly (readonly (string | number | boolean | null)[])[];
} {
  return {
    columns: EVALUATION_COLUMNS,
    values: results.map((result) => EVALUATION_COLUMNS.map((column) => result[column])),
  };
}

/** The document. */
export interface EvaluationReport {
  /** The study's name. */
  readonly study: string;
  /** Whether it ran to its end, or was interrupted and can be resumed. */
  readonly ended: boolean;
  /** Which of the cases' recipes was used. */
  readonly budget: string;
  /** Seed of everything random. */
  readonly seed: number;
  /** Trainings of each function in each case. */
  readonly seeds: number;
  /** Whether each training tried the case's learning rates. */
  readonly tuned: boolean;
  /** What computed. */
  readonly engine: EngineInfo;
  /** Processes that trained at a time. */
  readonly workers: number;
  /** The functions, as texts by name. */
  readonly functions: Readonly<Record<string, string>>;
  /** Cases that were left out, and why. */
  readonly missing: readonly MissingCase[];
  /** What came of each training that has ended. */
  readonly results: readonly EvaluationResult[];
  /** Where the time of this process went. */
  readonly time: TimeSpent;
}

/** The results of the trials of a grid that have ended, in the grid's order. */
export function evaluationResults(
  places: readonly GridTrial[],
  { trials, plan }: { readonly trials: readonly Trial[]; readonly plan: Pick<EvaluationPlan, "contestants"> },
): EvaluationResult[] {
  const ended = new Map(trials.map((trial) => [trialKey(trial), trial]));
  const searchedOn = new Set(plan.contestants.flatMap(({ searchedOn }) => searchedOn));
  return places.flatMap((place) => {
    const trial = ended.get(trialKey(place.spec));
    return trial ? [result(place, { trial, searched: searchedOn.has(place.case.dataset) })] : [];
  });
}

function result(
  { case: { name, network, dataset, recipe }, contestant }: GridTrial,
  { trial, searched }: { readonly trial: Trial; readonly searched: boolean },
): EvaluationResult {
  const scores = trialScores(trial);
  const { outcome } = trial;
  const { split, edition } = dataRecord(trial.recipe);
  const diverged = outcome.kind === "diverged";
  return {
    case: name,
    network,
    dataset,
    imageSize: recipe.imageSize,
    searched,
    function: contestant.name,
    formula: contestant.formula,
    seed: trial.seed,
    learningRate: scores?.learningRate ?? recipe.learningRate,
    score: diverged ? 0 : scores?.testAccuracy ?? null,
    testAccuracy: scores?.testAccuracy ?? null,
    testLoss: scores?.testLoss ?? null,
    validationAccuracy: scores?.validationAccuracy ?? null,
    bestEpoch: scores ? bestEpoch(chosenEpochs(trial))?.epoch ?? null : null,
    epochs: chosenEpochs(trial).length,
    seconds: trial.seconds,
    diverged,
    failure: outcome.kind === "failed" ? outcome.reason.split("\n")[0] : null,
    split,
    edition,
  };
}
