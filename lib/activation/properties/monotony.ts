/**
 * Whether a function rises or falls, as a whole or between its breaks.
 *
 * @module
 */
import type { Break, Curve } from "./curve.ts";

/** How a function goes where it is defined. */
export interface Monotony {
  /** What holds on each branch; `neither` where one rises and falls, or branches differ. */
  readonly kind: "constant" | "increasing" | "decreasing" | "neither";
  /** The breaks between branches, where it holds on each, but not from one to another: 1/x falls on both sides of 0. */
  readonly breaks: readonly number[];
}

/** The monotony of a curve. */
export function monotonyOf({ places, values, noise }: Curve, breaks: readonly Break[]): Monotony {
  let [rises, falls] = [false, false];
  let next = 0;
  for (let i = 1; i < values.length; i++) {
    const step = values[i] - values[i - 1];
    while (next < breaks.length && breaks[next].x < places[i - 1]) next++;
    const isBroken = next < breaks.length && breaks[next].x <= places[i];
    if (!Number.isFinite(step) || isBroken) continue;
    const tolerance = 4 * (noise[i] + noise[i - 1]);
    if (step > tolerance) rises = true;
    else if (step < -tolerance) falls = true;
  }
  if (rises && falls) return { kind: "neither", breaks: [] };
  const jumps = breaks.map(({ x, left, right }) => ({ x, step: right - left })).filter(({ step }) =>
    !Number.isNaN(step)
  );
  const up = jumps.filter(({ step }) => step > 1e-6);
  const down = jumps.filter(({ step }) => step < -1e-6);
  if (!rises && !falls) {
    if (up.length > 0 && down.length > 0) return { kind: "neither", breaks: [] };
    return { kind: up.length > 0 ? "increasing" : down.length > 0 ? "decreasing" : "constant", breaks: [] };
  }
  return { kind: rises ? "increasing" : "decreasing", breaks: (rises ? down : up).map(({ x }) => x) };
}
