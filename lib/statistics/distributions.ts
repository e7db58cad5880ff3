/**
 * Upper tails of the normal, the chi-squared and the F distribution, with a small relative error also where they are
 * tiny, and the points that leave a given tail. The gamma function is jstat's; its distributions have lower tails alone,
 * and 1 − cdf is 0 from 1e-16 on.
 *
 * @module
 */
import erfc from "@stdlib/math-base-special-erfc";
import jstat from "jstat";

const logGamma: (x: number) => number = jstat.gammaln;

const EPSILON = 2 ** -53;
const TINY = 1e-300;

/** Throws a RangeError unless a probability lies strictly between 0 and 1. */
export function checkProbability(value: number, name: string): void {
  if (!(value > 0 && value < 1)) {
    throw new RangeError(`Cannot find a quantile: expected ${name} to be above 0 and below 1, got ${value}`);
  }
}

function checkDegrees(...degrees: number[]): void {
  const wrong = degrees.find((df) => !(df > 0 && df < Infinity));
  if (wrong !== undefined) {
    throw new RangeError(`Cannot give a tail: expected finite degrees of freedom above 0, got ${wrong}`);
  }
}

function checkPoint(x: number): void {
  if (Number.isNaN(x)) throw new RangeError("Cannot give a tail: expected a number, got NaN");
}

/**
 * P(Z ≥ z) of a standard normal variable. Throws a RangeError for NaN.
 *
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { normalUpperTail } from "./distributions.ts";
 * assertAlmostEquals(normalUpperTail(20), 2.7536241186061556e-89, 1e-101);
 * ```
 */
export function normalUpperTail(z: number): number {
  checkPoint(z);
  return erfc(z * Math.SQRT1_2) / 2;
}

/** The z with P(Z ≥ z) = `tail`. Throws a RangeError unless the tail is above 0 and below 1. */
export function normalUpperQuantile(tail: number): number {
  checkProbability(tail, "the tail");
  return tail <= 0.5 ? solveDecreasing(normalUpperTail, tail) : -solveDecreasing(normalUpperTail, 1 - tail);
}

/** A continued fraction b0 + a1/(b1 + a2/(b2 + …)) by Lentz's method; `term` gives a and b from 1 on. */
function continuedFraction(b0: number, term: (i: number) => readonly [a: number, b: number]): number {
  let value = b0 === 0 ? TINY : b0;
  let [c, d] = [value, 0];
  for (let i = 1;; i++) {
    const [a, b] = term(i);
    d = 1 / (b + a * d || TINY);
    c = b + a / c || TINY;
    value *= c * d;
    if (Math.abs(c * d - 1) < EPSILON * 4 || i > 100_000) return value;
  }
}

/**
 * P(X ≥ x) of a chi-squared variable: the regularised upper incomplete gamma function Q(df/2, x/2), by its series below
 * the mean and its continued fraction above (DLMF 8.11.4, 8.9.2). Throws a RangeError for NaN, and for degrees of freedom
 * that are not positive.
 */
export function chiSquaredUpperTail(x: number, df: number): number {
  checkPoint(x);
  checkDegrees(df);
  if (x <= 0) return 1;
  if (x === Infinity) return 0;
  const [a, t] = [df / 2, x / 2];
  const scale = a * Math.log(t) - t - logGamma(a);
  if (t < a + 1) {
    let [term, sum] = [1 / a, 1 / a];
    for (let n = 1; term > sum * EPSILON; n++) sum += term *= t / (a + n);
    return 1 - Math.exp(scale) * sum;
  }
  return Math.exp(scale) / continuedFraction(t + 1 - a, (i) => [i * (a - i), t + 1 - a + 2 * i]);
}

/**
 * The regularised incomplete beta function I_x(a, b), by its continued fraction (DLMF 8.17.22). `rest` is 1 − x: given
 * apart, so that no digits are lost.
 */
function incompleteBeta({ x, rest, a, b }: { x: number; rest: number; a: number; b: number }): number {
  if (x <= 0) return 0;
  if (rest <= 0) return 1;
  // The fraction converges quickly on one side of the mean, and on the border on both: which side is decided once.
  return x > (a + 1) / (a + b + 2)
    ? 1 - betaFraction({ x: rest, rest: x, a: b, b: a })
    : betaFraction({ x, rest, a, b });
}

function betaFraction({ x, rest, a, b }: { x: number; rest: number; a: number; b: number }): number {
  const log = (value: number, other: number) => value < 0.5 ? Math.log(value) : Math.log1p(-other);
  const scale = a * log(x, rest) + b * log(rest, x) + logGamma(a + b) - logGamma(a) - logGamma(b);
  const fraction = continuedFraction(1, (i) => {
    const m = i >> 1;
    const odd = i % 2 === 1;
    const top = odd ? -(a + m) * (a + b + m) : m * (b - m);
    return [(top / ((a + i - 1) * (a + i))) * x, 1];
  });
  return Math.exp(scale) / (a * fraction);
}

/**
 * P(F ≥ f) of Fisher's F with the degrees of freedom of numerator and denominator. Throws a RangeError for NaN, and for
 * degrees of freedom that are not positive.
 */
export function fUpperTail(f: number, [numerator, denominator]: readonly [number, number]): number {
  checkPoint(f);
  checkDegrees(numerator, denominator);
  if (f <= 0) return 1;
  if (f === Infinity) return 0;
  const sum = denominator + numerator * f;
  const [x, rest] = [denominator / sum, (numerator * f) / sum];
  return incompleteBeta({ x, rest, a: denominator / 2, b: numerator / 2 });
}

/**
 * P(X ≥ count) of the number of heads in `of` throws of a fair coin. Throws a RangeError unless both are integers and
 * `of` is at least 1.
 */
export function coinUpperTail(count: number, of: number): number {
  if (!Number.isSafeInteger(count) || !Number.isSafeInteger(of) || of < 1) {
    throw new RangeError(`Cannot give a tail: expected a count and at least 1 throw, got ${count} of ${of}`);
  }
  if (count <= 0) return 1;
  return count > of ? 0 : incompleteBeta({ x: 0.5, rest: 0.5, a: count, b: of - count + 1 });
}

/**
 * The x in [0, ∞) at which a function that does not increase there takes the value `target`, to the last digits that
 * float64 has: the bracket is doubled, then halved. The function must be at least `target` at 0 and below it somewhere.
 */
export function solveDecreasing(f: (x: number) => number, target: number): number {
  let [low, high] = [0, 1];
  while (f(high) >= target) [low, high] = [high, 2 * high];
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return middle;
    if (f(middle) >= target) low = middle;
    else high = middle;
  }
}
