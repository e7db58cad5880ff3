/**
 * A heat map of ranks: functions by cases. It computes no ranks (see lib/statistics).
 *
 * @module
 */
import { mean } from "../statistics/mod.ts";
import { figure, PANEL_WIDTH } from "./figure.ts";
import { shortened, textWidth } from "./text_width.ts";
import { INK, type Theme } from "./palette.ts";
import type { Plot } from "./plot.ts";

/** The ranks of functions in cases. */
export interface RankTable {
  /** The functions' names. */
  readonly functions: readonly string[];
  /** The cases' names. */
  readonly cases: readonly string[];
  /** `ranks[case][function]`, 1 is the best, ties have mean ranks; NaN where a function has no result. */
  readonly ranks: readonly (readonly number[])[];
}

/** Options of {@linkcode rankPlot}. */
export interface RankPlotOptions {
  /** The heading. */
  readonly title?: string;
  /** The background; default: `auto`. */
  readonly theme?: Theme;
}

/** From the best rank to the worst: dark to pale blue, whose lightness any kind of colour blindness leaves. */
const BEST = [8, 81, 156];
const WORST = [222, 235, 247];
const MISSING = "#b6bcc2";
const ROW = 24;
/** In less room numbers cannot be read; then colours and tooltips must do. */
const LEAST_SIZE = 8;
const LEAST_COLUMN = 13;
const LABELS = 200;
/** Room for the longest of the project's own cases. */
const CASE_LABELS = 230;
/** The column of the mean ranks, with the gap before it. */
const MEAN = 56;

function colour(rank: number, count: number): string {
  if (Number.isNaN(rank)) return MISSING;
  const share = count > 1 ? (rank - 1) / (count - 1) : 0;
  return `#${
    BEST.map((from, i) => Math.round(from + (WORST[i] - from) * share).toString(16).padStart(2, "0")).join("")
  }`;
}

/** The mean of the ranks that there are. */
function meanOf(ranks: readonly number[]): number {
  const there = ranks.filter(Number.isFinite);
  return there.length > 0 ? mean(there) : NaN;
}

function check({ functions, cases, ranks }: RankTable): void {
  const columns = ranks.find((row) => row.length !== functions.length)?.length ?? functions.length;
  if (functions.length === 0 || cases.length === 0 || ranks.length !== cases.length || columns !== functions.length) {
    throw new RangeError(
      `Cannot plot ranks: expected a row for each of ${cases.length} cases with a rank for each of ` +
        `${functions.length} functions, at least 1 of both, got ${ranks.length} rows` +
        (columns === functions.length ? "" : `, one of ${columns} ranks`),
    );
  }
  const wrong = ranks.flat().find((rank) => !Number.isNaN(rank) && !(rank >= 1 && rank <= functions.length));
  if (wrong !== undefined) {
    throw new RangeError(`Cannot plot ranks: expected ranks from 1 to ${functions.length} or NaN, got ${wrong}`);
  }
}

/**
 * Draws a table of coloured ranks: a row for each function, the best mean rank at the top, a column for
 * each case. Throws a RangeError for a table that is empty, not rectangular, or holds what is no rank.
 */
export async function rankPlot(table: RankTable, { title, theme }: RankPlotOptions = {}): Promise<Plot> {
  check(table);
  const { functions, cases, ranks } = table;
  const count = functions.length;
  const rows = functions
    .map((name, i) => ({ name, ranks: ranks.map((row) => row[i]), mean: meanOf(ranks.map((row) => row[i])) }))
    .sort((a, b) => (Number.isNaN(a.mean) ? Infinity : a.mean) - (Number.isNaN(b.mean) ? Infinity : b.mean) || 0);
  const left = Math.min(LABELS, Math.ceil(12 + Math.max(...functions.map((name) => textWidth(name, 12)))));
  const column = Math.min(64, (PANEL_WIDTH - left - MEAN) / cases.length);
  const widest = Math.max(...cases.map((name) => textWidth(name, 12)));
  const level = widest <= column - 4;
  const bottom = level ? 24 : Math.min(CASE_LABELS, Math.ceil(14 + widest));
  const functionLabel = (name: string) => shortened(name, { width: left - 12, size: 12 });
  // cases begin with a network and end with a data set
  const caseLabel = (name: string) => level ? name : shortened(name, { width: bottom - 12, size: 12, cut: "middle" });
  const right = PANEL_WIDTH - left - column * cases.length;
  const cells = rows.flatMap(({ name, ranks }, row) =>
    ranks.map((rank, at) => ({ name, rank, row, at, fill: colour(rank, count) }))
  );
  const digits = (rank: number) => Number.isNaN(rank) ? "–" : `${Number(rank.toFixed(1))}`;
  const size = Math.min(11, 0.96 * column / Math.max(...cells.map(({ rank }) => textWidth(digits(rank), 1))));
  const dark = (rank: number) => !Number.isNaN(rank) && (rank - 1) / Math.max(1, count - 1) < 0.4;
  const middle = (count + 1) / 2;
  const sample = (name: string, rank: number) =>
    ({ name, style: { stroke: colour(rank, count), strokeDasharray: "none" }, sample: "box" }) as const;
  return await figure({
    title,
    theme,
    legend: [
      sample(count > 1 ? "rank 1 (best)" : "rank 1", 1),
      ...(count > 2 ? [sample(`rank ${digits(middle)}`, middle)] : []),
      ...(count > 1 ? [sample(`rank ${count} (worst)`, count)] : []),
      ...(ranks.flat().every(Number.isFinite) ? [] : [sample("no result", NaN)]),
    ],
    panels: [{
      height: 22 + ROW * count + bottom,
      grid: "none",
      margins: { left, right, top: 22, bottom },
      x: { domain: [-0.5, cases.length - 0.5], axis: null },
      y: { domain: [count - 0.5, -0.5], axis: null },
      marks: (plot) => [
        plot.rect(cells, {
          x1: ({ at }: typeof cells[0]) => at - 0.5,
          x2: ({ at }: typeof cells[0]) => at + 0.5,
          y1: ({ row }: typeof cells[0]) => row - 0.5,
          y2: ({ row }: typeof cells[0]) => row + 0.5,
          fill: "fill",
          inset: column > 6 ? 0.5 : 0,
          title: ({ name, at, rank }: typeof cells[0]) =>
            `${name}, ${cases[at]}: ${Number.isNaN(rank) ? "no result" : `rank ${rank}`}`,
        }),
        ...(size >= LEAST_SIZE && column >= LEAST_COLUMN
          ? [
            // neither colour is one that changes with the background
            plot.text(cells, {
              x: "at",
              y: "row",
              text: ({ rank }: typeof cells[0]) => digits(rank),
              fill: ({ rank }: typeof cells[0]) => dark(rank) ? "#fefefe" : "#111111",
              fontSize: size,
            }),
          ]
          : []),
        plot.text(rows, {
          y: (_: unknown, row: number) => row,
          frameAnchor: "left",
          textAnchor: "end",
          dx: -8,
          fill: INK.text,
          text: ({ name }: typeof rows[0]) => functionLabel(name),
          title: ({ name }: typeof rows[0]) => functionLabel(name) === name ? "" : name,
        }),
        plot.text(rows, {
          y: (_: unknown, row: number) => row,
          frameAnchor: "right",
          textAnchor: "start",
          dx: 8,
          fill: INK.text,
          text: ({ mean }: typeof rows[0]) => Number.isNaN(mean) ? "–" : mean.toFixed(2),
        }),
        plot.text(["mean"], { frameAnchor: "top-right", textAnchor: "start", dx: 8, dy: -16, fill: INK.muted }),
        // where columns are narrower than a line of text, only some are named
        plot.text(cases.map((name, at) => ({ name, at })).filter(({ at }) => at % Math.ceil(13 / column) === 0), {
          x: "at",
          frameAnchor: "bottom",
          ...(level ? { dy: 12 } : { textAnchor: "end", rotate: -90, dy: 6 }),
          fill: INK.text,
          text: ({ name }: { name: string }) => caseLabel(name),
          title: ({ name }: { name: string }) => caseLabel(name) === name ? "" : name,
        }),
      ],
    }],
  });
}
