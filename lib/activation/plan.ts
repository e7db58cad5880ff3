/**
 * How a function and its derivative are computed in float32: the cheapest form that is right for |x| ≤ 100. It knows
 * no tensors: it tries the forms out, step by step rounded to float32, beside float64.
 *
 * @module
 */
import { derivative } from "./derivative.ts";
import { economize, lowerPowers } from "./economy.ts";
import type { Expression } from "./expression.ts";
import { halveExponentials, mergeExponentials } from "./merge.ts";
import { type Operator, operatorOf } from "./operators.ts";
import { rawProductOrZero } from "./raw_operations.ts";
import { simplify } from "./simplify.ts";
import { runTape, type Step, type Tape, tapeOf } from "./tape.ts";

/** The steps of a function (output 0) and its derivative (output 1). */
export type Plan = Tape;

/** A product that is 0 where b is 0, even if a is ∞ or NaN. */
const PRODUCT_OR_ZERO: Operator = {
  ...operatorOf("mul"),
  name: "product_or_zero",
  value: (a, b) => b === 0 ? 0 : a * b,
  tensor: rawProductOrZero,
  primitive: "product_or_zero",
};

/** Where forms are tried out: every quarter in [-100, 100], and close to 0. */
const POINTS = Float64Array.from([
  ...Array.from({ length: 801 }, (_, i) => (i - 400) / 4),
  ...[1e-3, 1e-6, 1e-12].flatMap((x) => [x, -x]),
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

/** How often a form fails: not finite where it should be, or wrong by more than 1e-5 · max(1, |true|). */
interface Failures {
  readonly notFinite: number;
  readonly inaccurate: number;
}

function failures(tape: Tape, truths: readonly Float64Array[]): Failures {
  let [notFinite, inaccurate] = [0, 0];
  const outputs = ROUNDINGS.flatMap((round) => runTape(tape, POINTS, { round }));
  for (const [i, values] of outputs.entries()) {
    for (const [point, truth] of truths[i % truths.length].entries()) {
      if (!(Math.abs(truth) <= LARGEST)) continue;
      if (!Number.isFinite(values[point])) notFinite++;
      else if (Math.abs(values[point] - truth) > 1e-5 * Math.max(1, Math.abs(truth))) inaccurate++;
    }
  }
  return { notFinite, inaccurate };
}

function isBetter(a: Failures, b: Failures): boolean {
  return a.notFinite < b.notFinite || (a.notFinite === b.notFinite && a.inaccurate < b.inaccurate);
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
      if (failed.notFinite + failed.inaccurate === 0) return { expressions, tape, failed };
      if (!chosen || isBetter(failed, chosen.failed)) chosen = { expressions, tape, failed };
    }
  }
  return chosen!;
}

/** The plan of a function. Takes a few milliseconds. */
export function planOf(e: Expression): Plan {
  const value = simplify(e);
  const slope = derivative(value);
  const truths = runTape(tapeOf([value, slope]), POINTS);
  const { expressions: [form] } = best(
    [() => [value], () => [mergeExponentials(value)], () => [halveExponentials(value)]],
    truths,
  );
  const slopes = [
    () => economize(slope, { value: form }),
    () => slope,
    () => mergeExponentials(slope),
    () => halveExponentials(slope),
  ];
  return best(slopes.map((make) => () => [form, make()]), truths).tape;
}
