/**
 * The derivative of an expression, from the rules in the table of operators, simplified.
 *
 * @module
 */
import { apply, where } from "./expression.ts";
import { constant, type Expression, recursion, X } from "./expression.ts";
import { kept } from "./kept.ts";
import { operatorOf } from "./operators.ts";
import { simplify } from "./simplify/simplify.ts";
import { runTape, tapeOf } from "./compile/tape.ts";

function differentiate(e: Expression): Expression {
  return recursion<Expression>((part, recur) => {
    if (part.kind === "variable") return constant(1);
    if (part.kind === "constant") return constant(0);
    const { composition, derivative } = operatorOf(part.operator);
    return composition ? recur(composition(part.args)) : derivative(part.args, part.args.map(recur));
  })(e);
}

/** Distances at which a limit for x → 0 shows: without rounding errors; without underflow; whether there is one. */
const [NEAREST, NEAR, BESIDE] = [1e-30, 1e-9, 4e-9];
const TOLERANCE = 1e-6;

function close(a: number, b: number): boolean {
  return Math.abs(a - b) <= TOLERANCE * Math.max(1, Math.abs(b));
}

/**
 * The derivative at 0 where the rules miss it: they take one side of a kink, and of the kinks of two parts, as in
 * min(relu(x), sin(x)), one side each; or they divide 0 by 0. A continuous function whose derivative has a limit has
 * that derivative; at a kink it is between the limits of both sides, or else that of the left side is taken. Undefined
 * where the rules are right, or there is no derivative.
 */
function missedAtZero(value: Expression, slope: Expression): number | undefined {
  const places = [0, -NEAREST, NEAREST, -NEAR, NEAR, -BESIDE, BESIDE];
  const [values, slopes] = runTape(tapeOf([value, slope]), places);
  const [atZero, nearestLeft, nearestRight, left, right, besideLeft, besideRight] = slopes;
  const hasLimits = close(besideLeft, left) && close(besideRight, right); // false for ∞ and NaN
  if (!hasLimits) return undefined;
  const isBetween = close(atZero, left) || close(atZero, right) || (atZero - left) * (atZero - right) < 0;
  if (isBetween) return undefined;
  const isContinuous = [[values[3], left], [values[4], right]].every(([near, steepness]) =>
    Math.abs(near - values[0]) <= (2 * Math.abs(steepness) + TOLERANCE) * NEAR
  );
  if (!isContinuous) return undefined;
  if (!close(right, left)) return close(nearestLeft, left) ? nearestLeft : left;
  const limit = (left + right) / 2;
  return close(nearestLeft, limit) && close(nearestRight, limit) ? nearestRight : limit;
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
export const derivative: (e: Expression) => Expression = kept((e) => {
  const value = simplify(e);
  const slope = simplify(differentiate(value));
  const missed = missedAtZero(value, slope);
  return missed === undefined ? slope : where(apply("abs", X), 0, { yes: slope, no: missed });
});
