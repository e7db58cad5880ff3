/**
 * Numbers and lists of names in sentences.
 *
 * @module
 */

/** What stands between names: a semicolon where one of them has a comma itself, as a formula may. */
const separator = (names: readonly string[]) => names.some((name) => name.includes(",")) ? ";" : ",";

/** `a, b, c`, or `max(x,0); b; c`. */
export function joined(names: readonly string[]): string {
  return names.join(`${separator(names)} `);
}

/**
 * `a, b and c`, or with semicolons where a name has a comma itself.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { listed } from "./words.ts";
 * assertEquals(listed(["a", "b", "c"]), "a, b and c");
 * assertEquals(listed(["max(x,0)", "b", "c"]), "max(x,0); b; and c");
 * ```
 */
export function listed(names: readonly string[]): string {
  if (names.length < 2) return names.join("");
  const between = separator(names);
  return `${names.slice(0, -1).join(`${between} `)}${between === ";" ? ";" : ""} and ${names.at(-1)}`;
}

/**
 * A p-value with two or three digits, never 0: what is too small for float64 is `"< 1e-300"`.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { pValueText } from "./words.ts";
 * assertEquals([0.0428, 1, 2.66e-9, 0].map(pValueText), ["0.0428", "1.00", "2.7e-9", "< 1e-300"]);
 * ```
 */
export function pValueText(p: number): string {
  if (p < 1e-300) return "< 1e-300";
  return p < 1e-4 ? p.toExponential(1) : p.toPrecision(3);
}

/**
 * A number rounded to 12 significant digits: what is left of a difference of two results without its rounding errors.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { significant } from "./words.ts";
 * assertEquals(significant(100 * (0.7128 - 0.71026666666666666)), 0.253333333333);
 * ```
 */
export function significant(value: number): number {
  return Number(value.toPrecision(12));
}
