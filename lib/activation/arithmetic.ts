/**
 * Constructors of sums, products and calls that leave out what has no effect: a term 0, a factor 1, and every product
 * with a factor 0 (which so wins over a factor that overflows). They know no other algebra (see simplify.ts).
 *
 * @module
 */
import { call, constant, type Expression, isConstant } from "./expression.ts";

/** An expression, or a number that stands for a constant. */
export type Operand = Expression | number;

/** The operand as an expression. */
export function toExpression(operand: Operand): Expression {
  return typeof operand === "number" ? constant(operand) : operand;
}

/** a + b. */
export function add(first: Operand, second: Operand): Expression {
  const [a, b] = [toExpression(first), toExpression(second)];
  if (isConstant(a, 0)) return b;
  return isConstant(b, 0) ? a : call("add", a, b);
}

/** a - b. */
export function sub(first: Operand, second: Operand): Expression {
  const [a, b] = [toExpression(first), toExpression(second)];
  if (isConstant(b, 0)) return a;
  return isConstant(a, 0) ? neg(b) : call("sub", a, b);
}

/** -a. */
export function neg(operand: Operand): Expression {
  const a = toExpression(operand);
  if (a.kind === "constant") return constant(a.value === 0 ? 0 : -a.value);
  return a.kind === "call" && a.operator === "neg" ? a.args[0] : call("neg", a);
}

/** a · b. */
export function mul(first: Operand, second: Operand): Expression {
  const [a, b] = [toExpression(first), toExpression(second)];
  if (isConstant(a, 0) || isConstant(b, 0)) return constant(0);
  if (isConstant(a, 1)) return b;
  return isConstant(b, 1) ? a : call("mul", a, b);
}

/** a / b. */
export function div(first: Operand, second: Operand): Expression {
  const [a, b] = [toExpression(first), toExpression(second)];
  return isConstant(a, 0) || isConstant(b, 1) ? a : call("div", a, b);
}

/** a^n. */
export function pow(base: Operand, exponent: Operand): Expression {
  const [a, n] = [toExpression(base), toExpression(exponent)];
  if (isConstant(n, 0)) return constant(1);
  return isConstant(n, 1) ? a : call("pow", a, n);
}

/** `yes` where a > b, else `no`. */
export function where(a: Operand, b: Operand, { yes, no }: { yes: Operand; no: Operand }): Expression {
  const [u, v] = [toExpression(yes), toExpression(no)];
  if (u.kind === "constant" && isConstant(v, u.value)) return u;
  return call("where", toExpression(a), toExpression(b), u, v);
}

/** An operator of the table applied to operands, as it stands. */
export function apply(operator: string, ...operands: readonly Operand[]): Expression {
  return call(operator, ...operands.map(toExpression));
}
