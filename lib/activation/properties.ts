/**
 * What a function looks like: limits, minimum, zeros, monotony, and the function of the catalogue that it equals or
 * mirrors. That is proven; the other numbers come from float64 values at many points, refined between them.
 *
 * @module
 */
import { type CatalogName, catalogName } from "./catalog.ts";
import { runTape, tapeOf } from "./compile/tape.ts";
import { derivative } from "./derivative.ts";
import { evaluate } from "./evaluate.ts";
import { call, type Expression, substitute, X } from "./expression.ts";
import { kept } from "./kept.ts";
import { simplify } from "./simplify/simplify.ts";

/** What a function does for x → ±∞. */
export type Limit =
  | { readonly kind: "value"; readonly value: number }
  | { readonly kind: "plus infinity" }
  | { readonly kind: "minus infinity" }
  /** It approaches slope · x + intercept. */
  | { readonly kind: "asymptote"; readonly slope: number; readonly intercept: number }
  /** It oscillates, or is not defined there. */
  | { readonly kind: "none" };

/** Places so far out that 1/x counts as 0, without a pattern that an oscillation could share. */
const PLACES = [6.7e7, 8.93e7, 1.071e8, 1.517e8, 2.333e8, 3.141e8, 4.907e8, 7.777e8, 1.0001e9];
/** For functions that leave float64 before that. */
const NEARER = [30, 45, 60, 90, 130, 200, 300];
const TOLERANCE = 1e-5;

/** A limit close to a whole number, or to a half, is that. */
function tidied(value: number): number {
  const whole = Math.round(2 * value) / 2;
  return Math.abs(value - whole) < 1e-6 ? whole + 0 : value;
}

function settled(values: readonly number[]): number | undefined {
  const last = values.at(-1)!;
  if (!values.every(Number.isFinite)) return undefined;
  const spread = Math.max(...values) - Math.min(...values);
  return spread <= TOLERANCE * Math.max(1, Math.abs(last)) ? last : undefined;
}

function infinite(values: readonly number[]): Limit {
  const sign = Math.sign(values.at(-1)!);
  if (sign === 0 || Number.isNaN(sign)) return { kind: "none" };
  const grows = values.every((value, i) => i === 0 || sign * value >= sign * values[i - 1]);
  return !grows ? { kind: "none" } : { kind: sign > 0 ? "plus infinity" : "minus infinity" };
}

/** The limit for x → +∞ (`direction` 1) or -∞ (-1), from a function and its derivative. */
export function limitOf(
  { value, slope }: { readonly value: Expression; readonly slope: Expression },
  direction: 1 | -1,
): Limit {
  const at = (e: Expression, places: readonly number[]) => places.map((x) => evaluate(e, direction * x));
  for (const places of [PLACES, NEARER]) {
    const values = at(value, places);
    if (values.some(Number.isNaN)) continue;
    const constant = settled(values);
    if (constant !== undefined) return { kind: "value", value: tidied(constant) };
    const steepness = settled(at(slope, places));
    if (steepness !== undefined && Math.abs(steepness) > TOLERANCE) {
      const rounded = tidied(steepness);
      const intercept = settled(places.map((x, i) => values[i] - rounded * direction * x));
      if (intercept !== undefined) return { kind: "asymptote", slope: rounded, intercept: tidied(intercept) };
    }
    return infinite(values);
  }
  return { kind: "none" };
}

/** Where functions are judged: every 1/128 in [-5, 5], with 0 and the ends. */
const POINTS = Float64Array.from({ length: 1281 }, (_, i) => (i - 640) / 128);

/** A function that varies by less is constant in float32. */
const LEAST_VARIATION = 2 ** -20;

/**
 * Why the function cannot be trained: it is constant on [-5, 5], or its value or derivative is not finite somewhere
 * there, both in float32, each step rounded. Undefined where it can.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { parse } from "./parse.ts";
 * import { rejectionReason } from "./properties.ts";
 * assertEquals(rejectionReason(parse("x * sigmoid(x)")), undefined);
 * assertEquals(rejectionReason(parse("atanh(x)")), "not finite");
 * assertEquals(rejectionReason(parse("sin(x)^2 + cos(x)^2")), "constant");
 * ```
 */
export const rejectionReason: (e: Expression) => "constant" | "not finite" | undefined = kept((e) => {
  const value = simplify(e);
  const [values, slopes] = runTape(tapeOf([value, derivative(value)]), POINTS, { round: Math.fround });
  if (!values.every(Number.isFinite) || !slopes.every(Number.isFinite)) return "not finite";
  const least = values.reduce((a, b) => Math.min(a, b));
  const greatest = values.reduce((a, b) => Math.max(a, b));
  const size = Math.max(Math.abs(least), Math.abs(greatest));
  return greatest - least <= LEAST_VARIATION * size ? "constant" : undefined;
});

/** A place on the curve. */
export interface Place {
  /** Where. */
  readonly x: number;
  /** The function there. */
  readonly value: number;
}

/** What `describe` tells of a function. */
export interface Properties {
  /** What the function tends to at both ends. */
  readonly limits: { readonly minusInfinity: Limit; readonly plusInfinity: Limit };
  /** The least value, if it is taken on [-50, 50] inside and not undercut further out. */
  readonly minimum?: Place;
  /** Where the value changes its sign or touches 0, on [-50, 50]; at most 8, the nearest to 0, in ascending order. */
  readonly zeros: readonly number[];
  /** How it goes where it is defined on [-50, 50]. */
  readonly monotone: "constant" | "increasing" | "decreasing" | "neither";
  /** The function of the catalogue that it is proven to be. */
  readonly equals?: CatalogName;
  /** The function g of the catalogue with f(x) = g(-x). */
  readonly mirrors?: CatalogName;
}

const REACH = 50;
const STEPS = 6400;
const GRID = Float64Array.from({ length: STEPS + 1 }, (_, i) => REACH * (2 * i / STEPS - 1));
const MOST_ZEROS = 8;

/** f(-x) as an expression. */
export function mirror(e: Expression): Expression {
  return simplify(substitute(e, { x: call("neg", X) }));
}

/** Where f changes its sign between two places. */
function bisect(f: (x: number) => number, [left, right]: readonly [number, number]): number {
  let [a, b] = [left, right];
  const sign = Math.sign(f(a));
  for (let i = 0; i < 80; i++) {
    const middle = (a + b) / 2;
    if (Math.sign(f(middle)) === sign) a = middle;
    else b = middle;
  }
  return b;
}

/** A curve and its slope. */
interface Curve {
  readonly f: (x: number) => number;
  readonly slope: (x: number) => number;
}

/** The bottom between the neighbours of a point of the grid that is not above them. */
function bottom({ f, slope }: Curve, at: number): Place {
  const [left, right] = [GRID[at - 1], GRID[at + 1]];
  const x = slope(left) < 0 && slope(right) > 0 ? bisect(slope, [left, right]) : GRID[at];
  return f(x) <= f(GRID[at]) ? { x, value: f(x) } : { x: GRID[at], value: f(GRID[at]) };
}

function minimumOf(curve: Curve, { values, limits }: {
  readonly values: Float64Array;
  readonly limits: Properties["limits"];
}): Place | undefined {
  const least = values.reduce((a, b) => b < a ? b : a, Infinity);
  const places: Place[] = [];
  for (let i = 1; i < STEPS; i++) {
    const [before, value, after] = [values[i - 1], values[i], values[i + 1]];
    const isLow = value <= before && value <= after && (value < before || value < after);
    // a lower neighbour by a step of the grid can hide no more than this
    if (!isLow || value > least + Math.abs(before - value) + Math.abs(after - value)) continue;
    if (Number.isFinite(before) && Number.isFinite(after)) places.push(bottom(curve, i));
  }
  const tails = [limits.minusInfinity, limits.plusInfinity].map(lowest);
  const deepest = places.reduce((a, b) => Math.min(a, b.value), Infinity);
  const margin = 1e-12 * Math.max(1, Math.abs(deepest));
  // the flat end of a tail is no minimum
  if (tails.some((tail) => tail <= deepest + margin)) return undefined;
  const ties = places.filter(({ value }) => value <= deepest + margin);
  return ties.sort((a, b) => Math.abs(a.x) - Math.abs(b.x))[0];
}

/** The lowest value that a limit stands for. */
function lowest(limit: Limit): number {
  if (limit.kind === "value") return limit.value;
  if (limit.kind === "minus infinity") return -Infinity;
  return Infinity;
}

function zerosOf(f: (x: number) => number, values: Float64Array): number[] {
  const zeros: number[] = [];
  for (let i = 1; i < values.length; i++) {
    const [before, value] = [values[i - 1], values[i]];
    if (value === 0 && before !== 0 && values[i + 1] !== 0) zeros.push(GRID[i]);
    else if (before * value < 0 && Number.isFinite(before * value)) {
      const x = bisect(f, [GRID[i - 1], GRID[i]]);
      // a jump or a pole changes the sign, but has no small value
      if (Math.abs(f(x)) <= 1e-6 * (Math.abs(before) + Math.abs(value))) zeros.push(x);
    }
  }
  return zeros.sort((a, b) => Math.abs(a) - Math.abs(b)).slice(0, MOST_ZEROS).sort((a, b) => a - b);
}

function monotoneOf(values: Float64Array): Properties["monotone"] {
  let [up, down] = [false, false];
  for (let i = 1; i < values.length; i++) {
    const step = values[i] - values[i - 1];
    if (!Number.isFinite(step)) continue;
    const noise = 1e-13 * Math.max(Math.abs(values[i]), Math.abs(values[i - 1]));
    if (step > noise) up = true;
    else if (step < -noise) down = true;
  }
  if (up && down) return "neither";
  return up ? "increasing" : down ? "decreasing" : "constant";
}

/**
 * The properties of a function.
 *
 * ```ts
 * import { assertAlmostEquals, assertEquals } from "@std/assert";
 * import { parse } from "./parse.ts";
 * import { properties } from "./properties.ts";
 * const swish = properties(parse("x / (1 + exp(-x))"));
 * assertEquals(swish.equals, "swish");
 * assertEquals(swish.limits.plusInfinity, { kind: "asymptote", slope: 1, intercept: 0 });
 * assertAlmostEquals(swish.minimum!.value, -0.2784645427610738, 1e-12);
 * ```
 */
export function properties(e: Expression): Properties {
  const value = simplify(e);
  const f = (x: number) => evaluate(value, x);
  const [values] = runTape(tapeOf([value]), GRID);
  const slope = derivative(value);
  const limits = {
    minusInfinity: limitOf({ value, slope }, -1),
    plusInfinity: limitOf({ value, slope }, 1),
  };
  const minimum = minimumOf({ f, slope: (x) => evaluate(slope, x) }, { values, limits });
  const equals = catalogName(e);
  const mirrors = catalogName(mirror(e));
  return {
    limits,
    ...(minimum && { minimum }),
    zeros: zerosOf(f, values),
    monotone: monotoneOf(values),
    ...(equals && { equals }),
    ...(mirrors && { mirrors }),
  };
}
