/**
 * The colours and dashes of the plots.
 *
 * The hues are those of Okabe and Ito, "Color universal design" (2008), told apart with any of the common kinds of
 * colour blindness; their yellow is left out, which fades on white. After the last hue the dash changes, so that
 * a series is never known by a colour that another has too.
 *
 * @module
 */

/** How a series is drawn. */
export interface SeriesStyle {
  /** A colour as `#rrggbb`. */
  readonly stroke: string;
  /** The value of SVG's `stroke-dasharray`; `none` is a solid line. */
  readonly strokeDasharray: string;
}

/** Blue, vermilion, bluish green, reddish purple, orange, sky blue, black. */
export const HUES = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000"] as const;

const DASHES = ["none", "6 3", "2 2", "8 3 2 3"] as const;

/** Colours of what is not a series: the card behind the plot, its text, its lines. */
export const INK = {
  card: "#ffffff",
  edge: "#d0d7de",
  grid: "#e8ebef",
  zero: "#8c959f",
  text: "#1f2328",
  muted: "#57606a",
} as const;

/** The style of the series with this index (0, 1, …); the first 28 are all different. */
export function seriesStyle(index: number): SeriesStyle {
  return {
    stroke: HUES[index % HUES.length],
    strokeDasharray: DASHES[Math.floor(index / HUES.length) % DASHES.length],
  };
}

/** Which background a plot has: that of the reader's device (by a media query in the SVG), or always the same. */
export type Theme = "auto" | "light" | "dark";

/** What takes the place of a colour on a dark background; the others can be told from it too. */
export const DARK: ReadonlyMap<string, string> = new Map([
  [INK.card, "#0d1117"],
  [INK.edge, "#30363d"],
  [INK.grid, "#21262d"],
  [INK.zero, "#6e7681"],
  [INK.text, "#e6edf3"],
  [INK.muted, "#9aa4ae"],
  ["#000000", "#f0f3f6"],
  ["#0072b2", "#1f83c9"],
]);
