/**
 * A plot of search strategies: how far what they found is from the best, and how many of their searches have found a
 * function that is good enough, by epochs trained.
 *
 * @module
 */
import { figure, type Panel } from "./figure.ts";
import { seriesStyle, type Theme } from "./palette.ts";
import type { Plot } from "./plot.ts";

/** Where the searches of a strategy stand after so many epochs. */
export interface SearchesPoint {
  /** Epochs trained. */
  readonly epochs: number;
  /** Mean distance of what was found from the best, at least 0. */
  readonly regret: number;
  /** Share of the searches, in [0, 1]. */
  readonly found: number;
}

/** A strategy. */
export interface SearchesCurve {
  /** The name in the legend. */
  readonly name: string;
  /** By epochs, in ascending order. */
  readonly points: readonly SearchesPoint[];
}

/** Options of {@linkcode searchesPlot}. */
export interface SearchesPlotOptions {
  /** The heading. */
  readonly title?: string;
  /** Label of the left axis (default: `regret`). */
  readonly regretLabel?: string;
  /** Label of the right axis (default: `searches that found one (%)`). */
  readonly foundLabel?: string;
  /** The background; default: `auto`. */
  readonly theme?: Theme;
}

/** Room above the best value that only the first epochs leave. */
const SHOWN = 0.5;

/** Draws strategies. Throws a RangeError unless there is a curve with a point. */
export async function searchesPlot(
  curves: readonly SearchesCurve[],
  { title, regretLabel = "regret", foundLabel = "searches that found one (%)", theme }: SearchesPlotOptions = {},
): Promise<Plot> {
  const all = curves.flatMap(({ points }) => points);
  if (all.length === 0) throw new RangeError("Cannot plot searches: expected a curve with at least 1 point, got none");
  const last = Math.max(...all.map(({ epochs }) => epochs));
  // the first functions are far from the best: they may lie above the frame
  const sorted = all.map(({ regret }) => regret).sort((a, b) => a - b);
  const highest = Math.max(1e-9, sorted[Math.floor(0.97 * (sorted.length - 1))] * (1 + SHOWN / 10));
  const panel = (
    label: string,
    { top, value }: { readonly top: number; readonly value: keyof SearchesPoint },
  ): Panel => ({
    x: { domain: [0, last], label: "epochs trained", labelArrow: "none", labelAnchor: "center" },
    y: { domain: [0, top], label, labelArrow: "none" },
    marks: (plot) =>
      curves.map(({ points }, i) =>
        plot.lineY(points.filter((point) => point[value] <= highest || value === "found"), {
          x: "epochs",
          y: (point: SearchesPoint) => value === "found" ? 100 * point.found : point[value],
          strokeWidth: 2,
          curve: "step-after",
          ...seriesStyle(i),
        })
      ),
  });
  return await figure({
    title,
    theme,
    legend: curves.map(({ name }, i) => ({ name, style: seriesStyle(i), sample: "line" })),
    panels: [
      panel(regretLabel, { top: highest, value: "regret" }),
      panel(foundLabel, { top: 100, value: "found" }),
    ],
  });
}
