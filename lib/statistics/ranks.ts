/**
 * Ranks with ties. It does not know whether low or high is better.
 *
 * @module
 */

/**
 * The rank of each number, in their order: 1 for the least; equal numbers share the average of their ranks, as in
 * SciPy's `rankdata` and R's `rank`. Throws a RangeError for NaN; infinite numbers have ranks.
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
  const order = [...values.keys()].sort((i, j) => values[i] < values[j] ? -1 : values[i] > values[j] ? 1 : 0);
  const result = new Array<number>(values.length);
  for (let start = 0; start < order.length;) {
    let end = start + 1;
    while (end < order.length && values[order[end]] === values[order[start]]) end++;
    for (const index of order.slice(start, end)) result[index] = (start + 1 + end) / 2;
    start = end;
  }
  return result;
}
