/**
 * A comparison of named functions: every test of this folder on one table of scores.
 *
 * @module
 */
import { type Random, random } from "../random.ts";
import { holm } from "./adjust.ts";
import { bayesianSignedRank } from "./bayesian_signed_rank.ts";
import { type Interval, meanRankIntervals } from "./bootstrap.ts";
import { compareWithControl, type ControlComparison } from "./control.ts";
import { casesByDataset, type DatasetRanks, datasetRanks } from "./dataset_ranks.ts";
import { mergeEqualScores } from "./equal_scores.ts";
import { findsDifference, friedman, type FriedmanResult } from "./friedman.ts";
import { nemenyi } from "./nemenyi.ts";
import { meanRanks, rankCases, type RankingOptions, type Ranks } from "./rank_cases.ts";
import {
  type Better,
  checkNames,
  missingCells,
  MissingScoresError,
  type PartialScore,
  type Scores,
  type ScoreTable,
} from "./scores.ts";
import { signTest } from "./signs.ts";
import { mean, median } from "./summary.ts";
import { type WilcoxonResult, wilcoxonSignedRank } from "./wilcoxon.ts";
import { wins } from "./wins.ts";

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
  /** Number of the bootstrap's samples (default: 2,000). */
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
  /** Its mean score over the cases. */
  readonly meanScore: number;
  /** Cases in which it alone is the best. */
  readonly wins: number;
  /** Cases in which it shares the best score. */
  readonly sharedWins: number;
  /** The mean over data sets of its mean rank in each, where the data sets are known. */
  readonly meanDatasetRank?: number;
}

/** By how much one of two functions is better, in the unit of the scores; below 0 where it is worse. */
export interface Effect {
  /** Mean of the differences over the cases. */
  readonly meanDifference: number;
  /** Median of the differences. */
  readonly medianDifference: number;
}

/** Two functions, the one with the better mean rank first. */
export interface PairSummary extends Effect {
  /** The name of the one with the better mean rank. */
  readonly first: string;
  /** The name of the other. */
  readonly second: string;
  /** Mean rank of the second less that of the first; at least 0. */
  readonly difference: number;
  /** Nemenyi's p-value, which allows for all pairs. */
  readonly nemenyi: number;
  /** Cases in which the first is better. */
  readonly wins: number;
  /** Cases in which the second is better. */
  readonly losses: number;
  /** Cases in which they have the same score. */
  readonly ties: number;
  /** The sign test of this pair alone. */
  readonly signTest: number;
  /** Wilcoxon's signed-rank test of this pair; `holm` is its p-value adjusted for all pairs. */
  readonly wilcoxon: WilcoxonResult & { readonly holm: number };
}

/** A function beside the control; effects are above 0 where it is better. */
export interface ControlledFunction extends Omit<ControlComparison, "function">, Effect {
  /** Its name. */
  readonly name: string;
  /**
   * The Bayesian signed-rank test, where a region of practical equivalence was given: the posterior probability that the
   * function is better than the control by more than the region, that the difference lies in it, or that it is worse.
   */
  readonly bayesian?: { readonly better: number; readonly equivalent: number; readonly worse: number };
}

/** The comparison with a control. */
export interface ControlSummary {
  /** The control's name. */
  readonly name: string;
  /** The control's mean rank. */
  readonly meanRank: number;
  /** Bonferroni and Dunn's critical difference. (Holm's procedure decides, which finds more and has none.) */
  readonly criticalDifference: number;
  /** The region of practical equivalence, where one was given. */
  readonly rope?: number;
  /** The other functions, the best mean rank first. */
  readonly functions: readonly ControlledFunction[];
}

/** Two functions that differ. */
export interface Apart {
  /** The one that is better. */
  readonly first: string;
  /** The other. */
  readonly second: string;
}

/** The comparison with each data set counted once. */
export interface DatasetComparison {
  /** The data sets, with the number of their cases. */
  readonly datasets: readonly { readonly name: string; readonly cases: number }[];
  /** Friedman's test of the ranks averaged per data set, where there are at least 2 of them, and 3 functions. */
  readonly friedman?: FriedmanResult;
  /** Of two functions: Wilcoxon's test of the differences averaged per data set. */
  readonly wilcoxon?: WilcoxonResult;
  /** Whether that test finds a difference. */
  readonly differ: boolean;
  /** The pairs that {@linkcode Comparison.apart} would name by those ranks; none, where nothing differs. */
  readonly apart: readonly Apart[];
  /** The comparison of those ranks with the control, where one was named and there are at least 2 data sets. */
  readonly control?: readonly (Omit<ControlComparison, "function"> & { readonly name: string })[];
}

/** How the intervals of mean ranks were found. */
export interface IntervalMethod {
  /** `"none"`: there are too few cases or data sets for any. */
  readonly method: "none" | "bootstrap";
  /** What counts as independent: data sets where they are known, else cases. */
  readonly of: "cases" | "data sets";
  /** How many of these there are. */
  readonly clusters: number;
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
  /** Whether all scores lie in [0, 1] and higher ones are better, so that a point is a hundredth. */
  readonly fractions: boolean;
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
  /**
   * Friedman's and Iman and Davenport's tests; mean ranks in the order of the columns. Two functions have none: Wilcoxon's
   * test of the pair decides.
   */
  readonly friedman?: FriedmanResult;
  /**
   * Whether the functions differ at all: by the exact distribution of Friedman's statistic where it is known, else by Iman
   * and Davenport's test, corrected for ties, and with fewer than 10 cases Friedman's too; two functions by Wilcoxon's.
   * Else no pair may be said to differ.
   */
  readonly differ: boolean;
  /** Nemenyi's critical difference. */
  readonly criticalDifference: number;
  /** Groups of functions that are not shown to differ: Nemenyi's, or all functions where `differ` is false. */
  readonly groups: readonly (readonly string[])[];
  /** All pairs, in the order of mean ranks. */
  readonly pairs: readonly PairSummary[];
  /**
   * The pairs that may be said to differ: where `differ`, those of Nemenyi's test; with a control, those of Holm's
   * procedure; of two functions, that pair.
   */
  readonly apart: readonly Apart[];
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
  /** What is to be known of the data, sentences without a full stop. */
  readonly notes: readonly string[];
  /** The names of the cases that were dropped as incomplete. */
  readonly dropped: readonly string[];
}

/** With fewer cases or data sets, percentiles of their means say next to nothing: with one the interval has no width. */
export const FEWEST_CLUSTERS = 5;

/**
 * Compares functions: mean ranks with intervals, Friedman's test, or Wilcoxon's of two functions, all pairs, the control,
 * data sets, wins. Whole data sets are drawn for the intervals where data sets are known. Everything takes scores for equal
 * that differ by rounding errors alone ({@linkcode equalScores}).
 *
 * Throws a RangeError as {@linkcode rankCases} does, for names that do not fit the scores, for a control that is no
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
  const { functions: names, unit = "case" } = table;
  const { alpha = 0.05, control, rope, seed = 1, better, missing } = options;
  checkNames(table);
  if (rope !== undefined && control === undefined) {
    throw new RangeError("Cannot use a region of practical equivalence: expected a control with it, got none");
  }
  if (control !== undefined && !names.includes(control)) {
    throw new RangeError(`Cannot compare with a control: expected one of ${names.join(", ")}, got ${control}`);
  }
  const cells = missingCells(table.scores);
  if (cells.length > 0 && missing !== "dropCases") {
    throw new MissingScoresError(cells, (cell) => `${names[cell.function]} in ${table.cases[cell.case]}`);
  }
  const { ranks, cases: rows, dropped } = rankCases(table.scores, options);
  const scores = rows.map((row) => mergeEqualScores(table.scores[row]));
  const datasets = table.datasets && rows.map((row) => table.datasets![row]);
  const means = meanRanks(ranks);
  const order = [...names.keys()].sort((i, j) => means[i] - means[j]);
  const setting: Setting = { ranks, scores, names, order, sign: better === "higher" ? 1 : -1, alpha, control };
  const rng = random(seed);

  const overall = names.length > 2 ? friedman(ranks) : undefined;
  const pairs = pairSummaries(setting);
  const differ = overall ? findsDifference(overall, alpha) : pairs[0].wilcoxon.pValue < alpha;
  const { criticalDifference, groups } = nemenyi(ranks, { alpha });
  const clusters = datasets ? casesByDataset(datasets).length : rows.length;
  const hasIntervals = clusters >= FEWEST_CLUSTERS;
  const intervals = hasIntervals
    ? meanRankIntervals(ranks, { datasets, resamples: options.resamples, rng: rng.split("bootstrap") })
    : undefined;
  const perDataset = datasets && datasetRanks(ranks, { datasets });
  const won = wins(ranks);
  const used = new Set(rows.map((row) => table.cases[row]));
  return {
    better,
    unit,
    fractions: better === "higher" && scores.flat().every((score) => score >= 0 && score <= 1),
    alpha,
    seed,
    columns: names,
    functions: order.map((j) => ({
      name: names[j],
      meanRank: means[j],
      interval: intervals?.[j] ?? null,
      meanScore: mean(scores.map((row) => row[j])),
      wins: won.alone[j],
      sharedWins: won.shared[j],
      ...perDataset && {
        meanDatasetRank: perDataset.ranks.reduce((sum, row) => sum + row[j], 0) / perDataset.ranks.length,
      },
    })),
    intervalMethod: { method: hasIntervals ? "bootstrap" : "none", of: datasets ? "data sets" : "cases", clusters },
    ...overall && { friedman: overall },
    differ,
    criticalDifference,
    groups: (!differ ? [order] : overall ? groups : []).map((group) => group.map((j) => names[j])),
    pairs,
    apart: !differ ? [] : overall ? apartByRank(setting) : [inOrder(pairs[0], pairs[0].wilcoxon)],
    ...control !== undefined &&
      { control: controlSummary({ ...setting, control }, { rope, rng: rng.split("Bayesian") }) },
    ...perDataset && perDataset.datasets.length < rows.length && {
      byDataset: datasetComparison(setting, { perDataset, datasets }),
    },
    cases: rows.map((row, i) => ({
      name: table.cases[row],
      ...datasets && { dataset: datasets[i] },
      winners: won.winners[i].map((j) => names[j]),
    })),
    partial: (table.partial ?? []).filter((one) => used.has(one.case)),
    searched: (table.searched ?? []).filter((name) => used.has(name)),
    notes: table.notes ?? [],
    dropped: dropped.map((row) => table.cases[row]),
  };
}

/** What the parts of a comparison share. */
interface Setting {
  readonly ranks: Ranks;
  readonly scores: Scores;
  readonly names: readonly string[];
  /** The columns, the best mean rank first. */
  readonly order: readonly number[];
  /** −1 where lower scores are better. */
  readonly sign: 1 | -1;
  readonly alpha: number;
  readonly control: string | undefined;
}

/** The scores of a column, turned so that higher ones are better. */
const turned = ({ scores, sign }: Pick<Setting, "scores" | "sign">, j: number) => scores.map((row) => sign * row[j]);

function effect(first: readonly number[], second: readonly number[]): Effect {
  const differences = first.map((score, i) => score - second[i]);
  return { meanDifference: mean(differences), medianDifference: median(differences) };
}

function pairSummaries(setting: Setting): PairSummary[] {
  const { ranks, names, order } = setting;
  const { meanRanks, pValues } = nemenyi(ranks);
  const pairs = order.flatMap((i, place) =>
    order.slice(place + 1).map((j) => {
      const [first, second] = [i, j].map((column) => turned(setting, column));
      const { pValue: signs, ...counts } = signTest(first, second);
      return {
        first: names[i],
        second: names[j],
        difference: meanRanks[j] - meanRanks[i],
        nemenyi: pValues[i][j],
        ...effect(first, second),
        ...counts,
        signTest: signs,
        wilcoxon: wilcoxonSignedRank(first, second),
      };
    })
  );
  const adjusted = holm(pairs.map(({ wilcoxon }) => wilcoxon.pValue));
  return pairs.map((pair, i) => ({ ...pair, wilcoxon: { ...pair.wilcoxon, holm: adjusted[i] } }));
}

/** Two functions in the order of Wilcoxon's test. */
function inOrder({ first, second }: Apart, { rankBiserial }: { readonly rankBiserial: number }): Apart {
  return rankBiserial > 0 ? { first, second } : { first: second, second: first };
}

/** The pairs that differ by their mean ranks: by Nemenyi's test, or from the control by Holm's procedure. */
function apartByRank({ control, ...setting }: Setting): Apart[] {
  const { ranks, names, order, alpha } = setting;
  if (control !== undefined) {
    return besideControl({ ...setting, control }).functions.filter(({ holm }) => holm < alpha)
      .map(({ name, z }) => z > 0 ? { first: name, second: control } : { first: control, second: name });
  }
  const { criticalDifference, meanRanks } = nemenyi(ranks, { alpha });
  return order.flatMap((i) =>
    order.filter((j) => meanRanks[j] - meanRanks[i] >= criticalDifference)
      .map((j) => ({ first: names[i], second: names[j] }))
  );
}

/** The functions beside the control, the best mean rank first. */
function besideControl({ ranks, names, alpha, control }: Setting & { readonly control: string }) {
  const { comparisons, ...result } = compareWithControl(ranks, { control: names.indexOf(control), alpha });
  const functions = comparisons.map(({ function: column, ...comparison }) => ({ name: names[column], ...comparison }));
  return { ...result, functions: functions.sort((a, b) => b.difference - a.difference) };
}

function controlSummary(setting: Setting & { readonly control: string }, { rope, rng }: {
  readonly rope: number | undefined;
  readonly rng: Random;
}): ControlSummary {
  const { scores, names, control: name } = setting;
  const { criticalDifference, meanRanks, control, functions } = besideControl(setting);
  const other = turned(setting, control);
  const bayesian = (name: string, rope: number) => {
    // Many cases need fewer samples for the same figures, and take longer over each.
    const samples = Math.min(50_000, Math.max(500, Math.floor(5e8 / scores.length ** 2)));
    const own = turned(setting, names.indexOf(name));
    const { aBetter, equivalent, bBetter } =
      bayesianSignedRank(own, other, { better: "higher", rope, rng: rng.split(name), samples }).probabilities;
    return { better: aBetter, equivalent, worse: bBetter };
  };
  return {
    name,
    meanRank: meanRanks[control],
    criticalDifference,
    ...rope !== undefined && { rope },
    functions: functions.map((one) => ({
      ...one,
      ...effect(turned(setting, names.indexOf(one.name)), other),
      ...rope !== undefined && { bayesian: bayesian(one.name, rope) },
    })),
  };
}

/** Tests the ranks averaged per data set, or of two functions the scores; nothing where there is one data set. */
function datasetComparison({ control, ...setting }: Setting, { perDataset, datasets: ofCases }: {
  readonly perDataset: DatasetRanks;
  readonly datasets: readonly string[];
}): DatasetComparison {
  const { names, order, alpha, sign } = setting;
  const datasets = perDataset.datasets.map((name, i) => ({ name, cases: perDataset.cases[i] }));
  if (datasets.length < 2) return { datasets, differ: false, apart: [] };
  if (names.length === 2) {
    const averages = datasetRanks(setting.scores, { datasets: ofCases }).ranks;
    const [first, second] = order.map((j) => turned({ scores: averages, sign }, j));
    const wilcoxon = wilcoxonSignedRank(first, second);
    const differ = wilcoxon.pValue < alpha;
    const [i, j] = order;
    return {
      datasets,
      wilcoxon,
      differ,
      apart: differ ? [inOrder({ first: names[i], second: names[j] }, wilcoxon)] : [],
    };
  }
  const { ranks } = rankCases(perDataset.ranks, { better: "lower" });
  const overall = friedman(ranks);
  const differ = findsDifference(overall, alpha);
  return {
    datasets,
    friedman: overall,
    differ,
    apart: differ ? apartByRank({ ...setting, control, ranks }) : [],
    ...control !== undefined && { control: besideControl({ ...setting, control, ranks }).functions },
  };
}
