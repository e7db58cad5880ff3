/**
 * Where a function is 0: where it changes its sign, touches 0, or is proven to be 0 on an interval. The zeros of a
 * product are those of its factors, of a power those of its base, of tanh(u) those of u, and so on.
 *
 * @module
 */
import type { Expression } from "../expression.ts";
import { operatorOf } from "../operators.ts";
import { type Curve, curveOf, DENSE, sample } from "./curve.ts";
import { tapeOf } from "../compile/tape.ts";
import type { FlatPiece } from "./flat_pieces.ts";
import { contains, distance, type Interval, point } from "./interval.ts";

/** So many are told, the nearest to 0. */
const MOST_ZEROS = 8;

/** So many are looked for. */
const CANDIDATES = 64;

/** Where the sign, or the truth of a condition, changes between two places. */
function signChange(f: (x: number) => number, [left, right]: readonly [number, number]): number {
  let [a, b] = [left, right];
  const sign = Math.sign(f(a));
  for (let i = 0; i < 200; i++) {
    const middle = a + (b - a) / 2;
    if (middle === a || middle === b) break;
    const value = Math.sign(f(middle));
    if (value === 0) return middle;
    if (value === sign) a = middle;
    else b = middle;
  }
  return Math.abs(f(a)) < Math.abs(f(b)) ? a : b;
}

/** The parts of a function of which each zero is one of the function's, where it has a value there. */
function partsOf(e: Expression): Expression[] {
  if (e.kind !== "call") return [e];
  const [a, b] = e.args;
  const row = operatorOf(e.operator);
  if (e.operator === "mul") return [...partsOf(a), ...partsOf(b)];
  if (["div", "neg", "abs", "sqrt"].includes(e.operator)) return partsOf(a);
  if (e.operator === "pow" && b.kind === "constant" && b.value > 0) return partsOf(a);
  if (row.positive) return [];
  const isNeverElse = row.increasing && row.arity === 1 && e.operator !== "relu" && row.value(0) === 0;
  return isNeverElse ? partsOf(a) : [e];
}

/** Where |f| is least between two places, by the golden section. */
function closest(f: (x: number) => number, [left, right]: readonly [number, number]): number {
  const ratio = (Math.sqrt(5) - 1) / 2;
  let [a, b] = [left, right];
  for (let i = 0; i < 100; i++) {
    const [c, d] = [b - ratio * (b - a), a + ratio * (b - a)];
    if (Math.abs(f(c)) < Math.abs(f(d))) b = d;
    else a = c;
  }
  return (a + b) / 2;
}

/** Whether the middle one of three values of one sign is so close to 0 that the curve may touch it beside. */
function isLow(before: number, value: number, after: number): boolean {
  const [below, above] = [Math.abs(before) - Math.abs(value), Math.abs(after) - Math.abs(value)];
  return below >= 0 && above >= 0 && Math.abs(value) <= below + above;
}

/** Places where the curve is 0, the nearest to 0 first. */
function zeroPlaces({ expression, f, slope, places, values, noise }: Curve): number[] {
  const tape = tapeOf([expression]);
  const order = [...places.keys()].sort((i, j) => Math.abs(places[i]) - Math.abs(places[j]));
  const seen = new Set<number>();
  const found: number[] = [];
  const isVague = (i: number) => Math.abs(values[i]) <= 100 * noise[i] || values[i] === 0;
  /** From index to index no value tells its sign, beside them each does. */
  const around = (i: number) => {
    let [first, last] = [i, i];
    while (isVague(first - 1)) seen.add(--first);
    while (isVague(last + 1)) seen.add(++last);
    return [first, last];
  };
  const isTouched = (x: number) => {
    const { values: [value], noise: [error] } = sample(tape, [x]);
    return Math.abs(value) <= 4 * error || value === 0;
  };
  for (const i of order) {
    if (found.length >= CANDIDATES) break;
    if (seen.has(i)) continue;
    const [first, last] = isVague(i) ? around(i) : [i, i];
    const [before, after] = [values[first - 1], values[last + 1]];
    const isUnderflow = last > first && noise.subarray(first, last + 1).every((error) => error === 0);
    if (!Number.isFinite(before) || !Number.isFinite(after) || isUnderflow) continue;
    const ends = [places[first - 1], places[last + 1]] as const;
    if (isVague(i) ? before * after < 0 : before * values[i] < 0) {
      const right = isVague(i) ? ends[1] : places[i];
      const x = values[i] === 0 && first === last ? places[i] : signChange(f, [ends[0], right]);
      // a jump or a pole changes the sign, but has no small value
      if (Math.abs(f(x)) <= 1e-6 * (Math.abs(before) + Math.abs(f(right)))) found.push(x);
    } else if (before * after > 0 && (isVague(i) || isLow(before, values[i], after))) {
      const turns = slope(ends[0]) * slope(ends[1]) < 0;
      const x = first === last && isTouched(places[i]) ? places[i] : turns ? signChange(slope, ends) : closest(f, ends);
      if (isTouched(x)) found.push(x);
    }
  }
  return found;
}

/** The zeros, the nearest to 0 if there are more than `MOST_ZEROS`, in ascending order. */
export function zerosOf(
  curve: Curve,
  flat: readonly FlatPiece[],
): { readonly zeros: Interval[]; readonly more: boolean } {
  const { expression, f } = curve;
  const pieces: Interval[] = flat.filter(({ value }) => value === 0).map(({ value: _, ...interval }) => interval);
  if (pieces.some(({ from, to }) => to - from === Infinity && from === -Infinity && to === Infinity)) {
    return { zeros: pieces, more: false };
  }
  const hasValue = (x: number) => [x, x * (1 + 2 ** -52), x * (1 - 2 ** -52)].some((y) => Math.abs(f(y)) < Infinity);
  // of an oscillation that is 0 for longer, far out, no single place is to be told
  const isSingle = (x: number) => Math.abs(x) < DENSE || [1e-6, -1e-6].every((share) => f(x * (1 + share)) !== 0);
  const parts = partsOf(expression);
  const curves = parts.map((part) => part === expression ? curve : curveOf(part));
  const found = curves.flatMap(zeroPlaces).filter(hasValue);
  const all = found.filter(isSingle).sort((a, b) => Math.abs(a) - Math.abs(b));
  const singles: number[] = [];
  for (const x of all) {
    const isKnown = singles.some((y) => Math.abs(x - y) <= 1e-9 * Math.abs(x)) ||
      pieces.some((one) => contains(one, x));
    if (!isKnown) singles.push(x + 0);
  }
  const zeros = [...pieces, ...singles.map(point)].sort((a, b) => distance(a) - distance(b));
  return {
    zeros: zeros.slice(0, MOST_ZEROS).sort((a, b) => a.from - b.from),
    more: zeros.length > MOST_ZEROS || found.length > all.length,
  };
}
