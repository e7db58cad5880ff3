/**
 * Rewritings that make an expression cheaper to compute by tensor operations: integer powers as products, and for a
 * derivative beside its function the use of what the function has computed already, at the cost of a cancellation
 * where the result is small beside 1.
 *
 * @module
 */
import { apply, call, div, type Expression, mul, pow, recursion, sub } from "../expression.ts";
import { Memo } from "../simplify/node.ts";
import { simplify } from "../simplify/simplify.ts";

/** A function that tells whether a call stands in an expression. */
function callsOf(e: Expression): (call: Expression) => boolean {
  const numbers = new Memo<number>();
  const number = recursion<number>((part, recur) => {
    const parts = part.kind === "variable"
      ? [part.name]
      : part.kind === "constant"
      ? [part.value]
      : [part.operator, ...part.args.map(recur)];
    return numbers.of(parts, () => numbers.size);
  });
  number(e);
  const { size } = numbers;
  return (call) => number(call) < size;
}

/** A cheaper form of a call by the values of calls that are computed already; undefined where there is none. */
function cheaper(e: Expression, has: (call: Expression) => boolean): Expression | undefined {
  if (e.kind !== "call") return undefined;
  const [u] = e.args;
  if (e.operator === "sigmoid") {
    const mirror = apply("sigmoid", simplify(call("neg", u)));
    if (!has(e) && has(mirror)) return sub(1, mirror);
  }
  if (e.operator === "exp" && !has(e)) {
    const half = apply("exp", simplify(mul(0.5, u)));
    if (has(half)) return pow(half, 2);
  }
  if (e.operator === "div" && e.args[1].kind === "call" && e.args[1].operator === "pow") {
    // u / cosh²v is u (1 − tanh²v)
    const [base, exponent] = e.args[1].args;
    if (base.kind === "call" && base.operator === "cosh" && exponent.kind === "constant" && exponent.value === 2) {
      const tangent = call("tanh", base.args[0]);
      if (has(tangent)) return mul(u, sub(1, pow(tangent, 2)));
    }
  }
  if (e.operator === "cosh" && has(call("exp", u)) && has(call("sinh", u))) {
    return sub(call("exp", u), call("sinh", u));
  }
  return undefined;
}

/** The derivative `e` of `value`, written with calls that stand in `value`. */
export function economize(e: Expression, { value }: { readonly value: Expression }): Expression {
  const has = callsOf(value);
  return recursion<Expression>((part, recur) => {
    const chosen = cheaper(part, has) ?? part;
    return chosen.kind === "call" ? call(chosen.operator, ...chosen.args.map(recur)) : chosen;
  })(e);
}

/** The largest exponent that is worth its products. */
const MOST = 12;

function powerByProducts(base: Expression, n: number): Expression {
  if (n === 1) return base;
  const half = powerByProducts(base, Math.floor(n / 2));
  const square = call("mul", half, half);
  return n % 2 === 0 ? square : call("mul", square, base);
}

/** The expression with products in place of integer powers. */
export function lowerPowers(e: Expression): Expression {
  return recursion<Expression>((part, recur) => {
    if (part.kind !== "call") return part;
    const args = part.args.map(recur);
    const [base, exponent] = args;
    if (part.operator !== "pow" || exponent.kind !== "constant") return call(part.operator, ...args);
    const n = exponent.value;
    if (!Number.isInteger(n) || Math.abs(n) > MOST) return call("pow", ...args);
    return n < 0 ? div(1, powerByProducts(base, -n)) : powerByProducts(base, n);
  })(e);
}
