/**
 * Numbers in the order of their sizes, whatever their signs. It knows nothing of ranks.
 *
 * @module
 */

/** Steps that the insertion below may take for each number; numbers that lie closely together would take more. */
const MOST_STEPS = 8;

/** The same order by two sorts: of the positive numbers, and of the negative ones. */
function sortBySign(values: Float64Array): Float64Array {
  const sorted = values.slice().sort();
  const result = new Float64Array(values.length);
  const negatives = sorted.findLastIndex((value) => value < 0) + 1;
  for (let i = 0, p = negatives, n = negatives - 1; i < result.length; i++) {
    result[i] = n >= 0 && !(-sorted[n] >= sorted[p]) ? sorted[n--] : sorted[p++];
  }
  return result;
}

/**
 * The numbers in ascending order of their absolute values; which of two equal sizes comes first is not defined. Numbers
 * that spread evenly take time in proportion to their number: each goes to the part of [0, largest] that holds it, and
 * the few in wrong order there are inserted in their places. Others are sorted. They must be finite.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { sortBySize } from "./sort_by_size.ts";
 * assertEquals(sortBySize(Float64Array.of(3, -1, 2)), Float64Array.of(-1, 2, 3));
 * ```
 */
export function sortBySize(values: Float64Array): Float64Array {
  const count = values.length;
  let largest = 0;
  for (let i = 0; i < count; i++) largest = Math.max(largest, Math.abs(values[i]));
  const scale = count / largest;
  if (!(scale > 0 && scale < Infinity)) return sortBySign(values);
  const part = (value: number) => Math.trunc(Math.abs(value) * scale);
  // Where each part begins: numbers of the largest size make a part of their own behind the last.
  const next = new Int32Array(count + 3);
  for (let i = 0; i < count; i++) next[part(values[i]) + 1]++;
  for (let p = 1; p < next.length; p++) next[p] += next[p - 1];
  const sorted = new Float64Array(count);
  for (let i = 0; i < count; i++) sorted[next[part(values[i])]++] = values[i];
  let steps = MOST_STEPS * count;
  for (let i = 1; i < count; i++) {
    const value = sorted[i];
    const size = Math.abs(value);
    let place = i;
    for (; place > 0 && Math.abs(sorted[place - 1]) > size; place--) sorted[place] = sorted[place - 1];
    sorted[place] = value;
    steps -= i - place;
    if (steps < 0) return sortBySign(values);
  }
  return sorted;
}
