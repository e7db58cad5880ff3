/**
 * What a function does for x → ±∞, from its values at powers of 2 up to the end of float64: as far out as they can be
 * trusted, a sequence that settles, or whose differences shrink by a steady ratio, has a limit.
 *
 * @module
 */
import { runSteps, type Tape, tapeOf } from "../compile/tape.ts";
import { derivative } from "../derivative.ts";
import { type Expression, mul, sub, X } from "../expression.ts";
import { simplify } from "../simplify/simplify.ts";
import { sample } from "./curve.ts";

/** What a function does for x → ±∞. */
export type Limit =
  | { readonly kind: "value"; readonly value: number }
  | { readonly kind: "plus infinity" }
  | { readonly kind: "minus infinity" }
  /** It approaches slope · x + intercept. */
  | { readonly kind: "asymptote"; readonly slope: number; readonly intercept: number }
  /** It oscillates, is not defined there, or goes too slowly to tell. */
  | { readonly kind: "none" };

/** The exponents of the places: x = ±2^exponent. */
const EXPONENTS = Float64Array.from({ length: 4 * 1023 }, (_, i) => (i + 1) / 4);

/** Values are used where rounding changes them by less than this, times their size above 1. */
const TRUSTED = 1e-7;
/** Sequences that end apart by less than this have the same limit. */
const TOLERANCE = 1e-6;
/** With differences that shrink less than by this from one to the next, a sequence has no limit that can be told. */
const SHRINKING = 0.85;
/** So many places tell what a function does. */
const FEWEST = 16;

/** A decimal of at most 8 digits, or 0, that is as close to the value as this; the value where there is none. */
export function shortest(value: number, distance: number): number {
  if (Math.abs(value) <= distance) return 0;
  for (let digits = 1; digits <= 8; digits++) {
    const rounded = Number(value.toPrecision(digits));
    if (Math.abs(rounded - value) <= distance) return rounded;
  }
  return value;
}

type Tail = { readonly limit: number; readonly error: number } | "plus infinity" | "minus infinity" | "none";

/** The limit of four values at exponents that double, and its error. */
function extrapolated([a, b, c, d]: readonly number[]): { readonly limit: number; readonly error: number } | undefined {
  const least = 1e-12 * Math.max(1, Math.abs(d));
  const [first, before, last] = [b - a, c - b, d - c];
  if (Math.abs(last) <= least) return { limit: d, error: least };
  const ratio = last / before;
  if (!(Math.abs(ratio) < SHRINKING)) return undefined;
  const [rest, ratioBefore] = [last * ratio / (1 - ratio), before / first];
  // a power of x, or more: the ratio itself goes to 0, and what is left is far less than the last difference
  if (Math.abs(ratio) < 0.05 && Math.abs(ratio) < Math.abs(ratioBefore) / 2) {
    return { limit: d, error: Math.max(TRUSTED, least) };
  }
  // a power of log x
  return Math.abs(ratio - ratioBefore) < 0.05 ? { limit: d + rest, error: TOLERANCE } : undefined;
}

/** The values of a tape's only expression at powers of 2, as far as they can be trusted: `at` has their indices in EXPONENTS. */
function trustedValues(tape: Tape, direction: 1 | -1): { readonly at: number[]; readonly values: number[] } {
  const places = EXPONENTS.map((exponent) => direction * 2 ** exponent);
  const { values, noise } = sample(tape, places);
  const steps = runSteps(tape, places);
  const all = [...EXPONENTS.keys()];
  const trusted = all.filter((i) =>
    Number.isFinite(values[i]) && noise[i] <= TRUSTED * Math.max(1, Math.abs(values[i]))
  );
  // a step that has left float64 may be worth nothing, as in x / sqrt(x^2 + 1)
  const whole = trusted.filter((i) => steps.every((results) => Number.isFinite(results[i])));
  const at = whole.length >= FEWEST ? whole : trusted;
  return { at, values: at.map((i) => values[i]) };
}

function tailOf(tape: Tape, direction: 1 | -1): Tail {
  const { at, values } = trustedValues(tape, direction);
  const end = at.at(-1);
  if (end === undefined) return "none";
  /** The values at these parts of an exponent. */
  const parts = (of: number, shares: readonly number[]) =>
    shares.map((share) => {
      const wanted = share * 8 * Math.floor((of + 1) / 8) - 1;
      return values[at.reduce((best, i, n) => Math.abs(i - wanted) < Math.abs(at[best] - wanted) ? n : best, 0)];
    });
  const [found, ...others] = [1, 0.95, 0.9].map((share) => extrapolated(parts(share * end, [1 / 8, 1 / 4, 1 / 2, 1])));
  const agree = others.every((other) =>
    found && other && Math.abs(other.limit - found.limit) <= TOLERANCE * Math.max(1, Math.abs(found.limit))
  );
  if (found && agree) return found;
  const sizes = parts(end, [1 / 4, 1 / 2, 1]).map(Math.abs);
  const later = values.slice(Math.floor(values.length / 2));
  const shrinks = later.every((value, i) => i === 0 || Math.abs(value) <= Math.abs(later[i - 1]));
  const [rate, rateBefore] = [Math.log(sizes[1] / sizes[2]), Math.log(sizes[0] / sizes[1])];
  if (shrinks && rate > 1.5 * rateBefore && rateBefore > 0) return { limit: 0, error: 0 }; // a power of x, at least
  const sign = Math.sign(later.at(-1)!);
  const grows = later.every((value, i) => i === 0 || sign * value >= sign * later[i - 1]);
  // with x^2 in the place of x it gains at least as much again
  const [a, b, c] = parts(end, [1 / 4, 1 / 2, 1]);
  if (!grows || sign === 0 || c === b || Math.abs(c - b) < SHRINKING * Math.abs(b - a)) return "none";
  return sign > 0 ? "plus infinity" : "minus infinity";
}

/** The limit for x → +∞ (`direction` 1) or -∞ (-1). */
export function limit(e: Expression, { direction }: { readonly direction: 1 | -1 }): Limit {
  const value = simplify(e);
  const tail = tailOf(tapeOf([value]), direction);
  if (typeof tail === "object") return { kind: "value", value: shortest(tail.limit, tail.error) };
  const steepness = tailOf(tapeOf([derivative(value)]), direction);
  const slope = typeof steepness === "object" ? shortest(steepness.limit, steepness.error) : 0;
  if (Math.abs(slope) > TOLERANCE) {
    const rest = tailOf(tapeOf([simplify(sub(value, mul(slope, X)))]), direction);
    if (typeof rest === "object") {
      return { kind: "asymptote", slope, intercept: shortest(rest.limit, Math.max(rest.error, 1e-9)) };
    }
    if (tail === "none" && rest !== "none") return { kind: slope * direction > 0 ? "plus infinity" : "minus infinity" };
  }
  return { kind: tail };
}
