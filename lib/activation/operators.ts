/**
 * The table of operators: one row for each, and everything else follows from it (parsing, printing, values,
 * derivatives, tensors, genes, exports, simplification). The name is that of the primitive in engine/kernel, too; an
 * operator that has none gives its `composition`.
 *
 * @module
 */
import type { Tensor, TensorFlow } from "../engine/mod.ts";
import { add, apply, constant, div, type Expression, mul, neg, pow, recursion, sub, where } from "./expression.ts";
import { rawErf, rawErfc, rawWhere } from "./raw_operations.ts";
import { erf, erfc, sigmoid, softplus } from "./special.ts";

/** How an operator between or before its arguments is written. */
export interface Infix {
  /** The sign, as it is read and written. */
  readonly symbol: string;
  /** How tightly it binds: 1 sums, 2 products, 3 the sign, 4 powers. */
  readonly precedence: number;
}

/** A library, or a language, that a function is written for. */
export type CodeTarget = "typescript" | "numpy" | "pytorch" | "jax" | "keras";

/**
 * How an operator is written in each target: patterns with #1, #2, … for the arguments. A pattern that is a call, or
 * stands in parentheses, takes its arguments as they are; one that is a sign between arguments binds as tightly as
 * `infix` says. A name with a leading underscore is a helper that the exported module brings along.
 */
export type Spelling = Readonly<Record<CodeTarget, string>>;

/** One operator. */
export interface Operator {
  /** Its name, by which it is called in a text, unless `infix` is set, and in engine/kernel. */
  readonly name: string;
  /** What it computes, in words of mathematics. */
  readonly formula: string;
  /** The number of its arguments. */
  readonly arity: number;
  /** Set where it is written as a sign. */
  readonly infix?: Infix;
  /** Its value in float64; NaN outside of its domain. */
  readonly value: (...args: number[]) => number;
  /** The derivative, given the arguments and their derivatives. A kink gets the derivative of one of its sides. */
  readonly derivative: (args: readonly Expression[], derivatives: readonly Expression[]) => Expression;
  /** The value of tensors (float32, shapes that broadcast). */
  readonly tensor: (tf: TensorFlow, ...args: Tensor[]) => Tensor;
  /** How it is written in exported modules. */
  readonly spelling: Spelling;
  /**
   * The same by other operators. An operator that has it is computed, differentiated and exported by it, and its row
   * needs neither `value`, `derivative`, `tensor` nor `spelling`.
   */
  readonly composition?: (args: readonly Expression[]) => Expression;
  /** LaTeX with #1, #2, … for the arguments; those in parentheses already or in braces are marked `{#1}`. */
  readonly latex: string;
  /** f(-u) = -f(u), or f(-u) = f(u). */
  readonly parity?: "odd" | "even";
  /** Increasing in its only argument. */
  readonly increasing?: boolean;
  /** Whether the arguments can change places. */
  readonly commutative?: boolean;
  /** Above 0 for every argument: a value 0 is an underflow. */
  readonly positive?: boolean;
  /** The arguments for which it has a value, where those are not all; of `pow`, bases unless the exponent is an integer. */
  readonly domain?: readonly [low: number, high: number];
  /** The least and greatest value, where `increasing` does not tell, as outside of the domain. */
  readonly range?: readonly [low: number, high: number];
  /**
   * For an exponential of large arguments, of one sign or of both: texts in x that give the value as rest · e^exponent,
   * with a rest that neither overflows nor vanishes.
   */
  readonly split?: { readonly rest: string; readonly exponent: string };
  /** Its code in a genome, applied to x, or to a and b; a stored genome keeps its meaning, so a new one is the next. */
  readonly code?: number;
  /** Other names in a text. */
  readonly aliases?: readonly string[];
}

type Computed = "value" | "derivative" | "tensor" | "spelling";
type Columns = Omit<Operator, Computed | "arity" | "composition"> & { readonly arity?: number };
type Row = Columns & (Pick<Operator, Computed> | Required<Pick<Operator, "composition">>);

/** The same pattern in every target. */
export function everywhere(pattern: string): Spelling {
  return { typescript: pattern, numpy: pattern, pytorch: pattern, jax: pattern, keras: pattern };
}

/** The same name in every library of Python, in front of it the library's own. */
function called(name: string, others: Partial<Spelling> = {}): Spelling {
  return {
    typescript: `Math.${name}(#1)`,
    numpy: `np.${name}(#1)`,
    pytorch: `torch.${name}(#1)`,
    jax: `jnp.${name}(#1)`,
    keras: `ops.${name}(#1)`,
    ...others,
  };
}

const inverse = (name: string): Spelling =>
  called(name, {
    typescript: `Math.a${name.slice(3)}(#1)`,
    pytorch: `torch.a${name.slice(3)}(#1)`,
  });

const u = (args: readonly Expression[]) => args[0];
const square = (e: Expression) => pow(e, 2);
const gauss = (e: Expression) => mul(2 / Math.sqrt(Math.PI), apply("exp", neg(square(e))));

const rows: readonly Row[] = [
  {
    name: "add",
    formula: "a + b",
    arity: 2,
    infix: { symbol: "+", precedence: 1 },
    value: (a, b) => a + b,
    derivative: (_, [da, db]) => add(da, db),
    tensor: (tf, a, b) => tf.add(a, b),
    spelling: everywhere("#1 + #2"),
    latex: "#1 + #2",
    code: 0,
    commutative: true,
  },
  {
    name: "sub",
    formula: "a - b",
    arity: 2,
    infix: { symbol: "-", precedence: 1 },
    value: (a, b) => a - b,
    derivative: (_, [da, db]) => sub(da, db),
    tensor: (tf, a, b) => tf.sub(a, b),
    spelling: everywhere("#1 - #2"),
    latex: "#1 - #2",
  },
  {
    name: "mul",
    formula: "a b",
    arity: 2,
    infix: { symbol: "*", precedence: 2 },
    value: (a, b) => a * b,
    derivative: ([a, b], [da, db]) => add(mul(da, b), mul(a, db)),
    tensor: (tf, a, b) => a === b ? tf.square(a) : tf.mul(a, b),
    spelling: everywhere("#1 * #2"),
    latex: "#1 \\cdot #2",
    code: 1,
    commutative: true,
  },
  {
    name: "div",
    formula: "a / b",
    arity: 2,
    infix: { symbol: "/", precedence: 2 },
    value: (a, b) => a / b,
    derivative: ([a, b], [da, db]) => sub(div(da, b), div(mul(a, db), square(b))),
    tensor: (tf, a, b) => tf.div(a, b),
    spelling: everywhere("#1 / #2"),
    latex: "\\frac{#1}{#2}",
  },
  {
    name: "neg",
    formula: "-a",
    infix: { symbol: "-", precedence: 3 },
    value: (a) => -a,
    derivative: (_, [da]) => neg(da),
    tensor: (tf, a) => tf.neg(a),
    spelling: everywhere("-#1"),
    latex: "-#1",
    code: 3,
    parity: "odd",
  },
  {
    name: "pow",
    formula: "a^b, for a < 0 with an integer b only",
    arity: 2,
    infix: { symbol: "^", precedence: 4 },
    value: (a, b) => b === 2 ? a * a : a ** b,
    derivative: ([a, b], [da, db]) =>
      b.kind === "constant"
        ? mul(mul(b, pow(a, b.value - 1)), da)
        : add(mul(mul(b, pow(a, sub(b, 1))), da), mul(mul(pow(a, b), apply("log", a)), db)),
    tensor: (tf, a, b) => tf.pow(a, b),
    // TypeScript refuses -a ** b
    spelling: { ...everywhere("#1 ** #2"), typescript: "Math.pow(#1, #2)" },
    latex: "#1^{#2}",
    domain: [0, Infinity],
  },
  {
    name: "exp",
    formula: "e^u",
    value: Math.exp,
    derivative: (a, [du]) => mul(apply("exp", u(a)), du),
    tensor: (tf, a) => tf.exp(a),
    spelling: called("exp"),
    latex: "e^{#1}",
    split: { rest: "1", exponent: "x" },
    code: 1,
    increasing: true,
    positive: true,
  },
  {
    name: "expm1",
    formula: "e^u - 1, accurate near 0",
    value: Math.expm1,
    derivative: (a, [du]) => mul(apply("exp", u(a)), du),
    tensor: (tf, a) => tf.expm1(a),
    spelling: called("expm1"),
    latex: "\\left(e^{#1} - 1\\right)",
    split: { rest: "-(sign(x) * expm1(-abs(x)))", exponent: "relu(x)" },
    increasing: true,
  },
  {
    name: "log",
    formula: "the natural logarithm, for u > 0",
    value: Math.log,
    derivative: (a, [du]) => div(du, u(a)),
    tensor: (tf, a) => tf.log(a),
    spelling: called("log"),
    latex: "\\ln\\left(#1\\right)",
    increasing: true,
    aliases: ["ln"],
    domain: [0, Infinity],
  },
  {
    name: "log1p",
    formula: "ln(1 + u), accurate near 0, for u > -1",
    value: Math.log1p,
    derivative: (a, [du]) => div(du, add(1, u(a))),
    tensor: (tf, a) => tf.log1p(a),
    spelling: called("log1p"),
    latex: "\\ln\\left(1 + #1\\right)",
    increasing: true,
    domain: [-1, Infinity],
  },
  {
    name: "sqrt",
    formula: "the square root, for u >= 0",
    value: Math.sqrt,
    derivative: (a, [du]) => div(du, mul(2, apply("sqrt", u(a)))),
    tensor: (tf, a) => tf.sqrt(a),
    spelling: called("sqrt"),
    latex: "\\sqrt{#1}",
    increasing: true,
    domain: [0, Infinity],
    range: [0, Infinity],
  },
  {
    name: "abs",
    formula: "|u|",
    value: Math.abs,
    derivative: (a, [du]) => mul(apply("sign", u(a)), du),
    tensor: (tf, a) => tf.abs(a),
    spelling: called("abs"),
    latex: "\\left|#1\\right|",
    code: 2,
    parity: "even",
    range: [0, Infinity],
  },
  {
    name: "sign",
    formula: "-1, 0 or 1, as u is negative, 0 or positive",
    value: Math.sign,
    derivative: () => constant(0),
    tensor: (tf, a) => tf.sign(a),
    spelling: called("sign"),
    latex: "\\operatorname{sgn}\\left(#1\\right)",
    parity: "odd",
    increasing: true,
    aliases: ["sgn"],
  },
  {
    name: "relu",
    formula: "max(u, 0)",
    value: (a) => Math.max(a, 0),
    derivative: (a, [du]) => where(u(a), 0, { yes: du, no: 0 }),
    tensor: (tf, a) => tf.relu(a),
    spelling: {
      typescript: "Math.max(#1, 0)",
      numpy: "np.maximum(#1, 0.0)",
      pytorch: "torch.relu(#1)",
      jax: "jax.nn.relu(#1)",
      keras: "ops.relu(#1)",
    },
    latex: "\\max\\left(#1, 0\\right)",
    code: 9,
    increasing: true,
  },
  {
    name: "max",
    formula: "the greater of a and b",
    arity: 2,
    value: Math.max,
    derivative: ([a, b], [da, db]) => where(a, b, { yes: da, no: db }),
    tensor: (tf, a, b) => tf.maximum(a, b),
    // torch.maximum takes no number, clamp takes both
    spelling: {
      typescript: "Math.max(#1, #2)",
      numpy: "np.maximum(#1, #2)",
      pytorch: "torch.clamp(#1, min=#2)",
      jax: "jnp.maximum(#1, #2)",
      keras: "ops.maximum(#1, #2)",
    },
    latex: "\\max\\left(#1, #2\\right)",
    code: 4,
    commutative: true,
  },
  {
    name: "min",
    formula: "the lesser of a and b",
    arity: 2,
    value: Math.min,
    derivative: ([a, b], [da, db]) => where(b, a, { yes: da, no: db }),
    tensor: (tf, a, b) => tf.minimum(a, b),
    spelling: {
      typescript: "Math.min(#1, #2)",
      numpy: "np.minimum(#1, #2)",
      pytorch: "torch.clamp(#1, max=#2)",
      jax: "jnp.minimum(#1, #2)",
      keras: "ops.minimum(#1, #2)",
    },
    latex: "\\min\\left(#1, #2\\right)",
    code: 7,
    commutative: true,
  },
  {
    name: "where",
    formula: "u where a > b, else v; written where(a > b, u, v)",
    arity: 4,
    value: (a, b, yes, no) => a > b ? yes : a <= b ? no : NaN,
    derivative: ([a, b], [, , yes, no]) => where(a, b, { yes, no }),
    tensor: rawWhere,
    spelling: {
      typescript: "(#1 > #2 ? #3 : #4)",
      numpy: "np.where(#1 > #2, #3, #4)",
      pytorch: "torch.where(#1 > #2, #3, #4)",
      jax: "jnp.where(#1 > #2, #3, #4)",
      keras: "ops.where(#1 > #2, #3, #4)",
    },
    latex: "\\begin{cases} #3 & \\text{if } #1 > #2 \\\\ #4 & \\text{otherwise} \\end{cases}",
  },
  {
    name: "erf",
    formula: "the error function",
    value: erf,
    derivative: (a, [du]) => mul(gauss(u(a)), du),
    tensor: rawErf,
    spelling: called("erf", { typescript: "_erf(#1)", numpy: "_erf(#1)", jax: "jax.lax.erf(#1)" }),
    latex: "\\operatorname{erf}\\left(#1\\right)",
    code: 6,
    parity: "odd",
    increasing: true,
  },
  {
    name: "erfc",
    formula: "1 - erf(u), accurate where it is small",
    value: erfc,
    derivative: (a, [du]) => neg(mul(gauss(u(a)), du)),
    tensor: rawErfc,
    spelling: called("erfc", {
      typescript: "_erfc(#1)",
      numpy: "_erfc(#1)",
      jax: "jax.lax.erfc(#1)",
      keras: "_erfc(#1)",
    }),
    latex: "\\operatorname{erfc}\\left(#1\\right)",
    range: [0, 2],
    positive: true,
  },
  {
    name: "sigmoid",
    formula: "1/(1 + e^-u)",
    value: sigmoid,
    derivative: (a, [du]) => mul(mul(apply("sigmoid", u(a)), apply("sigmoid", neg(u(a)))), du),
    tensor: (tf, a) => tf.sigmoid(a),
    spelling: called("sigmoid", { typescript: "_sigmoid(#1)", numpy: "_sigmoid(#1)", jax: "jax.nn.sigmoid(#1)" }),
    latex: "\\sigma\\left(#1\\right)",
    split: { rest: "sigmoid(abs(x))", exponent: "min(x, 0)" },
    code: 7,
    increasing: true,
    aliases: ["logistic", "σ"],
    positive: true,
  },
  {
    name: "softplus",
    formula: "ln(1 + e^u)",
    value: softplus,
    derivative: (a, [du]) => mul(apply("sigmoid", u(a)), du),
    tensor: (tf, a) => tf.softplus(a),
    spelling: {
      typescript: "_softplus(#1)",
      numpy: "_softplus(#1)",
      // the default threshold of 20 leaves float64 with an error of 2e-9
      pytorch: "torch.nn.functional.softplus(#1, threshold=40.0)",
      jax: "jax.nn.softplus(#1)",
      keras: "ops.softplus(#1)",
    },
    latex: "\\ln\\left(1 + e^{#1}\\right)",
    // below -37, 1 to float64's last digit
    split: { rest: "where(x > -37, softplus(x) * exp(relu(-x)), 1)", exponent: "min(x, 0)" },
    code: 13,
    increasing: true,
    positive: true,
  },
  {
    name: "tanh",
    formula: "the hyperbolic tangent",
    value: Math.tanh,
    derivative: (a, [du]) => mul(pow(apply("cosh", u(a)), -2), du),
    tensor: (tf, a) => tf.tanh(a),
    spelling: called("tanh"),
    latex: "\\tanh\\left(#1\\right)",
    code: 12,
    parity: "odd",
    increasing: true,
  },
  {
    name: "sinh",
    formula: "the hyperbolic sine",
    value: Math.sinh,
    derivative: (a, [du]) => mul(apply("cosh", u(a)), du),
    tensor: (tf, a) => tf.sinh(a),
    spelling: called("sinh"),
    latex: "\\sinh\\left(#1\\right)",
    split: { rest: "-0.5 * (sign(x) * expm1(-2 * abs(x)))", exponent: "abs(x)" },
    code: 14,
    parity: "odd",
    increasing: true,
  },
  {
    name: "cosh",
    formula: "the hyperbolic cosine",
    value: Math.cosh,
    derivative: (a, [du]) => mul(apply("sinh", u(a)), du),
    tensor: (tf, a) => tf.cosh(a),
    spelling: called("cosh"),
    latex: "\\cosh\\left(#1\\right)",
    split: { rest: "0.5 * (1 + exp(-2 * abs(x)))", exponent: "abs(x)" },
    parity: "even",
    range: [1, Infinity],
    positive: true,
  },
  {
    name: "sin",
    formula: "the sine",
    value: Math.sin,
    derivative: (a, [du]) => mul(apply("cos", u(a)), du),
    tensor: (tf, a) => tf.sin(a),
    spelling: called("sin"),
    latex: "\\sin\\left(#1\\right)",
    code: 10,
    parity: "odd",
    range: [-1, 1],
  },
  {
    name: "cos",
    formula: "the cosine",
    value: Math.cos,
    derivative: (a, [du]) => neg(mul(apply("sin", u(a)), du)),
    tensor: (tf, a) => tf.cos(a),
    spelling: called("cos"),
    latex: "\\cos\\left(#1\\right)",
    code: 18,
    parity: "even",
    range: [-1, 1],
  },
  {
    name: "atan",
    formula: "the inverse tangent",
    value: Math.atan,
    derivative: (a, [du]) => div(du, add(1, square(u(a)))),
    tensor: (tf, a) => tf.atan(a),
    spelling: inverse("arctan"),
    latex: "\\arctan\\left(#1\\right)",
    code: 11,
    parity: "odd",
    increasing: true,
    aliases: ["arctan"],
  },
  {
    name: "asinh",
    formula: "the inverse hyperbolic sine",
    value: Math.asinh,
    derivative: (a, [du]) => div(du, apply("sqrt", add(1, square(u(a))))),
    tensor: (tf, a) => tf.asinh(a),
    spelling: inverse("arcsinh"),
    latex: "\\operatorname{arsinh}\\left(#1\\right)",
    code: 17,
    parity: "odd",
    increasing: true,
    aliases: ["arsinh"],
  },
  {
    name: "atanh",
    formula: "the inverse hyperbolic tangent, for |u| < 1",
    value: Math.atanh,
    derivative: (a, [du]) => div(du, sub(1, square(u(a)))),
    tensor: (tf, a) => tf.atanh(a),
    spelling: inverse("arctanh"),
    latex: "\\operatorname{artanh}\\left(#1\\right)",
    code: 16,
    parity: "odd",
    range: [-Infinity, Infinity],
    aliases: ["artanh"],
    domain: [-1, 1],
  },
];

/** The numbers that an expression in the variables 0, 1, … gives. */
function valueOf(e: Expression, args: readonly number[]): number {
  if (e.kind === "variable") return args[Number(e.name)];
  if (e.kind === "constant") return e.value;
  return operatorOf(e.operator).value(...e.args.map((arg) => valueOf(arg, args)));
}

function completed(row: Row): Operator {
  const arity = row.arity ?? 1;
  if ("value" in row) return { ...row, arity };
  const { name, composition } = row;
  const composed = composition(Array.from({ length: arity }, (_, i) => ({ kind: "variable", name: `${i}` })));
  const expanded = (): never => {
    throw new Error(`${name} is computed by its composition`);
  };
  return {
    ...row,
    arity,
    value: (...args) => valueOf(composed, args),
    derivative: expanded,
    tensor: expanded,
    spelling: everywhere(name),
  };
}

/** All operators by name. */
export const OPERATORS: ReadonlyMap<string, Operator> = new Map(rows.map((row) => [row.name, completed(row)]));

/** An operator's row. Throws a RangeError for a name that is not in the table. */
export function operatorOf(name: string): Operator {
  const row = OPERATORS.get(name);
  if (!row) {
    throw new RangeError(`Cannot look up operator "${name}": expected one of ${[...OPERATORS.keys()].join(", ")}`);
  }
  return row;
}

/** The expression with the operators that are composed of others written out. */
export function expanded(e: Expression): Expression {
  return recursion<Expression>((part, recur) => {
    if (part.kind !== "call") return part;
    const { composition } = operatorOf(part.operator);
    if (composition) return recur(composition(part.args));
    const args = part.args.map(recur);
    return args.every((arg, i) => arg === part.args[i]) ? part : { ...part, args };
  })(e);
}
