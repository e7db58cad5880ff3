/**
 * Reads the reference values: `reference.json`, worked examples of papers and of SciPy's tests, and
 * `scipy_reference.json`, computed by `scipy_reference.py`. It computes nothing.
 *
 * @module
 */
import { assert } from "@std/assert";
import reference from "./reference.json" with { type: "json" };
import scipy from "./scipy_reference.json" with { type: "json" };

export { reference, scipy };

/** The worked example of Demšar's paper: 14 data sets, 4 functions. */
export const demsar = reference.demsar2006_table6;

/** Its scores. */
export const demsarScores: readonly (readonly number[])[] = demsar.rows.map(([, ...scores]) => scores as number[]);

/** Ranks of 4 functions in 8 cases, two of which have ties. */
export const RANKS: readonly (readonly number[])[] = [
  [1, 2, 3.5, 3.5],
  [2, 1, 3, 4],
  [1, 3, 2, 4],
  [1.5, 1.5, 3, 4],
  [1, 2, 4, 3],
  [2, 3, 1, 4],
  [1, 2, 3, 4],
  [1, 4, 2, 3],
];

/** Columns turned into rows. */
export function transposed(columns: readonly (readonly number[])[]): number[][] {
  return columns[0].map((_, i) => columns.map((column) => column[i]));
}

/** Makes sure that a number is as expected: by the relative error (default: 1e-6), of 0 by an error of 1e-15. */
export function assertClose(actual: number, expected: number, tolerance = 1e-6): void {
  const error = actual === expected ? 0 : Math.abs(actual - expected) / Math.abs(expected);
  assert(
    error <= tolerance || (expected === 0 && Math.abs(actual) <= 1e-15),
    `expected ${expected}, got ${actual}: relative error ${error} > ${tolerance}`,
  );
}
