/**
 * A critical-difference diagram (Demšar, "Statistical comparisons of classifiers over multiple data sets", JMLR 7,
 * 2006): functions on an axis of mean ranks, those that do not differ significantly joined by bars, or beside a control
 * the interval of ranks that do not differ significantly from the control's. It computes no test (see lib/statistics).
 *
 * @module
 */
import { figure, PANEL_WIDTH } from "./figure.ts";
import { shortened, textWidth } from "./text_width.ts";
import { HUES, INK, type Theme } from "./palette.ts";
import type { Plot } from "./plot.ts";

/** Functions and what a test says of them. */
export interface MeanRanks {
  /** The functions' names. */
  readonly names: readonly string[];
  /** Their mean ranks, 1 is the best. */
  readonly meanRanks: readonly number[];
  /** Mean ranks that differ by less do not differ significantly; none where a procedure decided, which has `groups`. */
  readonly criticalDifference?: number;
  /**
   * Functions (as indices) that a bar joins; default: the largest groups within the critical difference. A bar spans
   * all ranks of its group.
   */
  readonly groups?: readonly (readonly number[])[];
  /**
   * The function (as an index) that the others are compared with. Without `groups`, one bar reaches from its mean rank to
   * the critical difference, which is Bonferroni and Dunn's then, on either side.
   */
  readonly control?: number;
}

/** Options of {@linkcode criticalDifferencePlot}. */
export interface CriticalDifferenceOptions {
  /** The heading. */
  readonly title?: string;
  /** The level of significance, to be named beside the critical difference or the test. */
  readonly alpha?: number;
  /** The test that decided, to be named in the legend. */
  readonly test?: string;
  /** The background; default: `auto`. */
  readonly theme?: Theme;
}

/** An interval of ranks. */
type Span = readonly [from: number, to: number];

const ROW = 22;
/** A label's room, on either side. */
const LABELS = 190;
const AXIS = 62;
const AXIS_WIDTH = PANEL_WIDTH - 2 * LABELS;

/** The largest groups of neighbours, in the order of their ranks, that lie within the critical difference. */
function cliques(ranks: readonly number[], criticalDifference: number): Span[] {
  const spans: Span[] = [];
  for (const [i, from] of ranks.entries()) {
    const last = ranks.findLastIndex((rank) => rank - from < criticalDifference);
    if (last > i && !(spans.length > 0 && ranks[last] <= spans[spans.length - 1][1])) spans.push([from, ranks[last]]);
  }
  return spans;
}

/** The row of each bar: the first in which it touches no other. */
function rowsOf(spans: readonly Span[], gap: number): number[] {
  const ends: number[] = [];
  return spans.map(([from, to]) => {
    const free = ends.findIndex((end) => end + gap < from);
    const row = free < 0 ? ends.length : free;
    ends[row] = to;
    return row;
  });
}

/** What the bars span, from left to right. */
function barsOf({ names, meanRanks, criticalDifference = 0, groups, control }: MeanRanks): Span[] {
  if (control !== undefined && groups === undefined) {
    const rank = meanRanks[control];
    return [[Math.max(1, rank - criticalDifference), Math.min(names.length, rank + criticalDifference)]];
  }
  if (groups === undefined) return cliques(meanRanks.toSorted((a, b) => a - b), criticalDifference);
  return groups.filter(({ length }) => length > 1).map((group): Span => {
    const members = group.map((index) => meanRanks[index]);
    return [Math.min(...members), Math.max(...members)];
  }).sort((a, b) => a[0] - b[0]);
}

function check({ names, meanRanks, criticalDifference, groups, control }: MeanRanks): void {
  if (names.length < 2 || meanRanks.length !== names.length) {
    throw new RangeError(
      `Cannot plot critical differences: expected at least 2 names and a mean rank for each, got ${names.length} names ` +
        `and ${meanRanks.length} mean ranks`,
    );
  }
  const outside = meanRanks.find((rank) => !(rank >= 1 && rank <= names.length));
  if (outside !== undefined) {
    throw new RangeError(
      `Cannot plot critical differences: expected mean ranks from 1 to ${names.length}, got ${outside}`,
    );
  }
  const isGiven = criticalDifference !== undefined || groups === undefined;
  if (isGiven && !(Number.isFinite(criticalDifference) && criticalDifference! > 0)) {
    throw new RangeError(
      `Cannot plot critical differences: expected a positive critical difference, got ${criticalDifference}`,
    );
  }
  const isWrong = (index: number) => !(Number.isInteger(index) && index >= 0 && index < names.length);
  const wrong = (groups ?? []).flat().find(isWrong) ?? [control ?? 0].find(isWrong);
  if (wrong !== undefined) {
    throw new RangeError(
      `Cannot plot critical differences: expected groups and a control as indices from 0 to ${names.length - 1}, got ` +
        `${wrong}`,
    );
  }
}

/**
 * Draws the diagram, the best function at the left. Throws a RangeError for mean ranks that are none, a
 * critical difference that is not positive, or groups or a control of what is no function.
 */
export async function criticalDifferencePlot(
  result: MeanRanks,
  { title, alpha, test, theme }: CriticalDifferenceOptions = {},
): Promise<Plot> {
  check(result);
  const { names, meanRanks, criticalDifference, groups, control } = result;
  const sorted = names.map((name, i) => ({ name, rank: meanRanks[i] })).sort((a, b) => a.rank - b.rank);
  const [low, high] = [1, names.length];
  // the critical difference may be greater than all differences of ranks, and has the room above the labels too
  const end = Math.max(high, low + (criticalDifference ?? 0) * AXIS_WIDTH / (AXIS_WIDTH + LABELS - 10));
  const pixel = (end - low) / AXIS_WIDTH;
  const bars = barsOf(result);
  const rows = rowsOf(bars, 12 * pixel);
  const top = AXIS + 14 + 10 * (rows.length > 0 ? Math.max(...rows) + 1 : 0);
  const half = Math.ceil(sorted.length / 2);
  const height = top + ROW * half + 10;
  const functions = sorted.map(({ name, rank }, i) => {
    const isLeft = i < half;
    const y = top + ROW * (isLeft ? i : sorted.length - 1 - i) + 6;
    const text = shortened(name, { width: LABELS - 62, size: 12 });
    return { name, rank, y, isLeft, text, side: isLeft ? low - 8 * pixel : high + 8 * pixel };
  });
  const level = [...test === undefined ? [] : [test], ...alpha === undefined ? [] : [`α = ${alpha}`]].join(", ");
  const bracketed = level === "" ? "" : ` (${level})`;
  const from = control === undefined ? "" : ` from ${names[control]}`;
  // every second tick, or fifth …, where the labels would touch
  const step = [1, 2, 5, 10, 20, 50, 100].find((n) => n / pixel > textWidth(`${high}`, 12) + 10) ?? 200;
  const ticks = Array.from({ length: high - low + 1 }, (_, i) => low + i).filter((rank) => (rank - low) % step === 0);
  const line = (points: readonly (readonly [number, number])[]) => points.map(([x, y]) => ({ x, y }));
  return await figure({
    title,
    theme,
    legend: [
      {
        name: `no significant difference${from}${criticalDifference === undefined ? bracketed : ""}`,
        style: { stroke: HUES[1], strokeDasharray: "none" },
        sample: "line",
      },
    ],
    panels: [{
      height,
      grid: "none",
      margins: { left: LABELS, right: LABELS, top: 0, bottom: 0 },
      x: { domain: [low, end], axis: null },
      y: { domain: [height, 0], axis: null },
      marks: (plot) => {
        const path = (points: readonly (readonly [number, number])[], stroke: string, strokeWidth: number) =>
          plot.lineY(line(points), { x: "x", y: "y", stroke, strokeWidth });
        return [
          ...criticalDifference === undefined ? [] : [
            path([[low, 20], [low + criticalDifference, 20]], INK.text, 2),
            ...[low, low + criticalDifference].map((x) => path([[x, 15], [x, 25]], INK.text, 2)),
            plot.text([{ x: low, y: 8 }], {
              x: "x",
              y: "y",
              text: [`CD = ${criticalDifference.toFixed(2)}${bracketed}`],
              textAnchor: "start",
              fill: INK.text,
            }),
          ],
          path([[low, AXIS], [high, AXIS]], INK.muted, 1.5),
          ...ticks.map((rank) => path([[rank, AXIS - 6], [rank, AXIS]], INK.muted, 1)),
          plot.text(ticks, { x: (rank) => rank, y: () => AXIS - 15, text: (rank) => `${rank}`, fill: INK.muted }),
          plot.text(["mean rank"], { x: () => high, y: () => AXIS, dx: 14, textAnchor: "start", fill: INK.muted }),
          ...functions.map(({ rank, y, side }) => path([[rank, AXIS], [rank, y], [side, y]], INK.zero, 1)),
          ...bars.map(([from, to], i) => {
            const y = AXIS + 12 + 10 * rows[i];
            const beyond = control === undefined || groups !== undefined ? 4 * pixel : 0; // the bar of a group covers its lines
            return path([[from - beyond, y], [to + beyond, y]], HUES[1], 4);
          }),
          ...[true, false].map((side) =>
            plot.text(functions.filter(({ isLeft }) => isLeft === side), {
              x: "side",
              y: "y",
              dx: side ? -6 : 6,
              textAnchor: side ? "end" : "start",
              fill: INK.text,
              text: ({ text, rank }: typeof functions[0]) => `${text} (${rank.toFixed(2)})`,
              title: "name",
            })
          ),
        ];
      },
    }],
  });
}
