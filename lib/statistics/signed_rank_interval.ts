/**
 * The interval that belongs to Wilcoxon's signed-rank test: the differences of location that the test does not reject
 * (Hollander, Wolfe and Chicken, "Nonparametric Statistical Methods", section 3.3; R's `wilcox.test(conf.int = TRUE)`).
 *
 * @module
 */
import { checkProbability } from "./distributions.ts";
import { pairedDifferences } from "./paired_differences.ts";
import { median } from "./summary.ts";
import { rankSumTails } from "./wilcoxon.ts";

/** What {@linkcode signedRankInterval} returns. */
export interface SignedRankInterval {
  /** Hodges and Lehmann's estimate of the difference: the median of the means of all pairs of differences. */
  readonly estimate: number;
  /** The differences that the test does not reject; null where so few pairs can reject none. */
  readonly interval: { readonly low: number; readonly high: number } | null;
}

/** Options of {@linkcode signedRankInterval}. */
export interface SignedRankIntervalOptions {
  /** Level of the two-sided test: the interval covers the difference with probability 1 − alpha at least. Default: 0.05. */
  readonly alpha?: number;
}

/**
 * Estimates by how much the first scores of pairs exceed the second. The interval inverts the exact test for differences
 * without ties; with ties it is conservative. Throws a RangeError for lists of different or no length, for differences
 * that are not finite, and for more than 1,000 pairs.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { signedRankInterval } from "./signed_rank_interval.ts";
 * const { estimate, interval } = signedRankInterval([5, 7, 9, 8, 6, 12], [4, 5, 6, 4, 1, 6]);
 * assertEquals([estimate, interval], [3.5, { low: 1, high: 6 }]);
 * assertEquals(signedRankInterval([5, 7], [4, 5]).interval, null);
 * ```
 */
export function signedRankInterval(
  a: readonly number[],
  b: readonly number[],
  { alpha = 0.05 }: SignedRankIntervalOptions = {},
): SignedRankInterval {
  checkProbability(alpha, "alpha");
  const { differences } = pairedDifferences(a, b);
  const wrong = differences.find((difference) => !Number.isFinite(difference));
  if (wrong !== undefined) {
    throw new RangeError(`Cannot estimate a difference: expected finite numbers, got a difference of ${wrong}`);
  }
  const means = differences.flatMap((first, i) => differences.slice(i).map((second) => (first + second) / 2))
    .sort((x, y) => x - y);
  const ranks = differences.map((_, i) => i + 1);
  // how many means the test leaves out at either end
  let [out, most] = [0, means.length / 2];
  while (out < most) {
    const middle = Math.floor((out + most) / 2);
    if (2 * rankSumTails(ranks, middle).lower < alpha) out = middle + 1;
    else most = middle;
  }
  return {
    estimate: median(means),
    interval: out === 0 ? null : { low: means[out - 1], high: means[means.length - out] },
  };
}
