/**
 * A plot of accuracy against cost, with the Pareto front: the functions that no other beats in both.
 *
 * @module
 */
import { figure, type LegendEntry, PANEL_WIDTH } from "./figure.ts";
import { HUES, INK, type Theme } from "./palette.ts";
import type { Plot } from "./plot.ts";
import { type Label, placeLabels, type Position } from "./place_labels.ts";
import { tickFormat } from "./ticks.ts";

/** A function and what it takes and gives. */
export interface CostPoint {
  /** Its name. */
  readonly name: string;
  /** Lower is better. */
  readonly cost: number;
  /** Higher is better. */
  readonly accuracy: number;
}

/** Options of {@linkcode paretoPlot}. */
export interface ParetoOptions {
  /** The heading. */
  readonly title?: string;
  /** Label of the horizontal axis, with the unit; default: `cost`. */
  readonly costLabel?: string;
  /** Label of the vertical axis, with the unit; default: `accuracy`. */
  readonly accuracyLabel?: string;
  /** Whether the costs stand on a logarithmic axis; default: `linear`. */
  readonly costScale?: "linear" | "log";
  /** The background; default: `auto`. */
  readonly theme?: Theme;
}

const HEIGHT = 380;
const MARGINS = { left: 52, right: 16, top: 28, bottom: 42 };

/**
 * The points that no other beats: none costs as little or less and is as accurate or more, unless it equals them in
 * both. In the order of their costs.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { paretoFront } from "./pareto_plot.ts";
 * const points = [{ name: "a", cost: 1, accuracy: 2 }, { name: "b", cost: 2, accuracy: 1 }];
 * assertEquals(paretoFront(points).map(({ name }) => name), ["a"]);
 * ```
 */
export function paretoFront<P extends CostPoint>(points: readonly P[]): P[] {
  const beats = (a: P, b: P) =>
    a.cost <= b.cost && a.accuracy >= b.accuracy && (a.cost < b.cost || a.accuracy > b.accuracy);
  return points.filter((point) => !points.some((other) => beats(other, point))).sort((a, b) => a.cost - b.cost);
}

/** The values' range with a little room at both ends. */
function padded([low, high]: readonly [number, number]): [number, number] {
  const room = high > low ? 0.06 * (high - low) : 0.05 * Math.abs(low) || 1;
  return [low - room, high + room];
}

/**
 * Draws the functions and the front. Points are named where there is room, those of the front first; the
 * others have a number and stand in the legend. All have their name as a tooltip. Throws a RangeError unless there is a point, all numbers are finite, and the costs of a
 * logarithmic axis are positive.
 */
export async function paretoPlot(points: readonly CostPoint[], options: ParetoOptions = {}): Promise<Plot> {
  const { title, costLabel = "cost", accuracyLabel = "accuracy", costScale = "linear", theme } = options;
  const wrong = points.find(({ cost, accuracy }) =>
    ![cost, accuracy].every(Number.isFinite) || (costScale === "log" && cost <= 0)
  );
  if (points.length === 0 || wrong) {
    throw new RangeError(
      `Cannot plot accuracy against cost: expected finite numbers${
        costScale === "log" ? " and positive costs" : ""
      }, got ` +
        (wrong ? `cost ${wrong.cost} and accuracy ${wrong.accuracy} of ${wrong.name}` : "no point"),
    );
  }
  const front = paretoFront(points);
  const rest = points.filter((point) => !front.includes(point));
  const scaled = costScale === "log" ? Math.log10 : (cost: number) => cost;
  const extent = (values: readonly number[]) => padded([Math.min(...values), Math.max(...values)]);
  const xs = extent(points.map(({ cost }) => scaled(cost)));
  const ys = extent(points.map(({ accuracy }) => accuracy));
  const frame = {
    left: MARGINS.left,
    right: PANEL_WIDTH - MARGINS.right,
    top: MARGINS.top,
    bottom: HEIGHT - MARGINS.bottom,
  };
  const along = (value: number, [low, high]: readonly number[], [from, to]: readonly number[]) =>
    from + (to - from) * (value - low) / (high - low);
  const place = ({ cost, accuracy }: Omit<CostPoint, "name">) => ({
    x: along(scaled(cost), xs, [frame.left, frame.right]),
    y: along(accuracy, ys, [frame.bottom, frame.top]),
  });
  // the least cost of an accuracy that the front reaches
  const steps = front.flatMap(({ cost, accuracy }, i) =>
    i === 0 ? [{ cost, accuracy }] : [{ cost, accuracy: front[i - 1].accuracy }, { cost, accuracy }]
  );
  const corners = steps.map(place);
  const obstacles = corners.slice(1).map((to, i) => {
    const from = corners[i];
    return { left: Math.min(from.x, to.x) - 2, right: Math.max(from.x, to.x) + 2, top: to.y - 2, bottom: from.y + 2 };
  });
  const pointOf = ({ x, y }: Position) => {
    const cost = along(x, [frame.left, frame.right], xs);
    return { cost: costScale === "log" ? 10 ** cost : cost, accuracy: along(y, [frame.bottom, frame.top], ys) };
  };
  const named = [...front, ...rest];
  const dots = named.map((point) => ({ name: point.name, ...place(point) }));
  const labels = placeLabels(dots, { frame, obstacles, first: front.length });
  const unnamed = named.filter((_, index) => !labels.some((label) => label.index === index && !label.isNumber));
  return await figure({
    title,
    theme,
    legend: [
      { name: "Pareto front", style: { stroke: HUES[1], strokeDasharray: "none" }, sample: "line" },
      ...(rest.length > 0
        ? [{
          name: "beaten by another",
          style: { stroke: HUES[0], strokeDasharray: "none" },
          sample: "dot" as const,
        }]
        : []),
      ...unnamed.map((point, i): LegendEntry => ({
        name: `${i + 1}: ${point.name}`,
        style: { stroke: front.includes(point) ? HUES[1] : HUES[0], strokeDasharray: "none" },
        sample: "dot",
      })),
    ],
    panels: [{
      height: HEIGHT,
      margins: MARGINS,
      x: {
        domain: costScale === "log" ? xs.map((x) => 10 ** x) : xs,
        type: costScale,
        label: costLabel,
        labelArrow: "none",
        labelAnchor: "center",
        ...(costScale === "log" ? { ticks: 8, tickFormat: "~s" } : { tickFormat: tickFormat(xs) }),
      },
      y: { domain: ys, label: accuracyLabel, labelArrow: "none", tickFormat: tickFormat(ys) },
      marks: (plot) => [
        plot.lineY(steps, { x: "cost", y: "accuracy", stroke: HUES[1], strokeWidth: 2 }),
        ...([[rest, HUES[0]], [front, HUES[1]]] as const).map(([some, fill]) =>
          plot.dot(some, { x: "cost", y: "accuracy", r: 4.5, fill, stroke: INK.card, title: "name" })
        ),
        ...labels.flatMap(({ leader }) =>
          leader ? [plot.line(leader.map(pointOf), { x: "cost", y: "accuracy", stroke: INK.zero, strokeWidth: 1 })] : []
        ),
        ...labels.map(({ text, dx, dy, anchor, index }: Label) =>
          plot.text([named[index]], {
            x: "cost",
            y: "accuracy",
            text: [text],
            dx,
            dy,
            textAnchor: anchor,
            fill: INK.text,
            stroke: INK.card,
            strokeWidth: 3,
          })
        ),
      ],
    }],
  });
}
