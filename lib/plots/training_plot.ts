/**
 * A plot of training: validation accuracy and loss by epoch.
 *
 * @module
 */
import { mean } from "../statistics/mod.ts";
import { figure, type Panel } from "./figure.ts";
import { INK, seriesStyle, type Theme } from "./palette.ts";
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
  /** The name in the legend. Runs of one name are its seeds: their mean is a line, from the least to the greatest a band. */
  readonly name: string;
  /** The epochs from the first on. */
  readonly epochs: readonly TrainingEpoch[];
}

/** The legend's sample of a band of any colour. */
const BAND = { stroke: INK.edge, strokeDasharray: "none" };

interface Epoch {
  readonly epoch: number;
  readonly low: number;
  readonly mean: number;
  readonly high: number;
}

/** What the runs reached after each epoch, of those whose figure is finite; NaN where none is. */
function epochsOf(runs: readonly TrainingRun[], measured: (epoch: TrainingEpoch) => number): Epoch[] {
  return Array.from({ length: longest(runs) }, (_, i) => {
    const values = runs.flatMap(({ epochs }) => epochs.slice(i, i + 1)).map(measured).filter(Number.isFinite);
    if (values.length === 0) return { epoch: i + 1, low: NaN, mean: NaN, high: NaN };
    return { epoch: i + 1, low: Math.min(...values), mean: mean(values), high: Math.max(...values) };
  });
}

const longest = (runs: readonly TrainingRun[]) => runs.reduce((most, { epochs }) => Math.max(most, epochs.length), 0);

/**
 * Draws training curves: validation accuracy on the left, validation loss on the right. Of several runs of one name the
 * mean is drawn, in a band from the least to the greatest. Throws a RangeError unless there is a run with an epoch.
 */
export async function trainingPlot(
  runs: readonly TrainingRun[],
  { title, theme }: { readonly title?: string; readonly theme?: Theme } = {},
): Promise<Plot> {
  const last = longest(runs);
  if (last === 0) throw new RangeError("Cannot plot training: expected a run of at least 1 epoch, got none");
  const byName = Map.groupBy(runs, ({ name }) => name);
  const bands = [...byName.values()].some(({ length }) => length > 1);

  const panel = (label: string, measured: (epoch: TrainingEpoch) => number): Panel => {
    const [low, high] = visibleRange(runs.flatMap(({ epochs }) => epochs.map(measured)));
    const margin = 0.04 * (high - low);
    const range = [low - margin, high + margin] as const;
    const lines = [...byName.values()].map((seeds, i) => {
      const epochs = epochsOf(seeds, measured);
      return {
        style: seriesStyle(i),
        band: seeds.length > 1 ? epochs : [],
        points: clipPoints(epochs.map(({ epoch, mean }) => ({ x: epoch, y: mean })), range),
      };
    });
    const inside = (y: number) => Math.max(range[0], Math.min(range[1], y));
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
      marks: (plot) => [
        ...lines.flatMap(({ style, band }) =>
          band.length === 0 ? [] : [plot.areaY(band, {
            x: "epoch",
            y1: ({ low }: Epoch) => inside(low),
            y2: ({ high }: Epoch) => inside(high),
            fill: style.stroke,
            fillOpacity: 0.15,
          })]
        ),
        ...lines.flatMap(({ style, points }) => [
          plot.lineY(points, { x: "x", y: "y", strokeWidth: 2, ...style }),
          ...(last <= 20 ? [plot.dot(points, { x: "x", y: "y", r: 2.5, fill: style.stroke, stroke: "none" })] : []),
        ]),
      ],
    };
  };

  return await figure({
    title,
    theme,
    legend: [
      ...[...byName.keys()].map((name, i) => ({ name, style: seriesStyle(i), sample: "line" as const })),
      ...bands ? [{ name: "mean, least and greatest of the seeds", style: BAND, sample: "box" as const }] : [],
    ],
    panels: [
      panel("validation accuracy (%)", ({ validationAccuracy }) => 100 * validationAccuracy),
      panel("validation loss", ({ validationLoss }) => validationLoss),
    ],
  });
}
