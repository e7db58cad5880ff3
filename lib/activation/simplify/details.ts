/**
 * What a function does where fixed points of moderate size do not show it: close to 0, at the borders in its tree, and
 * far out. Only what could not be foreseen from the points beside is told, as a text that is the same for equal
 * functions, and empty for most.
 *
 * @module
 */
import { runTape, type Step, type Tape } from "../compile/tape.ts";
import type { Expression } from "../expression.ts";
import { bordersOf } from "./borders.ts";

/** Distances from 0 that are looked at, and evenly spaced ones from which they are foreseen. */
const CLOSE = [5e-3, 1e-3, 1e-4, 1e-6, 1e-9, 0];
const BESIDE = [1, 2, 3, 4, 5].map((i) => i / 64);

/** Distances that are looked at far out, as powers of 2 times 92, and those from which they are foreseen. */
const FAR = [1, 2, 4, 7, 10, 14];
const BEFORE = [23, 46, 92];

const POINTS = Float64Array.from(
  [1, -1].flatMap((side) => [...CLOSE, ...BESIDE, ...BEFORE, ...FAR.map((n) => 92 * 2 ** n)].map((x) => side * x)),
);
const MOVED = POINTS.map((x) => x * (1 + 2 ** -30));
const PER_SIDE = POINTS.length / 2;

/** The value at x of the polynomial through the values at 1/64, 2/64, … */
function extrapolated(values: ArrayLike<number>, x: number): number {
  return BESIDE.reduce(
    (sum, at, i) => sum + values[i] * BESIDE.reduce((l, other, j) => i === j ? l : l * (x - other) / (at - other), 1),
    0,
  );
}

/** The value at 92 · 2^n of a + b · x^c through the values at 23, 46 and 92; NaN where they go up and down. */
function continued([first, second, third]: ArrayLike<number> & Iterable<number>, n: number): number {
  const [before, last] = [second - first, third - second];
  if (Math.abs(last) <= 1e-9 * Math.abs(third)) return third;
  const ratio = last / before;
  if (!(ratio > 0)) return NaN;
  return third + last * (Math.abs(ratio - 1) < 1e-9 ? n : ratio * (ratio ** n - 1) / (ratio - 1));
}

/** A value in units of the function's size, coarse enough that rounding errors do not show. */
function coarse(value: number, size: number): string {
  return Math.round(1000 * Math.asinh(value / size)).toString(36).replace("-", "~");
}

/** Whether rounding, or the function itself, amplifies small errors at a point. */
function isVague(value: number, { wrong, moved, scale }: {
  readonly wrong: number;
  readonly moved: number;
  readonly scale: number;
}): boolean {
  return !(Math.abs(wrong - value) <= 1e-4 * scale && Math.abs(moved - value) <= 5e-5 * scale);
}

function unforeseen(tape: Tape, size: number, nudge: (step: Step, i: number) => number): string[] {
  const [exact] = runTape(tape, POINTS);
  const [moved] = runTape(tape, MOVED);
  const [wrong] = runTape(tape, POINTS, { round: (value, i) => value * nudge(tape.steps[i], i) });
  const found: string[] = [];
  for (const side of [0, 1]) {
    const part = (values: Float64Array) => values.subarray(side * PER_SIDE, (side + 1) * PER_SIDE);
    const [values, beyond, off] = [exact, moved, wrong].map(part);
    const near = values.subarray(CLOSE.length, CLOSE.length + BESIDE.length);
    const before = values.subarray(CLOSE.length + BESIDE.length, PER_SIDE - FAR.length);
    const look = (i: number, { foreseen, tolerance, name }: {
      readonly foreseen: number;
      readonly tolerance: number;
      readonly name: string;
    }) => {
      const scale = Math.max(size, Math.abs(values[i]));
      if (Number.isNaN(foreseen) || Math.abs(values[i] - foreseen) <= tolerance * scale) return;
      if (isVague(values[i], { wrong: off[i], moved: beyond[i], scale })) return;
      found.push(`${"+-"[side]}${name}${coarse(values[i], size)}`);
    };
    for (const [i, x] of CLOSE.entries()) {
      look(i, { foreseen: extrapolated(near, x), tolerance: 1e-4, name: `n${i}` });
    }
    for (const [i, n] of FAR.entries()) {
      look(PER_SIDE - FAR.length + i, { foreseen: continued(before, n), tolerance: 1e-2, name: `f${i}` });
    }
  }
  return found;
}

/** Jumps and kinks at the borders in the tree, but for those at 0, which the points on either side show. */
function breaks(e: Expression, tape: Tape, size: number): string[] {
  const borders = bordersOf(e);
  const places = borders.flatMap((x, i) => {
    const gap = Math.min(
      ...[borders[i - 1], borders[i + 1]].filter((y) => y !== undefined).map((y) => Math.abs(x - y)),
    );
    const step = Math.min(2 ** -20 * Math.abs(x), gap / 4);
    return x === 0 ? [] : [{ x, step }];
  });
  if (places.length === 0) return [];
  const [values, slopes] = runTape(
    tape,
    places.flatMap(({ x, step }) => [step, step / 8].flatMap((h) => [x - h, x + h])),
  );
  return places.flatMap(({ x, step }, i) => {
    const [[jump, kink], nearer] = [[4 * i, step], [4 * i + 2, step / 8]].map(([at, h]) => [
      values[at + 1] - values[at] - (slopes[at] + slopes[at + 1]) * h,
      (slopes[at + 1] - slopes[at]) * Math.min(1, Math.abs(x)),
    ]);
    const scale = Math.max(size, Math.abs(values[4 * i]), Math.abs(values[4 * i + 1]));
    // what shrinks with the distance is the curve of a smooth function
    const stays = (far: number, near: number, least: number) =>
      Math.abs(far) > least * scale && Math.abs(near - far) < 0.1 * Math.abs(far);
    const isBreak = stays(jump, nearer[0], 1e-5) || stays(kink, nearer[1], 1e-3);
    return isBreak ? [`${x.toPrecision(6)}j${coarse(jump, scale)}k${coarse(kink, scale)}`] : [];
  });
}

/**
 * The details of a function of a size, from its tree and the tape of its value and derivative. `nudge` makes each step
 * slightly wrong.
 */
export function detailsOf(e: Expression, { tape, size, nudge }: {
  readonly tape: Tape;
  readonly size: number;
  readonly nudge: (step: Step, i: number) => number;
}): string {
  if (!(size > 0)) return "";
  return [...unforeseen(tape, size, nudge), ...breaks(e, tape, size)].join("");
}
