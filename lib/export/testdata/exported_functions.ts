/**
 * The functions that the tests of exports compare, and the points.
 *
 * @module
 */
import { catalog } from "../../activation/catalog.ts";
import { add, apply, call, constant, div, type Expression, X } from "../../activation/expression.ts";
import { type Operator, operatorOf, OPERATORS } from "../../activation/operators.ts";
import { parse } from "../../activation/parse.ts";
import { planOf } from "../../activation/compile/plan.ts";
import { rejectionReason } from "../../activation/rejection_reason.ts";
import { runTape } from "../../activation/compile/tape.ts";
import { randomExpression } from "../../activation/testdata/random_expressions.ts";
import { type Random, random } from "../../random.ts";

/** A function to compare, and where. */
export interface ExportedFunction {
  /** Its name in the module. */
  readonly name: string;
  /** The function. */
  readonly expression: Expression;
  /** Points in float32. */
  readonly points: Float32Array;
  /** Points in float16; none where float16 cannot tell. */
  readonly half: Float32Array;
}

/** The greatest difference, times the value where that is above 1. */
export const TOLERANCE = 1e-5;

/** Every quarter in [-100, 100], and close to 0. */
const WIDE = Float32Array.from([
  ...Array.from({ length: 801 }, (_, i) => (i - 400) / 4),
  ...[1e-3, 1e-6, 1e-12].flatMap((x) => [x, -x]),
]);

/** In float16: every quarter in [-100, 100], and far out. */
const WIDE_HALF = Float32Array.from([
  ...Array.from({ length: 801 }, (_, i) => (i - 400) / 4),
  ...[300, 1000, 10000, 60000].flatMap((x) => [x, -x]),
]);

/** Every 1/32 in [-5, 5]. */
const NARROW = Float32Array.from({ length: 321 }, (_, i) => (i - 160) / 32);

/** How many of a random function's points must be left. */
const LEAST_KEPT = 0.9;

/**
 * The points at which float32 can tell: where each step's result may be off by two roundings, and the function and its
 * derivative still move by less than half the tolerance. Elsewhere two right programs may differ.
 */
function stablePoints(e: Expression, { rng }: { readonly rng: Random }): Float32Array {
  const plan = planOf(e);
  const shaken = (value: number) => Math.fround(value * (1 + (rng.next() - 0.5) * 2 ** -21));
  const runs = Array.from({ length: 12 }, () => runTape(plan, NARROW, { round: shaken }));
  return NARROW.filter((_, point) =>
    plan.outputs.every((_, output) => {
      const values = runs.map((run) => run[output][point]);
      const [low, high] = [Math.min(...values), Math.max(...values)];
      return high - low <= TOLERANCE / 2 * Math.max(1, Math.abs(low), Math.abs(high));
    })
  );
}

/** `count` random functions that could be trained, and that float32 can tell at nearly all points. */
export function randomFunctions(count: number, { seed }: { readonly seed: number }): ExportedFunction[] {
  const rng = random(seed);
  const found: ExportedFunction[] = [];
  while (found.length < count) {
    const expression = randomExpression(4, { rng });
    if (expression.kind !== "call" || rejectionReason(expression) !== undefined) continue;
    const points = stablePoints(expression, { rng: rng.split(found.length) });
    if (points.length >= LEAST_KEPT * NARROW.length) {
      found.push({ name: `random${found.length}`, expression, points, half: new Float32Array() });
    }
  }
  return found;
}

/** Between 0.1 and 0.9: in the domain of every operator. */
const INSIDE = parse("0.5 + 0.4 * sin(x)");

/** Each operator of the table, applied to x and to what varies in its domain. */
export const OPERATOR_FUNCTIONS: readonly ExportedFunction[] = [...OPERATORS.values()].map(({ name, arity }) => {
  const args = [INSIDE, X, constant(0.75), call("neg", INSIDE)];
  const expression = call(name, ...args.slice(0, arity));
  return { name: `operator_${name}`, expression, points: NARROW, half: NARROW };
});

/** The catalogue, on [-100, 100]. */
export const CATALOGUE_FUNCTIONS: readonly ExportedFunction[] = Object.entries(catalog)
  .map(([name, expression]) => ({ name, expression, points: WIDE, half: WIDE_HALF }));

/** An operator that is composed of others, as a user may add one. */
const HARD_SIGMOID: Operator = {
  ...operatorOf("sigmoid"),
  name: "hard_sigmoid",
  value: (u) => Math.min(Math.max(u / 6 + 0.5, 0), 1),
  composition: ([u]) => apply("min", apply("max", add(div(u, 6), 0.5), 0), 1),
};

/** Puts the operator into the table, and gives a function of it. */
export function composedFunction(): ExportedFunction {
  (OPERATORS as Map<string, Operator>).set(HARD_SIGMOID.name, HARD_SIGMOID);
  const expression = call("mul", X, call(HARD_SIGMOID.name, call("mul", constant(1.5), X)));
  return { name: "composed", expression, points: NARROW, half: NARROW };
}

/** Products of which the plans compute merged forms. (None of erf and asinh: some frameworks give 0 for them close to 0.) */
export const MERGED_FUNCTIONS: readonly ExportedFunction[] = [
  "softplus(x) * exp(-x)",
  "softplus(2 * x)^2 * exp(-2 * x)",
  "tanh(exp(-x)) * exp(x)",
  "sigmoid(x) * exp(-x)",
  "exp(x) / (2 + exp(x))",
  "log(2 + exp(x))",
  "sinh(x) * exp(-x)",
].map((text, i) => ({
  name: `merged${i}`,
  expression: parse(text),
  points: WIDE.filter((x) => Math.abs(x) < 40),
  half: NARROW,
}));
