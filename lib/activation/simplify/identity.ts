/**
 * Whether two expressions are the same function: a key made of their values and derivatives at fixed points.
 *
 * The values at irrational points, divided by their size near 0 and compressed by asinh, are projected onto a few
 * fixed directions; a key holds the rounded projections. Two texts of one function differ by rounding errors, some
 * 1e-14 after simplification, against cells of 1e-8: few projections instead of all values make it unlikely (1e-5)
 * that a border lies between them. Points where rounding errors are amplified, found by a second computation with
 * every step slightly wrong, and points beyond float64 do not take part. Points outside of the domain do, by their
 * place.
 *
 * @module
 */
import { runSteps, type Step, type Tape, tapeOf } from "../compile/tape.ts";
import { derivative } from "../derivative.ts";
import type { Expression } from "../expression.ts";
import { kept } from "../kept.ts";
import { expanded } from "../operators.ts";
import { detailsOf } from "./details.ts";
import { simplify } from "./simplify.ts";

/** Points close to 0, where the size of a function is taken. */
const NEAR = 12;

/** Golden-ratio steps: evenly spread, without a pattern that a function could share. */
const spread = (i: number) => (0.3819 + i * 0.6180339887498949) % 1;

/** Points in [-1.2, 1.2], then in [-4.5, 4.5], then far out. */
const POINTS = Float64Array.from([
  ...Array.from({ length: NEAR }, (_, i) => 1.2 * (2 * spread(i) - 1)),
  ...Array.from({ length: 108 }, (_, i) => 4.5 * (2 * spread(i + NEAR) - 1)),
  ...Array.from({ length: 16 }, (_, i) => 4.61 * 1.2208 ** i).flatMap((x) => [x, -1.0137 * x]),
]);

/** Relative size of the slight wrongness. */
const NUDGE = 2 ** -36;
/** By how much a text may amplify it at a point. */
const AMPLIFICATION = 1e5;
/** By how much the function itself may amplify a relative error of x. */
const CONDITION = 200;
/** The relative error of x that is tried. */
const MOVE = 2 ** -20;
/** The points, and then points beside them. */
const POINTS_AND_BESIDE = Float64Array.from([...POINTS, ...POINTS.map((x) => x * (1 + MOVE))]);
const CELL = 1e-8;
const DIRECTIONS = 4;

/** Fixed weights between 0.2 and 1 of either sign. */
const weight = (direction: number, point: number) => {
  const u = 2 * spread(97 * direction + 31 * point + 7 * direction * point) - 1;
  return u < 0 ? 0.8 * u - 0.2 : 0.8 * u + 0.2;
};
const WEIGHTS = Array.from(
  { length: DIRECTIONS },
  (_, direction) => Float64Array.from(POINTS, (_, point) => weight(direction, point)),
);

/** Whether the argument values, all finite, gave none: the point is outside of the domain. */
function isOutside(tape: Tape, results: readonly Float64Array[], { step, point }: {
  readonly step: number;
  readonly point: number;
}): boolean {
  const { [step]: entry } = tape.steps;
  if (entry.kind !== "call" || !Number.isNaN(results[step][point])) return false;
  if (entry.args.every((arg) => Number.isFinite(results[arg][point]))) return true;
  return entry.args.some((arg) => isOutside(tape, results, { step: arg, point }));
}

/** The size of the finite ones among the values. */
function sizeOf(values: Float64Array): number {
  return values.reduce((most, value) => Number.isFinite(value) ? Math.max(most, Math.abs(value)) : most, 0);
}

/** The size of a function near 0, or where it is 0 there, anywhere; 0 where it is 0 everywhere. */
function functionSize(values: Float64Array): number {
  const near = sizeOf(values.subarray(0, NEAR));
  const size = near < 1e-14 ? sizeOf(values) : near;
  return size < 1e-14 ? 0 : size;
}

function fingerprint(tape: Tape, output: number, { exact, wrong }: {
  readonly exact: readonly Float64Array[];
  readonly wrong: readonly Float64Array[];
}): string {
  const values = exact[output].subarray(0, POINTS.length);
  const moved = exact[output].subarray(POINTS.length);
  const size = functionSize(values);
  const sums = new Float64Array(DIRECTIONS);
  for (let point = 0; point < POINTS.length; point++) {
    const value = values[point];
    const scale = Math.max(size, Math.abs(value));
    if (!(Math.abs(moved[point] - value) <= CONDITION * MOVE * scale)) continue;
    const error = Math.abs(wrong[output][point] - value);
    if (!(error <= AMPLIFICATION * NUDGE * scale) || size === 0) continue;
    const part = Math.asinh(value / size);
    for (let direction = 0; direction < DIRECTIONS; direction++) sums[direction] += WEIGHTS[direction][point] * part;
  }
  const cells = [Math.log(size || 1), ...sums].map((sum) => Math.round(sum / CELL).toString(36).replace("-", "~"));
  if (!values.some(Number.isNaN)) return cells.join(".");
  const outside = Array.from(POINTS, (_, point) => isOutside(tape, exact, { step: output, point }) ? "1" : "0").join(
    "",
  );
  return [...outside.includes("1") ? [BigInt(`0b${outside}`).toString(36)] : [], ...cells].join(".");
}

/**
 * A key that is the same for equal functions and different for different ones. Functions that differ by less than some
 * 1e-8 everywhere, or only between two of the 152 points, count as equal.
 *
 * ```ts
 * import { assertEquals, assertNotEquals } from "@std/assert";
 * import { identityKey } from "./identity.ts";
 * import { parse } from "../parse.ts";
 * assertEquals(identityKey(parse("x / (1 + exp(-x))")), identityKey(parse("swish(x)")));
 * assertNotEquals(identityKey(parse("swish(x)")), identityKey(parse("swish(-x)")));
 * ```
 */
export const identityKey: (e: Expression) => string = kept((e) => {
  const value = simplify(e);
  const tape = tapeOf([value, derivative(value)]);
  const exact = runSteps(tape, POINTS_AND_BESIDE);
  // steps differ in sign, so that errors of a difference do not cancel; a constant may be an exponent
  const nudge = ({ kind }: Step, i: number) => kind !== "call" ? 1 : i % 3 === 1 ? 1 + NUDGE : 1 - NUDGE;
  const wrong = runSteps(tape, POINTS, { round: (value, i) => value * nudge(tape.steps[i], i) });
  const fingerprints = tape.outputs.map((output) => fingerprint(tape, output, { exact, wrong }));
  const size = functionSize(exact[tape.outputs[0]].subarray(0, POINTS.length));
  const details = detailsOf(expanded(value), { tape, size, nudge });
  return [...fingerprints, ...details === "" ? [] : [details]].join("_");
});
