/**
 * The expression: an immutable tree of a real function of one variable. It knows nothing of what an operator means
 * (see operators.ts), how it is written (parse.ts, format.ts) or computed (evaluate.ts).
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
export function isConstant(e: Expression, value: number): boolean {
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

/** The tree with every variable of a name in `values` replaced. */
export function substitute(e: Expression, values: Readonly<Record<string, Expression>>): Expression {
  return recursion<Expression>((part, recur) => {
    if (part.kind === "variable") return values[part.name] ?? part;
    return part.kind === "constant" ? part : { ...part, args: part.args.map(recur) };
  })(e);
}
