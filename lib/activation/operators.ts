/**
 * The table of operators: one row for each, and everything else follows from it (parsing, printing, values, derivatives,
 * LaTeX, simplification, and with `composed` tensors and exports; with `searched` the genes that are drawn).
 *
 * A new operator is one row: `value`, `derivative`, `latex`, and `composed`, by operators that are here. To be computed in
 * one step of its own it gets a `tensor` in place of `composed`, a primitive of that name in engine/kernel, and a spelling
 * for each export.
 *
 * @module
 */
import { add, apply, div, mul, neg, pow, sub, where } from "./arithmetic.ts";
import { constant, type Expression } from "./expression.ts";
import type { Operator } from "./operator.ts";
import { rawErf, rawErfc, rawWhere } from "./raw_operations.ts";
import { erf, erfc, sigmoid, softplus } from "./special.ts";

export type { Operator };

type Row =
  & Omit<Operator, "arity" | "tensor" | "composed">
  & { readonly arity?: number }
  & (Required<Pick<Operator, "tensor">> | Required<Pick<Operator, "composed">>);

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
    latex: "#1 + #2",
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
    latex: "#1 \\cdot #2",
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
    latex: "\\frac{#1}{#2}",
  },
  {
    name: "neg",
    formula: "-a",
    infix: { symbol: "-", precedence: 3 },
    value: (a) => -a,
    derivative: (_, [da]) => neg(da),
    tensor: (tf, a) => tf.neg(a),
    latex: "-#1",
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
    latex: "#1^{#2}",
    domain: [0, Infinity],
  },
  {
    name: "exp",
    formula: "e^u",
    value: Math.exp,
    derivative: (a, [du]) => mul(apply("exp", u(a)), du),
    tensor: (tf, a) => tf.exp(a),
    latex: "e^{#1}",
    increasing: true,
    positive: true,
  },
  {
    name: "expm1",
    formula: "e^u - 1, accurate near 0",
    value: Math.expm1,
    derivative: (a, [du]) => mul(apply("exp", u(a)), du),
    tensor: (tf, a) => tf.expm1(a),
    latex: "\\left(e^{#1} - 1\\right)",
    increasing: true,
  },
  {
    name: "log",
    formula: "the natural logarithm, for u > 0",
    value: Math.log,
    derivative: (a, [du]) => div(du, u(a)),
    tensor: (tf, a) => tf.log(a),
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
    latex: "\\left|#1\\right|",
    parity: "even",
    range: [0, Infinity],
  },
  {
    name: "sign",
    formula: "-1, 0 or 1, as u is negative, 0 or positive",
    value: Math.sign,
    derivative: () => constant(0),
    tensor: (tf, a) => tf.sign(a),
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
    latex: "\\max\\left(#1, 0\\right)",
    increasing: true,
  },
  {
    name: "max",
    formula: "the greater of a and b",
    arity: 2,
    value: Math.max,
    derivative: ([a, b], [da, db]) => where(a, b, { yes: da, no: db }),
    tensor: (tf, a, b) => tf.maximum(a, b),
    latex: "\\max\\left(#1, #2\\right)",
    commutative: true,
  },
  {
    name: "min",
    formula: "the lesser of a and b",
    arity: 2,
    value: Math.min,
    derivative: ([a, b], [da, db]) => where(b, a, { yes: da, no: db }),
    tensor: (tf, a, b) => tf.minimum(a, b),
    latex: "\\min\\left(#1, #2\\right)",
    commutative: true,
  },
  {
    name: "where",
    formula: "u where a > b, else v; written where(a > b, u, v)",
    arity: 4,
    value: (a, b, yes, no) => a > b ? yes : a <= b ? no : NaN,
    derivative: ([a, b], [, , yes, no]) => where(a, b, { yes, no }),
    tensor: rawWhere,
    latex: "\\begin{cases} #3 & \\text{if } #1 > #2 \\\\ #4 & \\text{otherwise} \\end{cases}",
  },
  {
    name: "erf",
    formula: "the error function",
    value: erf,
    derivative: (a, [du]) => mul(gauss(u(a)), du),
    tensor: rawErf,
    latex: "\\operatorname{erf}\\left(#1\\right)",
    parity: "odd",
    increasing: true,
  },
  {
    name: "erfc",
    formula: "1 - erf(u), accurate where it is small",
    value: erfc,
    derivative: (a, [du]) => neg(mul(gauss(u(a)), du)),
    tensor: rawErfc,
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
    latex: "\\sigma\\left(#1\\right)",
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
    latex: "\\ln\\left(1 + e^{#1}\\right)",
    increasing: true,
    positive: true,
  },
  {
    name: "tanh",
    formula: "the hyperbolic tangent",
    value: Math.tanh,
    derivative: (a, [du]) => mul(pow(apply("cosh", u(a)), -2), du),
    tensor: (tf, a) => tf.tanh(a),
    latex: "\\tanh\\left(#1\\right)",
    parity: "odd",
    increasing: true,
  },
  {
    name: "sinh",
    formula: "the hyperbolic sine",
    value: Math.sinh,
    derivative: (a, [du]) => mul(apply("cosh", u(a)), du),
    tensor: (tf, a) => tf.sinh(a),
    latex: "\\sinh\\left(#1\\right)",
    parity: "odd",
    increasing: true,
  },
  {
    name: "cosh",
    formula: "the hyperbolic cosine",
    value: Math.cosh,
    derivative: (a, [du]) => mul(apply("sinh", u(a)), du),
    tensor: (tf, a) => tf.cosh(a),
    latex: "\\cosh\\left(#1\\right)",
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
    latex: "\\sin\\left(#1\\right)",
    parity: "odd",
    range: [-1, 1],
  },
  {
    name: "cos",
    formula: "the cosine",
    value: Math.cos,
    derivative: (a, [du]) => neg(mul(apply("sin", u(a)), du)),
    tensor: (tf, a) => tf.cos(a),
    latex: "\\cos\\left(#1\\right)",
    parity: "even",
    range: [-1, 1],
  },
  {
    name: "atan",
    formula: "the inverse tangent",
    value: Math.atan,
    derivative: (a, [du]) => div(du, add(1, square(u(a)))),
    tensor: (tf, a) => tf.atan(a),
    latex: "\\arctan\\left(#1\\right)",
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
    latex: "\\operatorname{arsinh}\\left(#1\\right)",
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
    latex: "\\operatorname{artanh}\\left(#1\\right)",
    parity: "odd",
    range: [-Infinity, Infinity],
    aliases: ["artanh"],
    domain: [-1, 1],
  },
];

/** All operators by name. */
export const OPERATORS: ReadonlyMap<string, Operator> = new Map(
  rows.map((row): [string, Operator] => [row.name, { arity: 1, ...row }]),
);

/** An operator's row. Throws a RangeError for a name that is not in the table. */
export function operatorOf(name: string): Operator {
  const row = OPERATORS.get(name);
  if (!row) {
    throw new RangeError(`Cannot look up operator "${name}": expected one of ${[...OPERATORS.keys()].join(", ")}`);
  }
  return row;
}
