/**
 * A plot of functions and of their derivatives. It knows no expressions: a curve is a name and a function of a number.
 *
 * @module
 */
import { figure, type Panel } from "./figure.ts";
import { INK, seriesStyle, type Theme } from "./palette.ts";
import { clipPoints, samplePoints, sampleValues, visibleRange } from "./sampling.ts";

/** A function to draw. Where it gives NaN or ±∞, or jumps, the line has a gap. */
export interface Curve {
  /** Its name in the legend. */
  readonly name: string;
  /** The function. */
  readonly value: (x: number) => number;
  /** Its derivative. */
  readonly derivative?: (x: number) => number;
}

/** Options of {@linkcode curvesPlot}. */
export interface CurvesOptions {
  /** The left end; default: -5. */
  readonly from?: number;
  /** The right end; default: 5. */
  readonly to?: number;
  /** The heading. */
  readonly title?: string;
  /** Points of each curve; default: 401. */
  readonly samples?: number;
  /** The background; default: `auto`. */
  readonly theme?: Theme;
}

interface NamedFunction {
  readonly index: number;
  readonly f: (x: number) => number;
}

function panel(
  label: string,
  functions: readonly NamedFunction[],
  options: Required<Omit<CurvesOptions, "title" | "theme">>,
) {
  const { from, to } = options;
  const [low, high] = visibleRange(functions.flatMap(({ f }) => sampleValues(f, options)));
  const margin = 0.04 * (high - low);
  const range = [low - margin, high + margin] as const;
  const lines = functions.map(({ index, f }) => ({
    style: seriesStyle(index),
    points: clipPoints(samplePoints(f, { ...options, tolerance: 0.02 * (high - low) }), range),
  }));
  const result: Panel = {
    x: { domain: [from, to], label: "x", labelArrow: "none", labelAnchor: "center" },
    y: { domain: [...range], label, labelArrow: "none", tickFormat: high - low > 1e5 ? ".1~e" : undefined },
    marks: (plot) => [
      ...(range[0] < 0 && range[1] > 0 ? [plot.ruleY([0], { stroke: INK.zero })] : []),
      ...(from < 0 && to > 0 ? [plot.ruleX([0], { stroke: INK.zero })] : []),
      ...lines.toReversed().map(({ style, points }) =>
        plot.lineY(points, { x: "x", y: "y", strokeWidth: 2, ...style })
      ),
    ],
  };
  return result;
}

/**
 * Draws functions on [from, to], and beside them the derivatives of those that have one, as SVG text. The vertical
 * range leaves out what is far from the rest, as beside a pole. Throws a RangeError unless there is a curve and
 * `from < to`, both finite, and at least 2 samples.
 */
export async function curvesPlot(curves: readonly Curve[], options: CurvesOptions = {}): Promise<string> {
  const { from = -5, to = 5, samples = 401, title, theme } = options;
  if (curves.length === 0) throw new RangeError("Cannot plot curves: expected at least 1 curve, got none");
  if (!(Number.isFinite(from) && Number.isFinite(to) && from < to)) {
    throw new RangeError(`Cannot plot curves: expected finite numbers from < to, got from ${from} and to ${to}`);
  }
  if (!(Number.isInteger(samples) && samples >= 2)) {
    throw new RangeError(`Cannot plot curves: expected samples to be an integer of at least 2, got ${samples}`);
  }
  const derivatives = curves.flatMap(({ derivative: f }, index) => f ? [{ index, f }] : []);
  const values = panel("f(x)", curves.map(({ value: f }, index) => ({ index, f })), { from, to, samples });
  return await figure({
    title,
    theme,
    legend: curves.map(({ name }, index) => ({ name, style: seriesStyle(index), sample: "line" })),
    panels: derivatives.length === 0 ? [values] : [values, panel("f′(x)", derivatives, { from, to, samples })],
  });
}
