/**
 * Confidence intervals of mean ranks by the bootstrap. It does not say whether functions differ.
 *
 * @module
 */
import type { Random } from "../random.ts";
import { checkProbability } from "./distributions.ts";
import { rankCases, type RankingOptions, type Scores } from "./scores.ts";

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

/** The cases that are drawn together: each case alone, or all of a data set, in the order of their first one. */
export function clusters(cases: readonly number[], datasets: readonly string[] | undefined): number[][] {
  if (datasets === undefined) return cases.map((_, row) => [row]);
  const without = cases.find((index) => datasets[index] === undefined);
  if (without !== undefined) {
    throw new RangeError(`Cannot group cases: expected a data set for each of them, got none for row ${without}`);
  }
  return [...Map.groupBy(cases.keys(), (row) => datasets[cases[row]]).values()];
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
 * Throws a RangeError as {@linkcode rankCases}, for fewer than 1 sample and for a level that is not in (0, 1).
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
  checkProbability(level, "the level");
  if (!Number.isSafeInteger(resamples) || resamples < 1) {
    throw new RangeError(`Cannot draw samples: expected an integer of at least 1 as resamples, got ${resamples}`);
  }
  const { ranks, cases } = rankCases(scores, { ...options, functions: 2 });
  const functions = ranks[0].length;
  const groups = clusters(cases, datasets).map((rows) => {
    const sums = new Float64Array(functions);
    for (const row of rows) ranks[row].forEach((rank, j) => sums[j] += rank);
    return { sums, count: rows.length };
  });
  const means = Array.from({ length: functions }, () => new Float64Array(resamples));
  const total = new Float64Array(functions);
  for (let s = 0; s < resamples; s++) {
    total.fill(0);
    let count = 0;
    for (let draw = 0; draw < groups.length; draw++) {
      const group = groups[rng.integer(groups.length)];
      count += group.count;
      for (let j = 0; j < functions; j++) total[j] += group.sums[j];
    }
    for (let j = 0; j < functions; j++) means[j][s] = total[j] / count;
  }
  return means.map((samples) => {
    samples.sort();
    return { low: quantile(samples, (1 - level) / 2), high: quantile(samples, (1 + level) / 2) };
  });
}
