/**
 * The least value of a function that it takes, and where.
 *
 * @module
 */
import { type Break, type Curve, DENSE } from "./curve.ts";
import type { FlatPiece } from "./flat_pieces.ts";
import { contains, distance, type Interval, point } from "./interval.ts";
import type { Limit } from "./limit.ts";

/** The least value that a function takes. */
export interface Minimum {
  /** The least value. */
  readonly value: number;
  /** Where it is taken, in ascending order; of many places, the 4 that are nearest to 0. */
  readonly at: readonly Interval[];
  /** Whether there are more places. */
  readonly more: boolean;
}

/** The least number of float64 with all digits. */
const LEAST_NORMAL = 2 ** -1022;

/** So many places are told. */
const MOST_PLACES = 4;

/** The lowest value that a limit stands for. */
function lowest(limit: Limit): number {
  if (limit.kind === "value") return limit.value;
  if (limit.kind === "minus infinity") return -Infinity;
  return Infinity;
}

/** Where the slope turns from falling to rising. */
function turn(slope: (x: number) => number, [left, right]: readonly [number, number]): number | undefined {
  let [a, b] = [left, right];
  if (!(slope(a) < 0 && slope(b) > 0)) return undefined;
  for (let i = 0; i < 200; i++) {
    const middle = a + (b - a) / 2;
    if (middle === a || middle === b) break;
    const steepness = slope(middle);
    if (steepness === 0) return middle;
    if (steepness < 0) a = middle;
    else b = middle;
  }
  return b;
}

/** Whether the function falls and then rises between two places, as far as places between them show. */
function isResolved(f: (x: number) => number, [left, right]: readonly [number, number]): boolean {
  const values = Array.from({ length: 17 }, (_, i) => f(left + (right - left) * i / 16));
  const least = values.indexOf(Math.min(...values));
  return values.every((value, i) => i === 0 || (i <= least ? value <= values[i - 1] : value >= values[i - 1]));
}

/** Dips between higher values on both sides, each with its lowest place; what is equal but for rounding is one dip. */
function dips({ f, slope, places, values, noise }: Curve): { x: number; value: number }[] {
  const least = values.reduce((a, b) => b < a ? b : a, Infinity);
  const found: { x: number; value: number }[] = [];
  for (let i = 1; i < values.length - 1; i++) {
    if (!(values[i] <= values[i - 1] && values[i] <= values[i + 1])) continue;
    const isEqual = (k: number) => Math.abs(values[k] - values[i]) <= 4 * (noise[i] + noise[k]);
    let [first, last] = [i, i];
    while (first > 0 && isEqual(first - 1)) first--;
    while (last < values.length - 1 && isEqual(last + 1)) last++;
    const [before, after] = [values[first - 1], values[last + 1]];
    // between places it can be lower by no more than this
    const depth = before - values[first] + after - values[last];
    const value = values[i];
    i = last;
    if (!(before > value && after > value && Number.isFinite(depth)) || value > least + depth) continue;
    const isUnderflow = value === 0 ? last > first && noise[first] === 0 : Math.abs(value) < LEAST_NORMAL;
    if (isUnderflow) continue;
    const ends = [places[first - 1], places[last + 1]] as const;
    if (ends.some((x) => Math.abs(x) > DENSE) && !isResolved(f, ends)) continue; // an oscillation
    const middle = first === last ? places[first] : turn(slope, ends) ?? places[(first + last) >> 1];
    const x = turn(slope, ends) ?? middle;
    const lower = f(x) <= f(middle) ? x : middle;
    if (f(lower) < value - 10 * depth) continue; // a pole
    if (Math.abs(lower) > DENSE && [1e-6, -1e-6].some((share) => f(lower * (1 + share)) === f(lower))) continue; // part of an oscillation's
    found.push({ x: lower, value: f(lower) });
  }
  return found;
}

/** The minimum; undefined where there is none. */
export function minimumOf(curve: Curve, { limits, flat, zeros, breaks }: {
  readonly limits: readonly Limit[];
  readonly flat: readonly FlatPiece[];
  readonly zeros: readonly Interval[];
  readonly breaks: readonly Break[];
}): Minimum | undefined {
  const { f, values, noise, noiseAt } = curve;
  const noiseOf = ({ from: x, to }: Interval) =>
    x === to ? Math.max(noiseAt(x), Math.abs(f(x * (1 + 2 ** -51)) - f(x)) || 0) : 0;
  const ends = breaks.filter(({ left, right }) => Number.isNaN(left) || Number.isNaN(right)).map(({ x }) => x);
  const single = [...zeros.filter(({ from, to }) => from === to).map(({ from }) => from), ...ends];
  const candidates: readonly { readonly value: number; readonly at: Interval }[] = [
    ...flat.map(({ value, ...at }) => ({ value, at })),
    ...single.map((x) => ({ value: f(x), at: point(x) })),
    ...dips(curve).map(({ x, value }) => ({ value, at: point(x) })),
  ].filter(({ value }) => Number.isFinite(value));
  const deepest = candidates.reduce((a, { value }) => Math.min(a, value), Infinity);
  if (deepest === Infinity) return undefined;
  const scale = Math.max(1, Math.abs(deepest));
  const deepestNoise = Math.max(...candidates.filter(({ value }) => value === deepest).map(({ at }) => noiseOf(at)));
  const isLower = (value: number, margin: number) => value < deepest - margin;
  if (values.some((value, i) => isLower(value, 1e-12 * scale + 4 * (noise[i] || 0)))) return undefined;
  if (breaks.some(({ left, right }) => [left, right].some((value) => isLower(value, 1e-9 * Math.abs(deepest))))) {
    return undefined;
  }
  if (limits.map(lowest).some((value) => isLower(value, 1e-6 * scale))) return undefined;
  const margin = 1e-14 * Math.abs(deepest) + 4 * deepestNoise;
  const ties = candidates.filter(({ value, at }) => value <= deepest + margin + 4 * noiseOf(at));
  const at: Interval[] = [];
  for (const { at: place } of ties.sort((a, b) => length(b.at) - length(a.at))) {
    if (!at.some((other) => contains(other, place.from))) at.push(place);
  }
  const nearest = at.sort((a, b) => distance(a) - distance(b)).slice(0, MOST_PLACES);
  return { value: deepest, at: nearest.sort((a, b) => a.from - b.from), more: at.length > MOST_PLACES };
}

const length = ({ from, to }: Interval) => to - from;
