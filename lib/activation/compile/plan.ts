/**
 * How a function and its derivative are computed in float32: the cheapest form that is right for |x| ≤ 100. It tries the
 * forms out, step by step rounded to float32, beside float64.
 *
 * @module
 */
import { derivative } from "../derivative.ts";
import type { Expression } from "../expression.ts";
import { kept } from "../kept.ts";
import { everywhere, expanded, type Operator, operatorOf } from "../operators.ts";
import { rawProductOrZero } from "../raw_operations.ts";
import { simplify } from "../simplify/simplify.ts";
import { economize, lowerPowers } from "./economy.ts";
import { halveExponentials, mergeExponentials } from "./merge.ts";
import { scaleExponentials } from "./scale.ts";
import { runSteps, runTape, type Step, type Tape, tapeOf } from "./tape.ts";

/** A step's derivative from the values of its arguments, and then their derivatives. */
type Rule = (inputs: readonly number[]) => number;

function compiled(e: Expression): Rule {
  if (e.kind === "variable") return (inputs) => inputs[Number(e.name)];
  if (e.kind === "constant") return () => e.value;
  const [f, g, h, i] = e.args.map(compiled);
  const { name, value } = operatorOf(e.operator);
  if (name === "mul") { // as there, 0 wins over ∞
    return (inputs) => {
      const [a, b] = [f(inputs), g(inputs)];
      return a === 0 || b === 0 ? 0 : a * b;
    };
  }
  if (i) return (inputs) => value(f(inputs), g(inputs), h(inputs), i(inputs));
  return g ? (inputs) => value(f(inputs), g(inputs)) : (inputs) => value(f(inputs));
}

const ruleOf: (operator: Operator) => Rule = kept(({ arity, derivative }) => {
  const inputs = Array.from({ length: 2 * arity }, (_, i): Expression => ({ kind: "variable", name: `${i}` }));
  return compiled(derivative(inputs.slice(0, arity), inputs.slice(arity)));
});

/** The derivatives of all steps at points where the steps' values are known: slopes[step][point]. */
function forwardSlopes(steps: readonly Step[], { values, round }: {
  readonly values: readonly Float64Array[];
  readonly round: (value: number) => number;
}): Float64Array[] {
  const slopes: Float64Array[] = [];
  for (const [index, step] of steps.entries()) {
    const out = new Float64Array(values[index].length);
    if (step.kind === "variable") out.fill(1);
    if (step.kind === "call") {
      const rule = ruleOf(step.operator);
      const rows = [...step.args.map((arg) => values[arg]), ...step.args.map((arg) => slopes[arg])];
      for (let point = 0; point < out.length; point++) out[point] = round(rule(rows.map((row) => row[point])));
    }
    slopes.push(out);
  }
  return slopes;
}

/** The steps of a function (output 0) and its derivative (output 1). */
export interface Plan extends Tape {
  /** Whether forward differentiation of the function's steps gives its derivative as well as the derivative's steps. */
  readonly differentiable: boolean;
}

/** A product that is 0 where b is 0, even if a is ∞ or NaN. */
const PRODUCT_OR_ZERO: Operator = {
  ...operatorOf("mul"),
  name: "product_or_zero",
  value: (a, b) => b === 0 ? 0 : a * b,
  tensor: rawProductOrZero,
  spelling: everywhere("_product_or_zero(#1, #2)"),
};

/** Where forms are tried out: every quarter in [-100, 100], with 0, and close to 0. */
const POINTS = Float64Array.from([
  ...Array.from({ length: 801 }, (_, i) => (i - 400) / 4),
  ...[1e-3, 1e-6, 1e-12, 1e-30].flatMap((x) => [x, -x]),
]);

const LARGEST = 2 ** 128 - 2 ** 104;
const LEAST_NORMAL = 2 ** -126;

/** Rounds to float32, as TensorFlow does: what is below the normal numbers becomes 0. */
function flushed(value: number): number {
  const rounded = Math.fround(value);
  return Math.abs(rounded) < LEAST_NORMAL ? 0 : rounded;
}

/** The engines' ways of rounding: TensorFlow.js alone keeps what is below the normal numbers. */
const ROUNDINGS: readonly ((value: number) => number)[] = [flushed, Math.fround];

/** The tape with guarded products where, at some point, 0 · ∞ or 0 · NaN would come up. */
function guarded(tape: Tape): Tape {
  const results: Float64Array[] = [];
  const steps: Step[] = [];
  for (const step of tape.steps) {
    let chosen = step;
    const run = () => {
      results.length = steps.length;
      results.push(stepResult(chosen, results));
    };
    run();
    if (step.kind === "call" && step.operator.name === "mul") {
      const [a, b] = step.args;
      const wins = (zero: number, other: number) =>
        results[zero].some((value, point) => value === 0 && !Number.isFinite(results[other][point]));
      if (wins(b, a)) chosen = { ...step, operator: PRODUCT_OR_ZERO };
      else if (wins(a, b)) chosen = { ...step, operator: PRODUCT_OR_ZERO, args: [b, a] };
      if (chosen !== step) run();
    }
    steps.push(chosen);
  }
  return { ...tape, steps };
}

function stepResult(step: Step, results: readonly Float64Array[]): Float64Array {
  if (step.kind === "variable") return POINTS;
  if (step.kind === "constant") return POINTS.map(() => flushed(step.value));
  const args = step.args.map((arg) => results[arg]);
  return POINTS.map((_, point) => flushed(step.operator.value(...args.map((arg) => arg[point]))));
}

/** Within this distance of 0 lies nearly everything that is trained on. */
const CORE = 10;

/**
 * How often a form fails: near 0 by more than 1 %, or not finite there; not finite further out; and inaccurate, by more
 * than 1e-5 · max(1, |true|).
 */
type Failures = readonly [wrong: number, notFinite: number, inaccurate: number];

function failures(tape: Tape, truths: readonly Float64Array[]): Failures {
  return countFailures(ROUNDINGS.flatMap((round) => runTape(tape, POINTS, { round })), truths);
}

/** The failures of outputs, which are in the order of the truths, once or more. */
function countFailures(outputs: readonly Float64Array[], truths: readonly Float64Array[]): Failures {
  const counts: [number, number, number] = [0, 0, 0];
  for (const [i, values] of outputs.entries()) {
    for (const [point, truth] of truths[i % truths.length].entries()) {
      if (!(Math.abs(truth) <= LARGEST)) continue;
      const error = Math.abs(values[point] - truth) / Math.max(1, Math.abs(truth));
      if (!(error <= 0.01) && Math.abs(POINTS[point]) <= CORE) counts[0]++;
      else if (!Number.isFinite(error)) counts[1]++;
      else if (error > 1e-5) counts[2]++;
    }
  }
  return counts;
}

function isBetter(a: Failures, b: Failures): boolean {
  const i = a.findIndex((count, kind) => count !== b[kind]);
  return i >= 0 && a[i] < b[i];
}

interface Form {
  readonly expressions: readonly Expression[];
  readonly tape: Tape;
  readonly failed: Failures;
}

/** The first of the forms, each tried without and with guards, that has the fewest failures. */
function best(forms: readonly (() => readonly Expression[])[], truths: readonly Float64Array[]): Form {
  let chosen: Form | undefined;
  for (const form of forms) {
    const expressions = form();
    const plain = tapeOf(expressions.map(lowerPowers));
    for (const guard of [false, true]) {
      const tape = guard ? guarded(plain) : plain;
      const failed = failures(tape, truths);
      if (failed.every((count) => count === 0)) return { expressions, tape, failed };
      if (!chosen || isBetter(failed, chosen.failed)) chosen = { expressions, tape, failed };
    }
  }
  return chosen!;
}

/** Whether forward differentiation fails no more often than the steps of the derivative. */
function isDifferentiable(tape: Tape, truth: Float64Array): boolean {
  const values = runSteps(tape, POINTS, { round: flushed });
  const [value, slope] = tape.outputs;
  const forward = forwardSlopes(tape.steps.slice(0, value + 1), { values, round: flushed })[value];
  const [bySteps, byForward] = [values[slope], forward].map((slopes) => countFailures([slopes], [truth]));
  return !isBetter(bySteps, byForward);
}

/** The forms of an expression, the cheapest first. */
const REWRITINGS: readonly ((e: Expression) => Expression)[] = [
  (e) => e,
  mergeExponentials,
  halveExponentials,
  scaleExponentials,
];

/** The plan of a function. Takes a few milliseconds. */
export const planOf: (e: Expression) => Plan = kept((e) => {
  const value = simplify(expanded(e));
  const slope = derivative(value);
  const truths = runTape(tapeOf([value, slope]), POINTS);
  const { expressions: [form] } = best(
    REWRITINGS.map((rewrite) => () => [rewrite(value)]),
    truths,
  );
  const slopes = [
    () => [form, economize(slope, { value: form })],
    ...REWRITINGS.map((rewrite) => () => [form, rewrite(slope)]),
  ];
  const { tape } = best(slopes, truths);
  return { ...tape, differentiable: isDifferentiable(tape, truths[1]) };
});
