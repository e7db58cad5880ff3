/**
 * What a model sees of a function: its values and slopes where the inputs of a layer lie.
 *
 * @module
 */
import { derivative, type Expression, kept, runTape, simplify, tapeOf } from "../activation/mod.ts";

/** Ten quantiles of |x| where x is normal, and two places further out. */
const DISTANCES = [0.0627, 0.1891, 0.3186, 0.4538, 0.5978, 0.7554, 0.9346, 1.1503, 1.4395, 1.9600, 3, 4.5];
const POINTS = Float64Array.from(DISTANCES.flatMap((x) => [x, -x]));

/**
 * The values and slopes of a function at normal inputs, compressed by asinh, as in "Efficient activation function
 * optimization through surrogate modeling" (Bingham, Miikkulainen, arXiv 2301.05785; its other features need a network).
 * What is not finite counts as 0.
 *
 * They are taken of the even and the odd part, the latter with the sign that makes it positive on the whole: f(x) and
 * f(−x) train the same network, with the weights below negated, and have the same features.
 */
export const featuresOf: (e: Expression) => Float64Array = kept((e) => {
  const value = simplify(e);
  const [values, slopes] = runTape(tapeOf([value, derivative(value)]), POINTS);
  const part = (curve: Float64Array, sign: 1 | -1) =>
    DISTANCES.map((_, i) => (curve[2 * i] + sign * curve[2 * i + 1]) / 2);
  const odd = part(values, -1);
  const sign = odd.reduce((sum, y) => sum + (Number.isFinite(y) ? Math.asinh(y) : 0), 0) < 0 ? -1 : 1;
  const turned = (curve: readonly number[]) => curve.map((y) => sign * y);
  // the slope of the even part is the odd part of the slope
  const curves = [part(values, 1), turned(odd), part(slopes, -1), turned(part(slopes, 1))];
  return Float64Array.from(curves.flat(), (y) => Number.isFinite(y) ? Math.asinh(y) : 0);
});
