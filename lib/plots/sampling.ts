/**
 * Points of a function for drawing: gaps where it has no value or jumps, and a range of y that shows its shape beside
 * a pole.
 *
 * @module
 */

/** A point of a curve; a `y` of NaN is a gap in the line. */
export interface Point {
  /** The place. */
  readonly x: number;
  /** The value there. */
  readonly y: number;
}

/** The least and the greatest value that is shown. */
export type Range = readonly [low: number, high: number];

/** A place where the halving of an interval no longer shrinks the step across it is a jump. */
const HALVINGS = 40;

function jumps(f: (x: number) => number, left: Point, right: Point): boolean {
  const step = Math.abs(right.y - left.y);
  let [a, b] = [left, right];
  for (let i = 0; i < HALVINGS; i++) {
    const x = (a.x + b.x) / 2;
    if (x === a.x || x === b.x) break;
    const middle = { x, y: f(x) };
    if (!Number.isFinite(middle.y)) return true;
    if (Math.abs(middle.y - a.y) >= Math.abs(b.y - middle.y)) b = middle;
    else a = middle;
    if (Math.abs(b.y - a.y) < step / 4) return false;
  }
  return true;
}

/**
 * Samples `f` at evenly spaced places of [from, to]. A value that is not finite becomes NaN, and a NaN is put between
 * two neighbours across which `f` jumps by more than `tolerance` (a pole, a step).
 *
 * ```ts
 * import { assert, assertEquals } from "@std/assert";
 * import { samplePoints } from "./sampling.ts";
 * const points = samplePoints(Math.sign, { from: -1, to: 1, samples: 4, tolerance: 0.1 });
 * assertEquals(points.map((p) => p.y), [-1, -1, NaN, 1, 1]);
 * ```
 */
export function samplePoints(
  f: (x: number) => number,
  options: { from: number; to: number; samples: number; tolerance: number },
): Point[] {
  const { from, to, samples, tolerance } = options;
  const points: Point[] = [];
  let previous: Point | undefined;
  for (let i = 0; i < samples; i++) {
    const x = from + ((to - from) * i) / (samples - 1);
    const y = f(x);
    const point = { x, y: Number.isFinite(y) ? y : NaN };
    if (previous && Math.abs(point.y - previous.y) > tolerance && jumps(f, previous, point)) {
      points.push({ x: (previous.x + x) / 2, y: NaN });
    }
    points.push(point);
    previous = point;
  }
  return points;
}

/** The values of `f` at evenly spaced places of [from, to]. */
export function sampleValues(
  f: (x: number) => number,
  options: { from: number; to: number; samples: number },
): number[] {
  const { from, to, samples } = options;
  return Array.from({ length: samples }, (_, i) => f(from + ((to - from) * i) / (samples - 1)));
}

/**
 * The range of y to show for these values: all that are finite, or, where a few of them are far from the rest, the
 * inner quantiles with half their distance on either side. A range of no height gets a height of 2; no finite value
 * at all gives [-1, 1].
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { visibleRange } from "./sampling.ts";
 * assertEquals(visibleRange([0, 1, 2, 3, NaN]), [0, 3]);
 * ```
 */
export function visibleRange(values: readonly number[]): Range {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
  if (sorted.length === 0) return [-1, 1];
  const quantile = (p: number) => sorted[Math.round(p * (sorted.length - 1))];
  const span = (p: number) => quantile(1 - p) - quantile(p);
  let p = 0.05;
  while (p < 0.25 && span(p) > 10 * span(p + 0.05)) p += 0.05;
  let [low, high] = [sorted[0], sorted[sorted.length - 1]];
  if (span(p) > 0 && high - low > 3 * span(p)) {
    low = Math.max(low, quantile(p) - span(p) / 2);
    high = Math.min(high, quantile(1 - p) + span(p) / 2);
  }
  return high - low > 1e-9 * Math.max(1e-3, Math.abs(low), Math.abs(high)) ? [low, high] : [low - 1, high + 1];
}

/** Cuts the line through the points at the edges of the range; what lies outside becomes a gap. */
export function clipPoints(points: readonly Point[], [low, high]: Range): Point[] {
  const inside = (p: Point) => p.y >= low && p.y <= high;
  const crossing = (a: Point, b: Point, y: number) => ({ x: a.x + ((b.x - a.x) * (y - a.y)) / (b.y - a.y), y });
  const clipped: Point[] = [];
  for (const [i, point] of points.entries()) {
    const previous = points[i - 1];
    if (previous && !Number.isNaN(previous.y - point.y) && !(inside(previous) && inside(point))) {
      const rising = point.y > previous.y;
      const edges = rising ? [low, high] : [high, low];
      for (const edge of edges) {
        if ((previous.y - edge) * (point.y - edge) < 0) clipped.push(crossing(previous, point, edge));
      }
    }
    clipped.push(inside(point) ? point : { x: point.x, y: NaN });
  }
  return clipped;
}
