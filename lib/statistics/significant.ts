/**
 * Numbers without the last digits of their floating-point arithmetic. It knows nothing of what they measure.
 *
 * @module
 */

/**
 * A number rounded to 12 significant digits: what is left of a difference of two results.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { significant } from "./significant.ts";
 * assertEquals(significant(100 * (0.7128 - 0.71026666666666666)), 0.253333333333);
 * ```
 */
export function significant(value: number): number {
  return Number(value.toPrecision(12));
}
