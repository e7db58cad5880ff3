/**
 * Limits of functions for x → ±∞, found from values and slopes further and further out.
 *
 * @module
 */
import { evaluate } from "./evaluate.ts";
import type { Expression } from "./expression.ts";

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
