/**
 * What came of a search, as one JSON document: settings, engine, best functions, finalists and baselines, counts, times.
 *
 * @module
 */
import type { EngineInfo } from "../engine/mod.ts";
import { geneDiversity, type Rejection } from "../search/mod.ts";
import { type BestComparison, compareBest, mean, standardDeviation } from "../statistics/mod.ts";
import {
  type JsonRecord,
  type Trial,
  TRIAL_STATUSES,
  trialFitness,
  trialScores,
  type TrialStatus,
} from "../study/mod.ts";
import type { TimeSpent } from "./clock.ts";
import type { Search, SearchEnding } from "./search.ts";
import { bestTrials, type Finalist } from "./finals.ts";

/** A function that the search found. */
export interface BestFunction {
  /** The function as a text. */
  readonly formula: string;
  /** Its genome, see `decodeGenome`. */
  readonly genome: readonly number[];
  /** Validation accuracy / validation loss. */
  readonly fitness: number;
  /** In [0, 1]. */
  readonly validationAccuracy: number;
  /** Mean cross-entropy, in nats. */
  readonly validationLoss: number;
  /** Number of its trial in the study. */
  readonly trial: number;
}

/** Mean and sample standard deviation over seeds; null where there are too few values. */
export interface Spread {
  /** Mean of the values that are there. */
  readonly mean: number | null;
  /** Sample standard deviation of the values that are there. */
  readonly sd: number | null;
  /** The values in the order of the seeds; null where a training did not end. */
  readonly values: readonly (number | null)[];
}

/** A function of the final comparison. */
export interface ComparedFunction {
  /** The name of the catalogue, or "found 1". */
  readonly name: string;
  /** The function as a text. */
  readonly formula: string;
  /** Its genome, null where it has none. */
  readonly genome: readonly number[] | null;
  /** Seeds of the trainings, none of them used by the search. */
  readonly seeds: readonly number[];
  /** Validation accuracy / validation loss. */
  readonly fitness: Spread;
  /** In [0, 1]. */
  readonly validationAccuracy: Spread;
  /** Mean cross-entropy, in nats. */
  readonly validationLoss: Spread;
  /** In [0, 1]. */
  readonly testAccuracy: Spread;
}

/** Trials that failed for one reason. */
export interface Failure {
  /** The first line of the reason. */
  readonly reason: string;
  /** How many trials failed for it. */
  readonly trials: number;
  /** The function of the first of them. */
  readonly formula: string;
}

/** The document. */
export interface SearchReport {
  /** The study's name. */
  readonly study: string;
  /** Seed of the search. */
  readonly seed: number;
  /** Settings of the search and of its trainings, as the study has stored them. */
  readonly settings: JsonRecord;
  /** What computed. */
  readonly engine: EngineInfo;
  /** Trials that ran at once. */
  readonly workers: number;
  /** Why the search ended. */
  readonly ended: SearchEnding;
  /** Generations that have ended. */
  readonly generations: number;
  /** The best functions of the search, the best first. */
  readonly best: readonly BestFunction[];
  /** The same functions trained anew, with several seeds. */
  readonly finalists: readonly ComparedFunction[];
  /** Known functions, trained with the same seeds and budget. */
  readonly baselines: readonly ComparedFunction[];
  /** The best finalist beside the baselines, see {@linkcode searchAnswer}; null where nothing can be compared. */
  readonly answer: BestComparison | null;
  /** How often the test images were used, in all runs of the study. */
  readonly testUses: number;
  /** All trials of the study. */
  readonly trials: Readonly<Record<TrialStatus, number>>;
  /** Why trials failed. */
  readonly failures: readonly Failure[];
  /** Genomes that were drawn and rejected before training. */
  readonly rejected: Readonly<Record<Rejection, number>>;
  /** Wall time of this run. */
  readonly seconds: number;
  /** Where it went. */
  readonly time: TimeSpent;
}

const numberOrNull = (value: number) => Number.isFinite(value) ? value : null;

/** Mean and sample standard deviation of the values that are finite. */
export function spread(values: readonly number[]): Spread {
  const finite = values.filter(Number.isFinite);
  return {
    mean: finite.length > 0 ? mean(finite) : null,
    sd: finite.length > 1 ? standardDeviation(finite) : null,
    values: values.map(numberOrNull),
  };
}

function compared({ name, formula, genes, seeds, ...lists }: Finalist): ComparedFunction {
  return {
    name,
    formula,
    genome: genes ?? null,
    seeds,
    fitness: spread(lists.fitness),
    validationAccuracy: spread(lists.validationAccuracy),
    validationLoss: spread(lists.validationLoss),
    testAccuracy: spread(lists.testAccuracy),
  };
}

/** The reasons for which trials failed, in the order in which they came. */
function failuresOf(trials: readonly Trial[]): Failure[] {
  const failed = trials.flatMap(({ formula, outcome }) =>
    outcome.kind === "failed" ? [{ formula, reason: outcome.reason.split("\n")[0] }] : []
  );
  return [...Map.groupBy(failed, ({ reason }) => reason)].map(([reason, own]) => (
    { reason, trials: own.length, formula: own[0].formula }
  ));
}

/** The generations of a search as `historyPlot` draws them: the fitness of each function, and how different they are. */
export function searchHistory(
  { generations }: Pick<Search, "generations">,
): { readonly generation: number; readonly fitness: readonly number[]; readonly diversity: number }[] {
  return generations.map(({ generation, population }) => ({
    generation,
    fitness: population.map(({ fitness }) => fitness),
    diversity: geneDiversity(population.map(({ genome }) => genome)),
  }));
}

/** The best functions among the trials of a search, the best first. */
export function bestFunctions(trials: readonly Trial[], count: number): BestFunction[] {
  return bestTrials(trials, count).map((trial) => {
    const { validationAccuracy, validationLoss } = trialScores(trial)!;
    return {
      formula: trial.formula,
      genome: trial.genome ?? [],
      fitness: trialFitness(trial),
      validationAccuracy,
      validationLoss,
      trial: trial.number,
    };
  });
}

/**
 * The answer of a search: whether the best function found, by its mean validation accuracy over the seeds of the final
 * comparison, differs from the baselines on the test images. Undefined where there was no comparison, and where no
 * function trained to its end.
 */
export function searchAnswer(finalists: readonly Finalist[]): BestComparison | undefined {
  return compareBest(finalists.map((finalist) => ({
    ...finalist,
    diverged: finalist.fitness.map((fitness, i) => fitness === 0 && Number.isNaN(finalist.testAccuracy[i])),
  })));
}

/** The document of a search that has ended, or was stopped, and of its final comparison, if there was one. */
export function searchReport(search: Search, finalists: readonly Finalist[] = []): SearchReport {
  const { study, executor, engine, generations, ending, time, testUses } = search;
  const statuses = [...study.trials().map(({ outcome }) => outcome.kind), ...study.started().map(() => "interrupted")];
  const counts = TRIAL_STATUSES.map((status) => [status, statuses.filter((one) => one === status).length]);
  const rejected = (reason: Rejection) => generations.reduce((sum, { counts }) => sum + counts.rejected[reason], 0);
  return {
    study: study.head.name,
    seed: study.head.seed,
    settings: study.head.settings,
    engine,
    workers: executor.capacity,
    ended: ending ?? "interrupted",
    generations: generations.length,
    best: search.best(),
    finalists: finalists.filter(({ role }) => role === "found").map(compared),
    baselines: finalists.filter(({ role }) => role === "baseline").map(compared),
    answer: searchAnswer(finalists) ?? null,
    testUses,
    trials: Object.fromEntries(counts),
    failures: failuresOf(study.trials()),
    rejected: { constant: rejected("constant"), "not finite": rejected("not finite") },
    seconds: time.wall,
    time,
  };
}
