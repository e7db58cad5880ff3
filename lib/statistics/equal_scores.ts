/**
 * When two scores are equal: the one rule for ranks, ties, wins, tests, marks of the best and orders of functions.
 *
 * @module
 */

/**
 * Scores that differ by at most this part of the larger one are equal. Means over seeds of equal sums differ by about
 * 1e-16 of their size in float64, and no score is measured to 12 digits.
 */
const PART = 1e-12;

/** Whether two numbers differ by no more than the rounding errors of numbers of this size. */
const differByNoise = (a: number, b: number, size: number) =>
  a === b || (size < Infinity && Math.abs(a - b) <= PART * size);

/**
 * Whether two scores are equal: whether they differ by at most 1e-12 of the larger one, whatever other scores there are.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { equalScores } from "./equal_scores.ts";
 * assertEquals([equalScores(0.1 + 0.2, 0.3), equalScores(0.3, 0.3001)], [true, false]);
 * ```
 */
export function equalScores(a: number, b: number): boolean {
  return differByNoise(a, b, Math.max(Math.abs(a), Math.abs(b)));
}

/**
 * The same numbers, equal ones made identical, so that `===` and `<` decide the rest. Sorted, neighbours that are equal
 * ({@linkcode equalScores}) belong together, and all numbers of such a chain become its least: what is equal to a third
 * is equal, and ranks are well defined. `sizes` are those that rounding errors are measured by where the numbers are
 * themselves differences (default: of each number its own). NaN stays NaN.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { mergeEqualScores } from "./equal_scores.ts";
 * assertEquals(mergeEqualScores([0.1 + 0.2, 0.5, 0.3]), [0.3, 0.5, 0.3]);
 * ```
 */
export function mergeEqualScores(
  values: readonly number[],
  { sizes = values.map(Math.abs) }: { readonly sizes?: readonly number[] } = {},
): number[] {
  const order = [...values.keys()].filter((i) => !Number.isNaN(values[i])).sort((i, j) =>
    values[i] < values[j] ? -1 : 1
  );
  const merged = [...values];
  for (const [place, index] of order.entries()) {
    const before = order[place - 1];
    if (before === undefined) continue;
    if (differByNoise(values[index], values[before], Math.max(sizes[index], sizes[before]))) {
      merged[index] = merged[before];
    }
  }
  return merged;
}
