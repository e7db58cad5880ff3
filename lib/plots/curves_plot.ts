/**
 * A plot of functions and of their derivatives.
 *
 * @module
 */
import { derivative, evaluate, type Expression, format, resolveActivation } from "../activation/mod.ts";
import { figure, type Panel } from "./figure.ts";
import { INK, seriesStyle, type Theme } from "./palette.ts";
import type { Plot } from "./plot.ts";
import { clipPoints, samplePoints, sampleValues, visibleRange } from "./sampling.ts";

/** A function under a name of one's own. Where it gives NaN or ±∞, or jumps, the line has a gap. */
export interface NamedCurve {
  /** Its name in the legend. */
  readonly name: string;
  /** The function: a name of the catalogue, a formula, an expression, or a function of a number. */
  readonly f: string | Expression | ((x: number) => number);
  /** The derivative of a function of a number; that of the others is known. */
  readonly derivative?: (x: number) => number;
}

/** A function to draw: a name of the catalogue, a formula in x, an expression, or one of these under another name. */
export type Curve = string | Expression | NamedCurve;

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

/** A curve as it is drawn. */
interface Drawn {
  readonly name: string;
  readonly value: (x: number) => number;
  readonly derivative?: (x: number) => number;
}

function drawn(curve: Curve): Drawn {
  if (typeof curve === "string") return drawn({ name: curve, f: curve });
  if (!("f" in curve)) return drawn({ name: format(curve), f: curve });
  const { name, f } = curve;
  if (typeof f === "function") return { name, value: f, derivative: curve.derivative };
  const e = typeof f === "string" ? resolveActivation(f) : f;
  const slope = derivative(e);
  return { name, value: (x) => evaluate(e, x), derivative: (x) => evaluate(slope, x) };
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
 * Draws functions on [from, to], and beside them the derivatives of those that have one. The vertical range leaves out
 * what is far from the rest, as beside a pole. Throws a RangeError unless there is a curve and `from < to`, both
 * finite, and at least 2 samples, and a SyntaxError for a text that is no function.
 *
 * ```ts
 * import { catalog } from "../activation/mod.ts";
 * import { curvesPlot } from "./curves_plot.ts";
 * await curvesPlot(["relu", "x * tanh(x)", catalog.eelu2, { name: "sine", f: Math.sin, derivative: Math.cos }]);
 * ```
 */
export async function curvesPlot(curves: readonly Curve[], options: CurvesOptions = {}): Promise<Plot> {
  const { from = -5, to = 5, samples = 401, title, theme } = options;
  if (curves.length === 0) throw new RangeError("Cannot plot curves: expected at least 1 curve, got none");
  if (!(Number.isFinite(from) && Number.isFinite(to) && from < to)) {
    throw new RangeError(`Cannot plot curves: expected finite numbers from < to, got from ${from} and to ${to}`);
  }
  if (!(Number.isInteger(samples) && samples >= 2)) {
    throw new RangeError(`Cannot plot curves: expected samples to be an integer of at least 2, got ${samples}`);
  }
  const lines = curves.map(drawn);
  const derivatives = lines.flatMap(({ derivative: f }, index) => f ? [{ index, f }] : []);
  const values = panel("f(x)", lines.map(({ value: f }, index) => ({ index, f })), { from, to, samples });
  return await figure({
    title,
    theme,
    legend: lines.map(({ name }, index) => ({ name, style: seriesStyle(index), sample: "line" })),
    panels: derivatives.length === 0 ? [values] : [values, panel("f′(x)", derivatives, { from, to, samples })],
  });
}
