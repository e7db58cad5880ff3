/**
 * A plot of a search: the fitness of every function by generation, their median, the best so far.
 *
 * @module
 */
import { median } from "../statistics/mod.ts";
import { type Axis, figure, type LegendEntry, type Panel, panelWidth } from "./figure.ts";
import { shortened, textWidth } from "./text_width.ts";
import { HUES, INK, type Theme } from "./palette.ts";
import type { Plot } from "./plot.ts";
import { type Point, visibleRange } from "./sampling.ts";
import { spread } from "./spread.ts";
import { wholeTicks } from "./ticks.ts";

/** A generation of a search. */
export interface HistoryGeneration {
  /** Its number, a whole number; generations stand in ascending order. */
  readonly generation: number;
  /** The fitness of its functions, higher is better; what is not finite is left out. */
  readonly fitness: readonly number[];
  /** How different its functions are, such as the mean distance of their genomes; it is drawn in a panel of its own. */
  readonly diversity?: number;
}

/** A function for comparison. */
export interface Baseline {
  /** Its name, at the right end of its line. */
  readonly name: string;
  /** Its fitness; one that is not finite is left out. */
  readonly fitness: number;
}

/** Options of {@linkcode historyPlot}. */
export interface HistoryOptions {
  /** The heading. */
  readonly title?: string;
  /** Label of the vertical axis; default: `fitness`. */
  readonly fitnessLabel?: string;
  /** Label of the diversity's axis, with the unit; default: `diversity`. */
  readonly diversityLabel?: string;
  /** Functions for comparison, drawn as horizontal lines. */
  readonly baselines?: readonly Baseline[];
  /** The background; default: `auto`. */
  readonly theme?: Theme;
}

const FUNCTION = { stroke: HUES[5], strokeDasharray: "none" };
const MEDIAN = { stroke: INK.text, strokeDasharray: "none" };
const DIVERSITY = { stroke: HUES[2], strokeDasharray: "none" };
const BEST = { stroke: HUES[1], strokeDasharray: "none" };
const BASELINE = { stroke: INK.muted, strokeDasharray: "6 3" };

const MARGINS = { left: 52, top: 28, bottom: 42 };
const LEAST_HEIGHT = 320;
/** The greatest room for the names of baselines, beside one panel or two. */
const NAMES = { 1: 190, 2: 130 };
const NAME_LINE = 15;
/** From the frame to a baseline's name, which may stand higher or lower than its line. */
const LEADER = 18;

/** Spreads the points of a generation over three tenths on either side, the same way each time. */
const jitter = (index: number) => 0.6 * (((index + 1) * 0.6180339887) % 1) - 0.3;

function diversityPanel(points: readonly Point[], { x, label, few }: {
  readonly x: Axis;
  readonly label: string;
  readonly few: boolean;
}): Panel {
  const highest = points.reduce((most, { y }) => Math.max(most, y), 0);
  return {
    x,
    y: { domain: [0, highest > 0 ? 1.04 * highest : 1], label, labelArrow: "none" },
    marks: (plot) => [
      plot.lineY(points, { x: "x", y: "y", strokeWidth: 2, stroke: DIVERSITY.stroke }),
      ...(few ? [plot.dot(points, { x: "x", y: "y", r: 3, fill: DIVERSITY.stroke, stroke: "none" })] : []),
    ],
  };
}

/** The names of the baselines, right of the frame, with a leader to each line. */
function baselineNames(baselines: readonly Baseline[], { edge, pixel, height, domain: [low, high], room }: {
  /** The right edge of the frame, in generations. */
  readonly edge: number;
  /** A pixel in generations. */
  readonly pixel: number;
  readonly height: number;
  readonly domain: readonly [low: number, high: number];
  readonly room: number;
}): Panel["marks"] {
  const tall = height - MARGINS.top - MARGINS.bottom;
  const places = spread(baselines.map(({ fitness }) => tall * (fitness - low) / (high - low)), {
    gap: NAME_LINE,
    low: 0,
    high: tall,
  });
  return (plot) =>
    baselines.flatMap(({ name, fitness }, i) => {
      const text = shortened(name, { width: room - LEADER, size: 12 });
      const y = low + (high - low) * places[i] / tall;
      const leader = [{ x: edge, y: fitness }, { x: edge + (LEADER - 4) * pixel, y }];
      return [
        plot.line(leader, { x: "x", y: "y", stroke: BASELINE.stroke, strokeWidth: 1 }),
        plot.text([{ x: edge, y }], {
          x: "x",
          y: "y",
          dx: LEADER,
          textAnchor: "start",
          fill: INK.text,
          text: [text],
          title: [text === name ? "" : name],
        }),
      ];
    });
}

/**
 * Draws the history of a search. Throws a RangeError unless there is a generation with a finite fitness.
 */
export async function historyPlot(
  generations: readonly HistoryGeneration[],
  options: HistoryOptions = {},
): Promise<Plot> {
  const { title, fitnessLabel = "fitness", diversityLabel = "diversity", baselines = [], theme } = options;
  const finite = generations
    .map(({ generation, fitness }) => ({ generation, fitness: fitness.filter(Number.isFinite) }))
    .filter(({ fitness }) => fitness.length > 0);
  if (finite.length === 0) {
    throw new RangeError("Cannot plot a history: expected a generation with a finite fitness, got none");
  }
  const points = finite.flatMap(({ generation, fitness }) => fitness.map((y, i) => ({ x: generation + jitter(i), y })));
  const medians = finite.map(({ generation, fitness }) => ({ x: generation, y: median(fitness) }));
  let highest = -Infinity;
  const best = finite.map(({ generation, fitness }) => {
    highest = fitness.reduce((a, b) => Math.max(a, b), highest);
    return { x: generation, y: highest };
  });
  const lines = baselines.filter(({ fitness }) => Number.isFinite(fitness));

  const values = [...points.map(({ y }) => y), ...lines.map(({ fitness }) => fitness)];
  const [low, high] = visibleRange([Math.min(...values), Math.max(...values)]);
  const margin = 0.04 * (high - low);
  const [first, last] = [finite[0].generation, finite[finite.length - 1].generation];
  const few = finite.length <= 25;
  const known = generations.flatMap(({ generation, diversity }) =>
    diversity !== undefined && Number.isFinite(diversity) ? [{ x: generation, y: diversity }] : []
  );
  const legend: LegendEntry[] = [
    { name: "best so far", style: BEST, sample: "line" },
    { name: "median of the generation", style: MEDIAN, sample: "line" },
    { name: "one function", style: FUNCTION, sample: "dot" },
    ...(known.length > 0 ? [{ name: "diversity", style: DIVERSITY, sample: "line" as const }] : []),
    ...(lines.length > 0 ? [{ name: "function for comparison", style: BASELINE, sample: "line" as const }] : []),
  ];
  const domain = [low - margin, high + margin] as const;
  const panels = known.length > 0 ? 2 : 1;
  const widest = Math.max(0, ...lines.map(({ name }) => textWidth(name, 12)));
  const room = lines.length > 0 ? Math.min(NAMES[panels], Math.ceil(LEADER + widest)) : 10;
  const height = Math.max(LEAST_HEIGHT, MARGINS.top + MARGINS.bottom + NAME_LINE * lines.length);
  const edge = last + 0.5;
  const pixel = (edge - first + 0.5) / (panelWidth(panels) - MARGINS.left - room);
  const names = baselineNames(lines, { edge, pixel, height, domain, room });
  const x: Axis = {
    domain: [first - 0.5, edge],
    label: "generation",
    labelArrow: "none",
    labelAnchor: "center",
    ticks: wholeTicks(first, last, { most: panels === 2 ? 8 : 12 }),
    tickFormat: "d",
  };
  return await figure({
    title,
    theme,
    legend,
    panels: [{
      height,
      margins: { ...MARGINS, right: room },
      x,
      y: { domain: [...domain], label: fitnessLabel, labelArrow: "none" },
      marks: (plot) => [
        ...lines.map(({ fitness }) => plot.ruleY([fitness], { strokeWidth: 1.5, ...BASELINE })),
        plot.dot(points, { x: "x", y: "y", r: 3, fill: FUNCTION.stroke, fillOpacity: 0.55, stroke: "none" }),
        // a halo tells the line from the dots below it
        plot.lineY(medians, { x: "x", y: "y", strokeWidth: 5, stroke: INK.card }),
        plot.lineY(medians, { x: "x", y: "y", strokeWidth: 2, stroke: MEDIAN.stroke }),
        ...(few ? [plot.dot(medians, { x: "x", y: "y", r: 2.5, fill: MEDIAN.stroke, stroke: "none" })] : []),
        plot.lineY(best, { x: "x", y: "y", strokeWidth: 2.5, stroke: BEST.stroke, curve: "step-after" }),
        ...(few ? [plot.dot(best, { x: "x", y: "y", r: 3.5, fill: BEST.stroke, stroke: INK.card })] : []),
        ...names(plot),
      ],
    }, ...(known.length > 0 ? [diversityPanel(known, { x, label: diversityLabel, few })] : [])],
  });
}
