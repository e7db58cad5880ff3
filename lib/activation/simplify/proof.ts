/**
 * Proof that two expressions are the same function: equal simplified forms on either side of 0, and equal values at 0.
 * Each side is simplified by itself, as most activation functions are put together at 0: `max(x, 0.01 * x)` and
 * `where(x > 0, x, 0.01 * x)` are both x for x > 0, and 0.01 x for x < 0.
 *
 * @module
 */
import { evaluate } from "../evaluate.ts";
import { call, type Expression, recursion, substitute } from "../expression.ts";
import { kept } from "../kept.ts";
import { expanded } from "../operators.ts";
import { POSITIVE } from "./node.ts";
import { isNegative } from "./normal_form.ts";
import { normalForm, simplify } from "./simplify.ts";

/** Relative difference of constants that rounding leaves, as in 2 · sqrt(2 / pi) and sqrt(8 / pi). */
const ROUNDING = 4 * Number.EPSILON;

function close(a: number, b: number): boolean {
  return Object.is(a, b) || Math.abs(a - b) <= ROUNDING * Math.max(Math.abs(a), Math.abs(b));
}

/** Whether two trees are the same, but for the rounding of constants. */
function sameForm(a: Expression, b: Expression): boolean {
  if (a.kind === "variable") return b.kind === "variable" && a.name === b.name;
  if (a.kind === "constant") return b.kind === "constant" && close(a.value, b.value);
  return b.kind === "call" && a.operator === b.operator && a.args.length === b.args.length &&
    a.args.every((arg, i) => sameForm(arg, b.args[i]));
}

/** What a function is on either side of 0, as functions of a positive number, and at 0. */
interface Sides {
  readonly right: Expression;
  readonly left: Expression;
  readonly middle: number;
}

/** The expression with σ(-u) as e^-u · σ(u): a product of σ and an exponential has two forms. */
const oriented = (e: Expression) =>
  recursion<Expression>((part, recur) => {
    if (part.kind !== "call") return part;
    const args = part.args.map(recur);
    if (part.operator !== "sigmoid" || !isNegative(normalForm(args[0]))) return call(part.operator, ...args);
    return call("mul", call("exp", args[0]), call("sigmoid", call("neg", args[0])));
  })(e);

const sidesOf: (e: Expression) => Sides = kept((e) => {
  const positive: Expression = { kind: "variable", name: POSITIVE };
  const side = (x: Expression) => simplify(oriented(simplify(substitute(expanded(e), { x }))));
  return {
    right: side(positive),
    left: side(call("neg", positive)),
    middle: evaluate(e, 0),
  };
});

/**
 * Whether it is proven that two expressions are the same function. False where they differ, and where the rules of
 * simplification do not find out.
 *
 * ```ts
 * import { assert } from "@std/assert";
 * import { parse } from "../parse.ts";
 * import { isProvenEqual } from "./proof.ts";
 * assert(isProvenEqual(parse("x / (1 + exp(-x))"), parse("x * sigmoid(x)")));
 * assert(!isProvenEqual(parse("min(relu(x), 1e9)"), parse("relu(x)")));
 * ```
 */
export function isProvenEqual(a: Expression, b: Expression): boolean {
  const [one, other] = [sidesOf(a), sidesOf(b)];
  return sameForm(one.right, other.right) && sameForm(one.left, other.left) &&
    (close(one.middle, other.middle) || Math.abs(one.middle - other.middle) < 1e-15);
}
