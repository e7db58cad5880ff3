/**
 * Confidence intervals of mean ranks by the bootstrap, and by its limit. It does not say whether functions differ.
 *
 * @module
 */
import type { Random } from "../random.ts";
import { clusters, clusterSums } from "./clusters.ts";
import { checkProbability, normalUpperQuantile } from "./distributions.ts";
import { type RankTable, rankTable } from "./rank_table.ts";
import type { RankingOptions, Scores } from "./scores.ts";

/** Options of {@linkcode meanRankIntervals}. */
export interface IntervalOptions extends RankingOptions {
  /** Draws the samples. */
  readonly rng: Random;
  /** Number of samples (default: 2,000). */
  readonly resamples?: number;
  /** The probability with which each interval alone shall hold the mean rank (default: 0.95). */
  readonly level?: number;
  /** The data set of each case; whole data sets are then drawn, as cases that share one are not independent. */
  readonly datasets?: readonly string[];
}

/** An interval. */
export interface Interval {
  /** Its lower end. */
  readonly low: number;
  /** Its upper end. */
  readonly high: number;
}

/** The quantile of ascending numbers, between two of them by a straight line (R's type 7). */
function quantile(ascending: Float64Array, probability: number): number {
  const place = (ascending.length - 1) * probability;
  const low = Math.floor(place);
  const next = Math.min(low + 1, ascending.length - 1);
  return ascending[low] + (place - low) * (ascending[next] - ascending[low]);
}

/**
 * An interval for the mean rank of each function, by the percentiles of the means of cases (or data sets) drawn with
 * replacement (Efron, Tibshirani, "An Introduction to the Bootstrap", chapter 13). With few cases such intervals are too
 * narrow. They are not made for comparing functions with each other.
 *
 * Throws a RangeError as {@linkcode rankTable}, for fewer than 1 sample and for a level that is not in (0, 1).
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { random } from "../random.ts";
 * import { meanRankIntervals } from "./bootstrap.ts";
 * const scores = [[1, 2, 3], [4, 6, 9], [3, 5, 8]];
 * const [worst] = meanRankIntervals(scores, { better: "higher", rng: random(1) });
 * assertEquals(worst, { low: 3, high: 3 });
 * ```
 */
export function meanRankIntervals(
  scores: Scores,
  { rng, resamples = 2000, level = 0.95, datasets, ...options }: IntervalOptions,
): Interval[] {
  const table = rankTable(scores, { ...options, functions: 2 });
  return bootstrapIntervals(table, { rng, resamples, level, groups: clusters(table.cases, datasets) });
}

/** {@linkcode meanRankIntervals} of ranks that are there, drawing the cases of each group together. */
export function bootstrapIntervals(table: RankTable, { rng, resamples, level, groups }: {
  readonly rng: Random;
  readonly resamples: number;
  readonly level: number;
  readonly groups: readonly (readonly number[])[];
}): Interval[] {
  checkProbability(level, "the level");
  if (!Number.isSafeInteger(resamples) || resamples < 1) {
    throw new RangeError(`Cannot draw samples: expected an integer of at least 1 as resamples, got ${resamples}`);
  }
  const { functions } = table;
  const { sums, counts } = clusterSums(table, groups);
  const means = Array.from({ length: functions }, () => new Float64Array(resamples));
  const total = new Float64Array(functions);
  for (let s = 0; s < resamples; s++) {
    total.fill(0);
    let count = 0;
    for (let draw = 0; draw < groups.length; draw++) {
      const group = rng.integer(groups.length);
      count += counts[group];
      for (let j = 0; j < functions; j++) total[j] += sums[group * functions + j];
    }
    for (let j = 0; j < functions; j++) means[j][s] = total[j] / count;
  }
  return means.map((samples) => {
    samples.sort();
    return { low: quantile(samples, (1 - level) / 2), high: quantile(samples, (1 + level) / 2) };
  });
}

/**
 * What the bootstrap's intervals become with many groups of cases: mean ± z s/√n, n the number of groups, and s the
 * standard deviation of what each adds to the mean, which is a ratio where groups differ in size (Cochran, "Sampling
 * Techniques", 3rd edition, section 6.3). No end lies beyond the first and the last rank.
 */
export function normalIntervals(table: RankTable, { level, groups }: {
  readonly level: number;
  readonly groups: readonly (readonly number[])[];
}): Interval[] {
  checkProbability(level, "the level");
  const { functions, meanRanks, cases } = table;
  const { sums, counts } = clusterSums(table, groups);
  const z = normalUpperQuantile((1 - level) / 2);
  return meanRanks.map((mean, j) => {
    const squares = counts.reduce((sum, count, g) => sum + (sums[g * functions + j] - count * mean) ** 2, 0);
    const error = Math.sqrt(squares * groups.length / (groups.length - 1)) / cases.length;
    return { low: Math.max(1, mean - z * error), high: Math.min(functions, mean + z * error) };
  });
}
