/**
 * Spearman's rank correlation.
 *
 * @module
 */
import { ranks } from "./ranks.ts";
import { mean } from "./summary.ts";

/**
 * Spearman's rank correlation of two lists, in [-1, 1]: Pearson's correlation of their ranks, with average ranks for
 * ties (Kendall, Gibbons, "Rank Correlation Methods", 5th edition, chapter 3; SciPy's `spearmanr`).
 *
 * Throws a RangeError for lists of different length, fewer than 2 pairs, NaN, and a list of equal numbers, for which
 * the correlation is not defined.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { spearman } from "./spearman.ts";
 * assertEquals(spearman([1, 2, 3], [10, 20, 500]), 1);
 * ```
 */
export function spearman(first: readonly number[], second: readonly number[]): number {
  if (first.length !== second.length) {
    throw new RangeError(
      `Cannot correlate: expected lists of the same length, got ${first.length} and ${second.length} numbers`,
    );
  }
  if (first.length < 2) throw new RangeError(`Cannot correlate: expected at least 2 pairs, got ${first.length}`);
  const [a, b] = [first, second].map((values) => {
    const ranked = ranks(values);
    const centre = mean(ranked);
    return ranked.map((rank) => rank - centre);
  });
  const product = (x: readonly number[], y: readonly number[]) => x.reduce((sum, value, i) => sum + value * y[i], 0);
  const scale = Math.sqrt(product(a, a) * product(b, b));
  if (scale === 0) {
    throw new RangeError("Cannot correlate: expected numbers that differ in each list, got a list of equal ones");
  }
  return Math.max(-1, Math.min(1, product(a, b) / scale)); // rounding may lead past 1 by a hair
}
