/**
 * Special functions in float64, accurate in their tails.
 *
 * @module
 */
import stdlibErf from "@stdlib/math-base-special-erf";
import stdlibErfc from "@stdlib/math-base-special-erfc";

/** The error function, 2/√π · ∫₀ˣ e^(−t²) dt (stdlib, after FreeBSD's s_erf.c; below 1 ulp). */
export const erf: (x: number) => number = stdlibErf;

/** The complementary error function, 1 − erf x, accurate where that is small. */
export const erfc: (x: number) => number = stdlibErfc;

/** The logistic function 1/(1 + e^−x), accurate for x → −∞. */
export function sigmoid(x: number): number {
  const e = Math.exp(-Math.abs(x));
  return x >= 0 ? 1 / (1 + e) : e / (1 + e);
}

/** ln(1 + e^x), accurate for x → −∞ and without overflow. */
export function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}
