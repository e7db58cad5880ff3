/**
 * The derivative of an expression, from the rules in the table of operators, simplified.
 *
 * @module
 */
import { constant, type Expression } from "./expression.ts";
import { operatorOf } from "./operators.ts";
import { simplify } from "./simplify.ts";

function differentiate(e: Expression, known: Map<Expression, Expression>): Expression {
  if (e.kind === "variable") return constant(1);
  if (e.kind === "constant") return constant(0);
  const before = known.get(e);
  if (before) return before;
  const result = operatorOf(e.operator).derivative(e.args, e.args.map((arg) => differentiate(arg, known)));
  known.set(e, result);
  return result;
}

/**
 * The derivative with respect to x. At a kink it is the derivative of one side, or their mean.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { derivative } from "./derivative.ts";
 * import { format } from "./format.ts";
 * import { parse } from "./parse.ts";
 * assertEquals(format(derivative(parse("x^3 + 2 * x"))), "3 * x^2 + 2");
 * ```
 */
export function derivative(e: Expression): Expression {
  return simplify(differentiate(simplify(e), new Map()));
}
