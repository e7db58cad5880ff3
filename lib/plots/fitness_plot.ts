/**
 * A plot of the fitness of functions, each trained with several seeds: a dot a seed, mean and standard deviation.
 *
 * @module
 */
import { mean, standardDeviation } from "../statistics/mod.ts";
import { figure } from "./figure.ts";
import { shortened, textWidth } from "./text_width.ts";
import { HUES, INK, type Theme } from "./palette.ts";
import type { Plot } from "./plot.ts";
import { tickFormat } from "./ticks.ts";

/** A function and what its trainings reached. */
export interface SeededFitness {
  /** Its name. */
  readonly name: string;
  /** A value for each seed; those that are not finite are counted beside the row. */
  readonly fitness: readonly number[];
}

/** Options of {@linkcode fitnessPlot}. */
export interface FitnessPlotOptions {
  /** The heading. */
  readonly title?: string;
  /** Label of the axis, with the unit; default: `fitness`. */
  readonly label?: string;
  /** Which end is at the top; default: `higher`. */
  readonly better?: "higher" | "lower";
  /** The background; default: `auto`. */
  readonly theme?: Theme;
}

interface Line {
  readonly name: string;
  readonly values: readonly number[];
  readonly missing: number;
  readonly mean: number;
  /** Sample standard deviation; 0 of a single value. */
  readonly deviation: number;
}

const ROW = 24;
const LABELS = 230;

function lineOf({ name, fitness }: SeededFitness): Line {
  const values = fitness.filter(Number.isFinite);
  return {
    name,
    values,
    missing: fitness.length - values.length,
    mean: values.length > 0 ? mean(values) : NaN,
    deviation: values.length > 1 ? standardDeviation(values) : 0,
  };
}

/**
 * Draws a row for each function, the best mean at the top. Throws a RangeError unless there is a function with
 * a finite value.
 */
export async function fitnessPlot(
  functions: readonly SeededFitness[],
  options: FitnessPlotOptions = {},
): Promise<Plot> {
  const { title, label = "fitness", better = "higher", theme } = options;
  const sign = better === "higher" ? -1 : 1;
  const place = ({ mean }: Line) => Number.isNaN(mean) ? Infinity : sign * mean;
  const lines = functions.map(lineOf).sort((a, b) => place(a) === place(b) ? 0 : place(a) - place(b));
  const shown = lines.flatMap(({ values, mean, deviation }) => [...values, mean - deviation, mean + deviation])
    .filter(Number.isFinite);
  if (shown.length === 0) {
    throw new RangeError("Cannot plot fitness by function: expected a function with a finite value, got none");
  }
  const [low, high] = [Math.min(...shown), Math.max(...shown)];
  const margin = high > low ? 0.04 * (high - low) : 0.05 * Math.abs(low) || 1;
  const some = lines.map((line, row) => ({ ...line, row })).filter(({ values }) => values.length > 0);
  const failed = lines.map((line, row) => ({ ...line, row })).filter(({ missing }) => missing > 0);
  const left = Math.min(LABELS, Math.ceil(14 + Math.max(...lines.map(({ name }) => textWidth(name, 12)))));
  const nameLabel = (name: string) => shortened(name, { width: left - 14, size: 12 });
  const height = 28 + ROW * lines.length + 42;
  return await figure({
    title,
    theme,
    legend: [
      { name: "one seed", style: { stroke: HUES[0], strokeDasharray: "none" }, sample: "dot" },
      { name: "mean ± standard deviation", style: { stroke: HUES[1], strokeDasharray: "none" }, sample: "line" },
    ],
    panels: [{
      height,
      grid: "x",
      margins: { left, right: failed.length > 0 ? 92 : 10, top: 8 },
      x: {
        domain: [low - margin, high + margin],
        label,
        labelArrow: "none",
        labelAnchor: "center",
        tickFormat: tickFormat(shown),
      },
      y: { domain: [lines.length - 0.5, -0.5], axis: null },
      marks: (plot) => [
        plot.ruleY(lines.map((_, row) => row), { stroke: INK.grid }),
        plot.text(lines, {
          y: (_: Line, row: number) => row,
          frameAnchor: "left",
          textAnchor: "end",
          dx: -8,
          fill: INK.text,
          text: ({ name }: Line) => nameLabel(name),
          title: ({ name }: Line) => nameLabel(name) === name ? "" : name,
        }),
        plot.ruleY(some, {
          y: "row",
          x1: ({ mean, deviation }: Line) => mean - deviation,
          x2: ({ mean, deviation }: Line) => mean + deviation,
          stroke: HUES[1],
          strokeWidth: 2,
        }),
        plot.dot(some.flatMap(({ values, row, name }) => values.map((x) => ({ x, row, name }))), {
          x: "x",
          y: "row",
          r: 3.5,
          fill: HUES[0],
          fillOpacity: 0.65,
          stroke: "none",
          title: ({ name, x }: { name: string; x: number }) => `${name}: ${x}`,
        }),
        plot.ruleX(some, {
          x: "mean",
          y1: ({ row }: { row: number }) => row - 0.32,
          y2: ({ row }: { row: number }) => row + 0.32,
          stroke: HUES[1],
          strokeWidth: 3,
        }),
        plot.text(failed, {
          y: "row",
          frameAnchor: "right",
          textAnchor: "start",
          dx: 8,
          fill: INK.muted,
          text: ({ missing, values }: Line) => `${missing} of ${missing + values.length} failed`,
        }),
      ],
    }],
  });
}
