/**
 * A function as it is looked at for zeros, a minimum and monotony: its values at many places, how far rounding can be
 * trusted there, and where it breaks off.
 *
 * @module
 */
import { runTape, type Tape, tapeOf } from "../compile/tape.ts";
import { derivative } from "../derivative.ts";
import type { Expression } from "../expression.ts";
import { bordersOf } from "../simplify/borders.ts";

/** How far functions are looked at. */
export const REACH = 1e9;

/** Up to here places are 1/64 apart, beyond by a twentieth, and closer to 0 than 1/64 by a half. */
export const DENSE = 50;

/** 0 and positive places; `GRID` has the negative ones too. */
const RIGHT = [
  ...Array.from({ length: 41 }, (_, i) => 1.5 ** (i + 1 - 42) / 64),
  ...Array.from({ length: 64 * DENSE }, (_, i) => (i + 1) / 64),
  ...Array.from({ length: 345 }, (_, i) => Math.min(DENSE * 1.05 ** (i + 1), REACH)),
];
const GRID: readonly number[] = [...RIGHT.toReversed().map((x) => -x), 0, ...RIGHT];

/** The relative error of wrong steps, and its share of each step, in three patterns in which errors do not cancel. */
const WRONG = 2 ** -50;
const PATTERNS = [0.7548776662, 0.5698402910, 0.6180339887].map((turn) => (step: number) =>
  2 * ((step + 1) * turn % 1) - 1
);

/** Values, and by how much rounding errors of some units in the last place change them. */
export interface Sample {
  readonly values: Float64Array;
  readonly noise: Float64Array;
}

/** The values of a tape's only expression at the places. */
export function sample(tape: Tape, places: ArrayLike<number>): Sample {
  const [values] = runTape(tape, places);
  const others = PATTERNS.map((pattern) => {
    const round = (value: number, step: number) =>
      tape.steps[step].kind === "call" ? value * (1 + WRONG * pattern(step)) : value;
    return runTape(tape, places, { round })[0];
  });
  const noise = values.map((value, i) => Math.max(...others.map((other) => Math.abs(other[i] - value))));
  return { values, noise };
}

/** A function and its values at places in ascending order. */
export interface Curve extends Sample {
  readonly expression: Expression;
  readonly f: (x: number) => number;
  readonly slope: (x: number) => number;
  /** By how much rounding errors change the value at a place. */
  readonly noiseAt: (x: number) => number;
  readonly places: Float64Array;
}

/** The curve of an expression. */
export function curveOf(expression: Expression): Curve {
  const tape = tapeOf([expression]);
  const steepness = tapeOf([derivative(expression)]);
  const places = Float64Array.from(new Set([...GRID, ...bordersOf(expression)])).sort();
  const { values, noise } = sample(tape, places);
  const f = (x: number) => runTape(tape, [x])[0][0];
  // a value among places where there is none, as of x^x at whole numbers below 0, says nothing
  const isAlone = (i: number) =>
    [i - 1, i + 1].some((k) => Number.isNaN(values[k])) &&
    [1.2345e-7, -1.2345e-7].every((share) => Number.isNaN(f(places[i] * (1 + share))));
  return {
    expression,
    f,
    slope: (x) => runTape(steepness, [x])[0][0],
    noiseAt: (x) => sample(tape, [x]).noise[0],
    places,
    values: values.map((value, i) => isAlone(i) ? NaN : value),
    noise,
  };
}

/** Where a condition that holds at `left` and not at `right` ends, to the last digit: the last place that has it. */
function lastPlace(holds: (x: number) => boolean, [left, right]: readonly [number, number]): number {
  let [a, b] = [left, right];
  for (let i = 0; i < 1100; i++) {
    const middle = a + (b - a) / 2;
    if (middle === a || middle === b) break;
    if (holds(middle)) a = middle;
    else b = middle;
  }
  return a;
}

/** Where a curve is interrupted between two places, and its values on both sides: ±∞ at a pole, NaN beyond the domain. */
export interface Break {
  /** Where. */
  readonly x: number;
  /** The value to the left of it. */
  readonly left: number;
  /** The value to the right of it. */
  readonly right: number;
}

/** The value that a function has, or goes to, at the end of an interval, looked at from within. */
function sideValue(f: (x: number) => number, x: number, direction: 1 | -1): number {
  const unit = Math.max(Math.abs(x), 1e-9);
  const [far, near, nearest] = [1e-6, 1e-9, 1e-12].map((distance) => f(x + direction * distance * unit));
  const isGrowing = Math.abs(nearest - near) > 0.1 * Math.abs(near - far) && Math.abs(nearest) > Math.abs(far);
  return isGrowing && Math.abs(nearest - near) > 1e-3 * Math.abs(near) ? Math.sign(nearest) * Infinity : nearest;
}

/** The jump or pole between two places of finite values; undefined where the curve only is steep. */
function jumpBetween({ f, slope, noise, values, places }: Curve, i: number): number | undefined {
  let [a, b] = [places[i - 1], places[i]];
  const change = Math.abs(values[i] - values[i - 1]);
  if (change <= 1e3 * (noise[i] + noise[i - 1])) return undefined;
  const slopes = [a, (a + b) / 2, b].map((x) => slope(x));
  const steepest = Math.max(...slopes.map(Math.abs).filter(Number.isFinite), 0);
  const isAgainst = slopes.every((steepness) => steepness * (values[i] - values[i - 1]) < 0);
  if (change <= 4 * steepest * (b - a) && !isAgainst) return undefined;
  let [low, high] = [values[i - 1], values[i]];
  for (let step = 0; step < 1100; step++) {
    const middle = a + (b - a) / 2;
    if (middle === a || middle === b) return Math.abs(high - low) > change / 2 ? b : undefined;
    const value = f(middle);
    if (!Number.isFinite(value)) return middle;
    if (Math.abs(value - low) > Math.abs(high - value)) [b, high] = [middle, value];
    else [a, low] = [middle, value];
  }
  return undefined;
}

/** The breaks of a curve in ascending order. Where values leave float64 for good, there is none. */
export function breaksOf(curve: Curve): Break[] {
  const { f, places, values } = curve;
  const found: Break[] = [];
  const add = (x: number, { left = x, right = x } = {}) =>
    found.push({ x: Math.abs(x) < 1e-300 ? 0 : x, left: sideValue(f, left, -1), right: sideValue(f, right, 1) });
  const isFinite = (i: number) => Number.isFinite(values[i]);
  let last = values.findIndex(Number.isFinite); // the last place with a finite value
  if (last > 0 && Number.isNaN(values[last - 1])) {
    const x = -lastPlace((y) => !Number.isNaN(f(-y)), [-places[last], -places[last - 1]]);
    found.push({ x, left: NaN, right: sideValue(f, x, 1) });
  }
  for (let i = last + 1; i < values.length && last >= 0; i++) {
    if (!isFinite(i)) continue;
    if (last < i - 1) {
      const [a, b] = [places[last], places[i]];
      const isSingle = last === i - 2;
      const end = isSingle ? places[i - 1] : lastPlace((x) => Number.isFinite(f(x)), [a, b]);
      const start = isSingle ? end : -lastPlace((x) => Number.isFinite(f(-x)), [-b, -a]);
      const isPole = values.subarray(last + 1, i).every((value) => Math.abs(value) === Infinity);
      if (isSingle || isPole) add(end <= 0 && start >= 0 ? 0 : (end + start) / 2, { left: end, right: start });
      else {
        found.push({ x: end, left: sideValue(f, end, -1), right: NaN });
        found.push({ x: start, left: NaN, right: sideValue(f, start, 1) });
      }
    } else {
      const x = jumpBetween(curve, i);
      if (x !== undefined) add(x);
    }
    last = i;
  }
  if (last >= 0 && last < values.length - 1 && Number.isNaN(values[last + 1])) {
    const x = lastPlace((y) => !Number.isNaN(f(y)), [places[last], places[last + 1]]);
    found.push({ x, left: sideValue(f, x, -1), right: NaN });
  }
  return found;
}
