/**
 * Intervals of the real line, as properties of functions name them.
 *
 * @module
 */

/** The numbers between two ends; one number where they are equal. */
export interface Interval {
  /** The left end, or -∞. */
  readonly from: number;
  /** The right end, or +∞. */
  readonly to: number;
  /** Ends that don't belong to it; ±∞ never do. */
  readonly open?: "left" | "right" | "both";
}

/** A single number as an interval. */
export function point(x: number): Interval {
  return { from: x, to: x };
}

/** Whether the number, or an end of the interval, is in another one, but for rounding. */
export function contains({ from, to }: Interval, x: number): boolean {
  const margin = 1e-9 * Math.abs(x);
  return x >= from - margin && x <= to + margin;
}

/** How far the interval is from 0. */
export function distance({ from, to }: Interval): number {
  return from <= 0 && to >= 0 ? 0 : Math.min(Math.abs(from), Math.abs(to));
}
