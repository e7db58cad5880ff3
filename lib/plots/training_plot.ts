/**
 * A plot of training: validation accuracy and loss by epoch.
 *
 * @module
 */
import { figure, type Panel } from "./figure.ts";
import { seriesStyle, type Theme } from "./palette.ts";
import type { Plot } from "./plot.ts";
import { clipPoints, visibleRange } from "./sampling.ts";
import { wholeTicks } from "./ticks.ts";

/** What was measured after one epoch. What is not finite is left out. */
export interface TrainingEpoch {
  /** From 0 to 1. */
  readonly validationAccuracy: number;
  /** Mean cross-entropy, in nats. */
  readonly validationLoss: number;
}

/** The training of one network. */
export interface TrainingRun {
  /** The name in the legend. Runs of one name (its seeds) are drawn alike and named once. */
  readonly name: string;
  /** The epochs from the first on. */
  readonly epochs: readonly TrainingEpoch[];
}

/**
 * Draws training curves: validation accuracy on the left, validation loss on the right. Throws a
 * RangeError unless there is a run with an epoch.
 */
export async function trainingPlot(
  runs: readonly TrainingRun[],
  { title, theme }: { readonly title?: string; readonly theme?: Theme } = {},
): Promise<Plot> {
  const last = runs.reduce((most, { epochs }) => Math.max(most, epochs.length), 0);
  if (last === 0) throw new RangeError("Cannot plot training: expected a run of at least 1 epoch, got none");
  const names = [...new Set(runs.map(({ name }) => name))];

  const panel = (label: string, measured: (epoch: TrainingEpoch) => number): Panel => {
    const [low, high] = visibleRange(runs.flatMap(({ epochs }) => epochs.map(measured)));
    const margin = 0.04 * (high - low);
    const range = [low - margin, high + margin] as const;
    const lines = runs.map(({ name, epochs }) => ({
      style: seriesStyle(names.indexOf(name)),
      points: clipPoints(epochs.map((epoch, i) => ({ x: i + 1, y: measured(epoch) })), range),
    }));
    return {
      x: {
        domain: [Math.min(1, last - 0.5), Math.max(last, 1.5)],
        label: "epoch",
        labelArrow: "none",
        labelAnchor: "center",
        ticks: wholeTicks(1, last),
        tickFormat: "d",
      },
      y: { domain: [...range], label, labelArrow: "none" },
      marks: (plot) =>
        lines.flatMap(({ style, points }) => [
          plot.lineY(points, { x: "x", y: "y", strokeWidth: 2, ...style }),
          ...(last <= 20 ? [plot.dot(points, { x: "x", y: "y", r: 2.5, fill: style.stroke, stroke: "none" })] : []),
        ]),
    };
  };

  return await figure({
    title,
    theme,
    legend: names.map((name, i) => ({ name, style: seriesStyle(i), sample: "line" })),
    panels: [
      panel("validation accuracy (%)", ({ validationAccuracy }) => 100 * validationAccuracy),
      panel("validation loss", ({ validationLoss }) => validationLoss),
    ],
  });
}
