/**
 * A comparison of named functions: every test of this folder on one table of scores. It puts results together and says
 * nothing about what they mean.
 *
 * @module
 */
import { random } from "../random.ts";
import type { Interval } from "./bootstrap.ts";
import { type DatasetComparison, datasetComparison } from "./comparison_datasets.ts";
import { type ControlSummary, controlSummary } from "./comparison_control.ts";
import { comparisonIntervals, type IntervalMethod } from "./comparison_intervals.ts";
import { pairSummaries, type PairSummary } from "./comparison_pairs.ts";
import { datasetRanksOf } from "./dataset_ranks.ts";
import { findsDifference, friedmanOfRanks, type FriedmanResult } from "./friedman.ts";
import { mergeEqualScores } from "./equal_scores.ts";
import { joined } from "./listed.ts";
import { nemenyiOfRanks } from "./nemenyi.ts";
import { rankTable } from "./rank_table.ts";
import { checkTable, type PartialScore, type ScoreTable } from "./score_table.ts";
import type { Better, RankingOptions } from "./scores.ts";
import { winsOfRanks } from "./wins.ts";

/** Options of {@linkcode compareFunctions}. */
export interface CompareOptions extends RankingOptions {
  /** The level of all tests (default: 0.05). */
  readonly alpha?: number;
  /** The name of the function that the others are compared with; default: all pairs are compared. */
  readonly control?: string;
  /** Differences from the control of at most this size make no practical difference; asks for the Bayesian test. */
  readonly rope?: number;
  /** Seed of the bootstrap and of the Bayesian test (default: 1). */
  readonly seed?: number;
  /**
   * Number of the bootstrap's samples (default: 2,000, with more than 1,000 cases or data sets fewer, and with more than
   * 2,000 none: the intervals are then the bootstrap's limit).
   */
  readonly resamples?: number;
}

/** A function in the order of mean ranks. */
export interface RankedFunction {
  /** Its name. */
  readonly name: string;
  /** 1 for one that is the best in every case. */
  readonly meanRank: number;
  /** The interval of 95 % for the mean rank; null where there are fewer than 5 cases, or data sets where these are known. */
  readonly interval: Interval | null;
  /** Cases in which it alone is the best. */
  readonly wins: number;
  /** Cases in which it shares the best score. */
  readonly sharedWins: number;
  /** The mean over data sets of its mean rank in each, where the data sets are known. */
  readonly meanDatasetRank?: number;
}

/** Who is the best in a case. */
export interface CaseWinners {
  /** The name of the case. */
  readonly name: string;
  /** Its data set, where it is known. */
  readonly dataset?: string;
  /** The functions with the best score. */
  readonly winners: readonly string[];
}

/** What {@linkcode compareFunctions} returns; fit for JSON but for an infinite F. */
export interface Comparison {
  /** Which scores are the better ones. */
  readonly better: Better;
  /** What a row is. */
  readonly unit: "case" | "seed";
  /** The level of all tests. */
  readonly alpha: number;
  /** The seed of the bootstrap and of the Bayesian test. */
  readonly seed: number;
  /** The names of the functions in the order of the table's columns. */
  readonly columns: readonly string[];
  /** The functions, the best mean rank first. */
  readonly functions: readonly RankedFunction[];
  /** How the intervals were found. */
  readonly intervalMethod: IntervalMethod;
  /** Friedman's and Iman and Davenport's tests; mean ranks in the order of the columns. */
  readonly friedman: FriedmanResult;
  /**
   * Whether Iman and Davenport's test, corrected for ties, finds a difference, and with fewer than 10 cases Friedman's
   * too; where all cases give one order, whether its exact probability does. Else no pair may be said to differ.
   */
  readonly differ: boolean;
  /** Nemenyi's critical difference. */
  readonly criticalDifference: number;
  /** Groups of functions that are not shown to differ: Nemenyi's, or all functions where `differ` is false. */
  readonly groups: readonly (readonly string[])[];
  /** All pairs, in the order of mean ranks. */
  readonly pairs: readonly PairSummary[];
  /** The comparison with the control, where one was named. */
  readonly control?: ControlSummary;
  /** The comparison by data sets, where some of them have several cases. */
  readonly byDataset?: DatasetComparison;
  /** The best functions of each case. */
  readonly cases: readonly CaseWinners[];
  /** Scores of these cases that are means over fewer seeds than others of their case. */
  readonly partial: readonly PartialScore[];
  /** The names of the cases on whose data a search had found one of the functions. */
  readonly searched: readonly string[];
  /** The names of the cases that were dropped as incomplete. */
  readonly dropped: readonly string[];
}

/**
 * Compares functions: mean ranks with intervals, Friedman's test, all pairs, the control, data sets, wins. Whole data
 * sets are drawn for the intervals where data sets are known. Everything takes scores for equal that differ by rounding
 * errors alone ({@linkcode equalScores}).
 *
 * Throws a RangeError as {@linkcode friedman} does, for names that do not fit the scores, for a control that is no
 * function, and for a region of practical equivalence without control; a {@linkcode MissingScoresError} that names the
 * cells.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { compareFunctions } from "./comparison.ts";
 * const scores = Array.from({ length: 12 }, () => [0.7, 0.9, 0.8]);
 * const table = { functions: ["relu", "gelu", "swish"], cases: scores.map((_, i) => `case ${i + 1}`), scores };
 * const { functions, groups } = compareFunctions(table, { better: "higher" });
 * assertEquals(functions.map(({ name, meanRank }) => [name, meanRank]), [["gelu", 1], ["swish", 2], ["relu", 3]]);
 * assertEquals(groups, []);
 * ```
 */
export function compareFunctions(table: ScoreTable, options: CompareOptions): Comparison {
  checkTable(table, options);
  const { alpha = 0.05, control, rope, seed = 1, better, missing } = options;
  const { functions: names, scores, datasets, unit = "case" } = table;
  if (rope !== undefined && control === undefined) {
    throw new RangeError("Cannot use a region of practical equivalence: expected a control with it, got none");
  }
  const column = control === undefined ? undefined : names.indexOf(control);
  if (column === -1) {
    throw new RangeError(`Cannot compare with a control: expected one of ${joined(names)}, got ${control}`);
  }
  const rng = random(seed);
  const ranked = rankTable(scores, { better, missing });
  const overall = friedmanOfRanks(ranked);
  const order = [...names.keys()].sort((i, j) => ranked.meanRanks[i] - ranked.meanRanks[j]);
  const kept = ranked.cases;
  const { intervals, intervalMethod } = comparisonIntervals(ranked, {
    datasets,
    resamples: options.resamples,
    rng: rng.split("bootstrap"),
  });
  const won = winsOfRanks(ranked);
  const all = nemenyiOfRanks(ranked, { alpha });
  const differ = findsDifference(overall, alpha);
  const perDataset = datasets && datasetRanksOf(ranked, { datasets });
  const merged = kept.map((row) => mergeEqualScores(scores[row]));
  const columns = names.map((_, j) => merged.map((row) => row[j]));
  const complete = new Set(kept.map((row) => table.cases[row]));
  return {
    better,
    unit,
    alpha,
    seed,
    columns: names,
    functions: order.map((j) => ({
      name: names[j],
      meanRank: ranked.meanRanks[j],
      interval: intervals[j],
      wins: won.alone[j],
      sharedWins: won.shared[j],
      ...perDataset && {
        meanDatasetRank: perDataset.ranks.reduce((sum, row) => sum + row[j], 0) / perDataset.ranks.length,
      },
    })),
    intervalMethod,
    friedman: overall,
    differ,
    criticalDifference: all.criticalDifference,
    groups: (differ ? all.groups : [order]).map((group) => group.map((j) => names[j])),
    pairs: pairSummaries(columns, { names, order, better, nemenyi: all }),
    ...column !== undefined && {
      control: controlSummary(ranked, {
        ...{ names, control: column, alpha, columns, better, rope },
        rng: rng.split("Bayesian"),
      }),
    },
    ...perDataset && perDataset.datasets.length < kept.length && {
      byDataset: datasetComparison(perDataset, { names, order, alpha, control: column }),
    },
    cases: kept.map((row, i) => ({
      name: table.cases[row],
      ...datasets && { dataset: datasets[row] },
      winners: won.winners[i].map((j) => names[j]),
    })),
    partial: (table.partial ?? []).filter((one) => complete.has(one.case)),
    searched: (table.searched ?? []).filter((name) => complete.has(name)),
    dropped: ranked.dropped.map((row) => table.cases[row]),
  };
}
