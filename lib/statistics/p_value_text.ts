/**
 * p-values as text. It knows nothing of tests.
 *
 * @module
 */

/**
 * A p-value with two or three digits, never 0: what is too small for float64 is `"< 1e-300"`.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { pValueText } from "./p_value_text.ts";
 * assertEquals([0.0428, 1, 2.66e-9, 0].map(pValueText), ["0.0428", "1.00", "2.7e-9", "< 1e-300"]);
 * ```
 */
export function pValueText(p: number): string {
  if (p < 1e-300) return "< 1e-300";
  return p < 1e-4 ? p.toExponential(1) : p.toPrecision(3);
}
