/**
 * Differences of scores without the noise of their floating-point arithmetic. It knows nothing of tests.
 *
 * @module
 */

/** The unit, as a part of the largest score: far above the error of a difference, far below what scores are printed with. */
const UNIT = 1e-12;

/**
 * What differences of scores are rounded to: 1e-12 of the largest absolute score, or 1 where all are 0. In float64
 * 0.3 − 0.1 and 0.2 − 0 differ, and a signed-rank test would take them for two sizes. Scores that are not finite are left
 * out.
 */
export function differenceUnit(columns: readonly Float64Array[]): number {
  let largest = 0;
  for (const column of columns) {
    for (const score of column) if (Math.abs(score) < Infinity) largest = Math.max(largest, Math.abs(score));
  }
  return largest * UNIT || 1;
}

/**
 * The differences a − b of paired scores as whole numbers of units, so that equal ones are equal and their sums exact.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { differenceUnit, roundedDifferences } from "./rounded_differences.ts";
 * const [a, b] = [Float64Array.of(0.3, 0.2), Float64Array.of(0.1, 0)];
 * const [first, second] = roundedDifferences(a, b, { unit: differenceUnit([a, b]) });
 * assertEquals(first, second);
 * ```
 */
export function roundedDifferences(
  a: Float64Array,
  b: Float64Array,
  { unit }: { readonly unit: number },
): Float64Array {
  const differences = new Float64Array(a.length);
  for (let i = 0; i < a.length; i++) differences[i] = Math.round((a[i] - b[i]) / unit);
  return differences;
}
