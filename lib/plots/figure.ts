/**
 * The frame of every plot: a card with a title, a legend and panels side by side,, drawn as SVG. It is the only importer
 * of Observable Plot and linkedom, which it loads when the first plot is drawn.
 *
 * The card has a solid background of its own: Jupyter, GitHub and editors show an SVG image on dark pages too, and do
 * not always tell it which theme they use. Where the device prefers dark colours, all of the card is dark; where the
 * page around the SVG says which theme it has, as VS Code's notebooks and those exported to HTML do, the page decides.
 * JupyterLab shows the SVG as an image, which cannot see the page.
 *
 * @module
 */
import { DARK, INK, type SeriesStyle, type Theme } from "./palette.ts";
import { Plot } from "./plot.ts";
import { shortened, textWidth } from "./text_width.ts";

/** Observable Plot, as the marks of a panel get it. */
export type PlotLibrary = typeof import("@observablehq/plot");

/** An entry of the legend. */
export interface LegendEntry {
  /** The text; one too long for the figure is cut, with the whole of it as the entry's tooltip. */
  readonly name: string;
  /** Line of the sample, or the fill of the dot. */
  readonly style: SeriesStyle;
  /** What the sample shows. */
  readonly sample: "line" | "dot" | "box";
}

/** The options of Observable Plot's `plot`. */
export type PlotOptions = NonNullable<Parameters<PlotLibrary["plot"]>[0]>;

/** A mark of a plot. */
export type Mark = NonNullable<PlotOptions["marks"]>[number];

/** An axis of a plot: domain, label, ticks. */
export type Axis = NonNullable<PlotOptions["x"]>;

/** One plot of a figure. */
export interface Panel {
  /** Makes the marks, back to front. */
  readonly marks: (plot: PlotLibrary) => Mark[];
  /** The horizontal axis. */
  readonly x: Axis;
  /** The vertical axis. */
  readonly y: Axis;
  /** Lines at the ticks of an axis; default: of both. */
  readonly grid?: "both" | "x" | "none";
  /** Height in pixels; default: 320. */
  readonly height?: number;
  /** Room around the frame in pixels, where the default does not fit. */
  readonly margins?: {
    readonly top?: number;
    readonly right?: number;
    readonly bottom?: number;
    readonly left?: number;
  };
}

/** What {@linkcode figure} draws. */
export interface Figure {
  /** The heading. */
  readonly title?: string;
  /** The entries below the heading. */
  readonly legend: readonly LegendEntry[];
  /** One panel or two. */
  readonly panels: readonly Panel[];
  /** The background; default: `auto`. */
  readonly theme?: Theme;
}

const FONT = "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', 'DejaVu Sans', Arial, sans-serif";
const WIDTH = 840;
const PADDING = 16;
/** The width of a figure with one panel that its panel has. */
export const PANEL_WIDTH: number = WIDTH - 2 * PADDING;
const PANEL_HEIGHT = 320;
const PANEL_GAP = 20;
const LEGEND_LINE = 22;
const SAMPLE_WIDTH = 30;
interface PlacedEntry extends LegendEntry {
  readonly text: string;
  readonly x: number;
  readonly line: number;
}

function placeLegend(entries: readonly LegendEntry[]): PlacedEntry[] {
  let [x, line] = [0, 0];
  return entries.map((entry) => {
    const text = shortened(entry.name, { width: PANEL_WIDTH - SAMPLE_WIDTH, size: 13 });
    const width = SAMPLE_WIDTH + textWidth(text, 13) + 18;
    if (x > 0 && x + width > PANEL_WIDTH + 18) [x, line] = [0, line + 1];
    const placed = { ...entry, text, x: PADDING + x, line };
    x += width;
    return placed;
  });
}

/** Pages that say that they are light, and dark: those of VS Code, of JupyterLab, and of nbconvert, which is like it. */
const LIGHT_PAGE = '[data-vscode-theme-kind$="light"],[data-jp-theme-light="true"]';
const DARK_PAGE = '[data-vscode-theme-kind]:not([data-vscode-theme-kind$="light"]),[data-jp-theme-light="false"]';

/** The rules that give every colour its dark one, where the page around the plot is dark, or else the device is. */
function darkRules(): string {
  const pairs = [...DARK].map(([light, dark], i) => ({ light, dark, variable: `--afos-${i}` }));
  const darkInk = pairs.map(({ dark, variable }) => `${variable}:${dark}`).join(";");
  const rules = pairs.flatMap(({ light, variable }) =>
    ["fill", "stroke", "color"].map((name) => `.afos-plot [${name}="${light}"]{${name}:var(${variable},${light})}`)
  );
  return `@media (prefers-color-scheme:dark){.afos-plot:not(:is(${LIGHT_PAGE}) *){${darkInk}}}` +
    `:is(${DARK_PAGE}) .afos-plot{${darkInk}}${rules.join("")}`;
}

/** The width of each of a figure's panels, margins included. */
export function panelWidth(panels: number): number {
  return (PANEL_WIDTH - PANEL_GAP * (panels - 1)) / panels;
}

/** What XML cannot hold, not even escaped. */
// deno-lint-ignore no-control-regex -- these are meant
const FORBIDDEN = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g;

/** Draws a figure, 840 pixels wide, with its size as the view box: it scales down with the page. */
export async function figure({ title, legend, panels, theme = "auto" }: Figure): Promise<Plot> {
  const [plot, { DOMParser }] = await Promise.all([import("@observablehq/plot"), import("linkedom")]);
  const document = new DOMParser().parseFromString('<svg xmlns="http://www.w3.org/2000/svg"/>', "image/svg+xml");
  const root = document.documentElement;

  const append = (parent: typeof root, name: string, attributes: Record<string, string | number>, text?: string) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name, undefined);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
    if (text !== undefined) element.textContent = text;
    parent.append(element);
    return element;
  };

  const entries = placeLegend(legend);
  const legendTop = title === undefined ? PADDING : PADDING + 28;
  const legendLines = entries.length === 0 ? 0 : entries[entries.length - 1].line + 1;
  const panelTop = legendTop + legendLines * LEGEND_LINE + 8;
  const height = panelTop + Math.max(...panels.map((panel) => panel.height ?? PANEL_HEIGHT)) + 8;

  root.setAttribute("viewBox", `0 0 ${WIDTH} ${height}`);
  root.setAttribute("width", String(WIDTH));
  root.setAttribute("height", String(height));
  root.setAttribute("font-family", FONT);
  root.setAttribute("style", "max-width: 100%; height: auto");
  root.setAttribute("role", "img");
  if (title !== undefined) append(root, "title", {}, title);
  if (theme === "auto") {
    // the rules reach all of a page that the SVG stands in, so that no other plot may have this class
    root.setAttribute("class", "afos-plot");
    append(root, "style", {}, darkRules());
  }
  append(root, "rect", {
    x: 0.5,
    y: 0.5,
    width: WIDTH - 1,
    height: height - 1,
    rx: 6,
    fill: INK.card,
    stroke: INK.edge,
  });
  if (title !== undefined) {
    const text = shortened(title, { width: PANEL_WIDTH, size: 18 }); // wider than its size, being bold
    append(root, "text", { x: PADDING, y: PADDING + 14, "font-size": 16, "font-weight": 600, fill: INK.text }, text);
  }

  for (const { name, text, style, sample, x, line } of entries) {
    const y = legendTop + line * LEGEND_LINE + LEGEND_LINE / 2;
    const group = append(root, "g", {});
    if (text !== name) append(group, "title", {}, name);
    if (sample === "line") {
      append(group, "line", {
        x1: x,
        x2: x + SAMPLE_WIDTH - 8,
        y1: y,
        y2: y,
        stroke: style.stroke,
        "stroke-width": 2.5,
        "stroke-dasharray": style.strokeDasharray,
      });
    } else if (sample === "box") {
      append(group, "rect", { x: x + 4, y: y - 7, width: 14, height: 14, fill: style.stroke });
    } else {
      append(group, "circle", { cx: x + (SAMPLE_WIDTH - 8) / 2, cy: y, r: 3.5, fill: style.stroke, opacity: 0.8 });
    }
    append(group, "text", { x: x + SAMPLE_WIDTH, y: y + 4.5, "font-size": 13, fill: INK.text }, text);
  }

  const width = panelWidth(panels.length);
  for (const [i, panel] of panels.entries()) {
    const { grid = "both", margins = {} } = panel;
    const drawn = plot.plot({
      document,
      className: "panel",
      width,
      height: panel.height ?? PANEL_HEIGHT,
      marginLeft: margins.left ?? 52,
      marginRight: margins.right ?? 10,
      marginTop: margins.top ?? 28,
      marginBottom: margins.bottom ?? 42,
      x: panel.x,
      y: panel.y,
      marks: [
        ...(grid === "none" ? [] : [plot.gridX({ stroke: INK.grid, strokeOpacity: 1, ticks: panel.x.ticks })]),
        ...(grid === "both" ? [plot.gridY({ stroke: INK.grid, strokeOpacity: 1 })] : []),
        ...panel.marks(plot),
      ],
    });
    drawn.querySelector("style")?.remove(); // meant for a page, where it would reach other plots
    drawn.removeAttribute("style");
    drawn.setAttribute("overflow", "visible"); // a tick's label may reach into the padding
    drawn.setAttribute("color", INK.muted);
    drawn.setAttribute("x", String(PADDING + i * (width + PANEL_GAP)));
    drawn.setAttribute("y", String(panelTop));
    drawn.setAttribute("font-family", FONT);
    drawn.setAttribute("font-size", "12");
    root.append(drawn);
  }
  if (theme === "dark") {
    for (const element of root.querySelectorAll("*")) {
      for (const name of ["fill", "stroke", "color"]) {
        const dark = DARK.get(element.getAttribute(name));
        if (dark !== undefined) element.setAttribute(name, dark);
      }
    }
  }
  return new Plot(`${root.outerHTML.toWellFormed().replace(FORBIDDEN, "\ufffd")}\n`, { title });
}
