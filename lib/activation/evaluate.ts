/**
 * Values of expressions in float64.
 *
 * @module
 */
import { type Expression, recursion } from "./expression.ts";
import { operatorOf } from "./operators.ts";

/**
 * The value at `x`: NaN outside of the domain, ±∞ beyond float64. Throws a RangeError for an operator that is not in
 * the table.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { evaluate } from "./evaluate.ts";
 * import { parse } from "./parse.ts";
 * assertEquals(evaluate(parse("x^2 + max(x, 0)"), 3), 12);
 * ```
 */
export function evaluate(e: Expression, x: number): number {
  return recursion<number>((part, recur) => {
    if (part.kind === "variable") return x;
    return part.kind === "constant" ? part.value : operatorOf(part.operator).value(...part.args.map(recur));
  })(e);
}
