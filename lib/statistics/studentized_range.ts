/**
 * The studentized range with infinite degrees of freedom: the range of independent standard normal variables.
 *
 * @module
 */
import { checkProbability, normalUpperTail, solveDecreasing } from "./distributions.ts";

/** The step of the sum below, and how far it reaches to both sides of its middle. */
const STEP = 1 / 8;
const REACH = 12;

function checkCount(count: number): void {
  if (!Number.isSafeInteger(count) || count < 2) {
    throw new RangeError(`Cannot give a studentized range: expected at least 2 variables, got ${count}`);
  }
}

/**
 * P(range ≥ q) of `count` independent standard normal variables, which is the studentized range's with infinite degrees
 * of freedom. Throws a RangeError for NaN and for fewer than 2 variables.
 *
 * The largest is z with density k φ(z) Φ(z)^(k−1), and the others lie above z − q with the probability
 * (1 − Φ(z − q)/Φ(z))^(k−1): the tail is the integral of k φ(z) Φ(z)^(k−1) (1 − that). Nothing in it cancels, so the
 * relative error stays small where the tail is tiny; and as the integrand is smooth and falls off like a normal density
 * about q/2 or the largest's place, whichever is farther, the trapezoidal rule is exact to nearly all digits.
 */
export function studentizedRangeUpperTail(q: number, count: number): number {
  checkCount(count);
  if (Number.isNaN(q)) throw new RangeError("Cannot give a tail: expected a number, got NaN");
  if (q <= 0) return 1;
  if (q === Infinity) return 0;
  const others = count - 1;
  let sum = 0;
  for (let z = q / 2 - REACH; z <= q / 2 + REACH; z += STEP) {
    const above = normalUpperTail(z);
    const logBelow = z < 0 ? Math.log(normalUpperTail(-z)) : Math.log1p(-above);
    const ratio = Math.exp(Math.log(normalUpperTail(q - z)) - logBelow);
    const someOutside = -Math.expm1(others * Math.log1p(-Math.min(1, ratio)));
    sum += Math.exp(others * logBelow - (z * z) / 2) * someOutside;
  }
  return Math.min(1, ((count * STEP) / Math.sqrt(2 * Math.PI)) * sum);
}

/** The q with P(range ≥ q) = `tail`. Throws a RangeError unless the tail is above 0 and below 1. */
export function studentizedRangeUpperQuantile(tail: number, count: number): number {
  checkProbability(tail, "the tail");
  checkCount(count);
  return solveDecreasing((q) => studentizedRangeUpperTail(q, count), tail);
}
