/**
 * Ranks with ties.
 *
 * @module
 */
import { mergeEqualScores } from "./equal_scores.ts";

/**
 * The rank of each number, in their order: 1 for the least; equal numbers share the average of their ranks, as in
 * SciPy's `rankdata` and R's `rank`. Numbers are equal by the rule of `equal_scores.ts`. Throws a RangeError for NaN;
 * infinite numbers have ranks.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ranks } from "./ranks.ts";
 * assertEquals(ranks([3, 1, 3]), [2.5, 1, 2.5]);
 * ```
 */
export function ranks(values: readonly number[]): number[] {
  if (values.some(Number.isNaN)) {
    throw new RangeError("Cannot rank: expected numbers, got NaN; leave it out or say what it counts as");
  }
  const merged = mergeEqualScores(values);
  const order = [...values.keys()].sort((i, j) => merged[i] < merged[j] ? -1 : merged[i] > merged[j] ? 1 : 0);
  const result = new Array<number>(values.length);
  for (let start = 0; start < order.length;) {
    let end = start + 1;
    while (end < order.length && merged[order[end]] === merged[order[start]]) end++;
    for (const index of order.slice(start, end)) result[index] = (start + 1 + end) / 2;
    start = end;
  }
  return result;
}
