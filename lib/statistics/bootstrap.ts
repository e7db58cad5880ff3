/**
 * Confidence intervals of mean ranks by the bootstrap.
 *
 * @module
 */
import type { Random } from "../random.ts";
import { casesByDataset } from "./dataset_ranks.ts";
import { checkProbability } from "./distributions.ts";
import { meanRanks, type Ranks } from "./rank_cases.ts";

/** Options of {@linkcode meanRankIntervals}. */
export interface IntervalOptions {
  /** Draws the samples. */
  readonly rng: Random;
  /** Number of samples (default: 2,000). */
  readonly resamples?: number;
  /** Confidence level of each interval (default: 0.95). */
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
  const position = (ascending.length - 1) * probability;
  const low = Math.floor(position);
  const next = Math.min(low + 1, ascending.length - 1);
  return ascending[low] + (position - low) * (ascending[next] - ascending[low]);
}

/**
 * An interval for the mean rank of each function, by the percentiles of the means of cases (or data sets) drawn with
 * replacement (Efron, Tibshirani, "An Introduction to the Bootstrap", chapter 13). With few cases such intervals are too
 * narrow. They are not made for comparing functions with each other.
 *
 * Throws a RangeError for rows that are no ranks, fewer than 1 sample and a level that is not in (0, 1).
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { random } from "../random.ts";
 * import { meanRankIntervals } from "./bootstrap.ts";
 * const [worst] = meanRankIntervals([[3, 2, 1], [3, 2, 1], [3, 2, 1]], { rng: random(1) });
 * assertEquals(worst, { low: 3, high: 3 });
 * ```
 */
export function meanRankIntervals(
  ranks: Ranks,
  { rng, resamples = 2000, level = 0.95, datasets = [...ranks.keys()].map(String) }: IntervalOptions,
): Interval[] {
  checkProbability(level, "the level");
  if (!Number.isSafeInteger(resamples) || resamples < 1) {
    throw new RangeError(`Cannot draw samples: expected an integer of at least 1 as resamples, got ${resamples}`);
  }
  const groups = casesByDataset(datasets).map((rows) => ({
    count: rows.length,
    sums: ranks[0].map((_, j) => rows.reduce((sum, row) => sum + ranks[row][j], 0)),
  }));
  const means = meanRanks(ranks).map(() => new Float64Array(resamples));
  for (let s = 0; s < resamples; s++) {
    const drawn = groups.map(() => groups[rng.integer(groups.length)]);
    const count = drawn.reduce((sum, group) => sum + group.count, 0);
    means.forEach((samples, j) => samples[s] = drawn.reduce((sum, { sums }) => sum + sums[j], 0) / count);
  }
  return means.map((samples) => {
    samples.sort();
    return { low: quantile(samples, (1 - level) / 2), high: quantile(samples, (1 + level) / 2) };
  });
}
