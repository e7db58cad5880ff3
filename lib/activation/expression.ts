/**
 * The expression: an immutable tree of a real function of one variable, and constructors that leave out what has no
 * effect: a term 0, a factor 1, and every product with a factor 0 (so 0 · ∞ is 0).
 *
 * @module
 */

/** The function's argument, written `x`. */
export interface Variable {
  /** Tells it from the other expressions. */
  readonly kind: "variable";
  /** Its name: `x`; `a` or `b` only in the patterns of genome.ts. */
  readonly name: string;
}

/** A finite number. */
export interface Constant {
  /** Tells it from the other expressions. */
  readonly kind: "constant";
  /** The number. */
  readonly value: number;
}

/** An operator of the table applied to as many arguments as it takes. */
export interface Call {
  /** Tells it from the other expressions. */
  readonly kind: "call";
  /** Name of the row in the table of operators. */
  readonly operator: string;
  /** The arguments, as many as the operator takes. */
  readonly args: readonly Expression[];
}

/** A real function of one variable, as a tree. */
export type Expression = Variable | Constant | Call;

/** The variable `x`. */
export const X: Expression = { kind: "variable", name: "x" };

/** A number as an expression. Throws a RangeError unless it is finite. */
export function constant(value: number): Constant {
  if (!Number.isFinite(value)) throw new RangeError(`Cannot make a constant: expected a finite number, got ${value}`);
  return { kind: "constant", value };
}

/** An operator applied to arguments, as it stands: nothing is simplified. */
export function call(operator: string, ...args: readonly Expression[]): Call {
  return { kind: "call", operator, args };
}

/** Whether the expression is this number. */
function isConstant(e: Expression, value: number): boolean {
  return e.kind === "constant" && e.value === value;
}

/** Whether two trees are the same, node by node. */
export function sameTree(a: Expression, b: Expression): boolean {
  if (a === b) return true;
  if (a.kind === "variable") return b.kind === "variable" && a.name === b.name;
  if (a.kind === "constant") return b.kind === "constant" && Object.is(a.value, b.value);
  return b.kind === "call" && a.operator === b.operator && a.args.length === b.args.length &&
    a.args.every((arg, i) => sameTree(arg, b.args[i]));
}

/**
 * A recursive function of expressions, from its step, that computes parts which stand in several places of a tree once:
 * nested 12 times, x · σ(x) has 4,096 places but 24 parts.
 */
export function recursion<Result>(
  step: (e: Expression, recur: (e: Expression) => Result) => Result,
): (e: Expression) => Result {
  const known = new Map<Expression, Result>();
  const recur = (e: Expression): Result => {
    if (known.has(e)) return known.get(e)!;
    const result = step(e, recur);
    known.set(e, result);
    return result;
  };
  return recur;
}

/** How many operations are written where the expression is: those of parts that stand in several places count there. */
export function countOperations(e: Expression): number {
  return recursion<number>((part, recur) =>
    part.kind === "call" ? part.args.reduce((total, arg) => total + recur(arg), 1) : 0
  )(e);
}

/** The tree with every variable of a name in `values` replaced. */
export function substitute(e: Expression, values: Readonly<Record<string, Expression>>): Expression {
  return recursion<Expression>((part, recur) => {
    if (part.kind === "variable") return values[part.name] ?? part;
    return part.kind === "constant" ? part : { ...part, args: part.args.map(recur) };
  })(e);
}

/** An expression, or a number that stands for a constant. */
export type Operand = Expression | number;

/** The operand as an expression. */
function toExpression(operand: Operand): Expression {
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
