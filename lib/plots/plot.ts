/**
 * A plot: what every plot function gives. It shows itself in a notebook, and writes itself to a file.
 *
 * Jupyter shows no SVG of a notebook that it does not trust, such as one from somebody else; the bundle holds a PNG
 * too. That is drawn by resvg with DejaVu Sans, both from npm: it needs no fonts of the machine, and is the same to the
 * byte everywhere. It is light: what shows it cannot tell it about the page, and its card has a background of its own.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { UserError } from "../user_error.ts";

/** The key under which the Deno kernel looks for the contents to show, by MIME type. */
export const JUPYTER_DISPLAY: unique symbol = Symbol.for("Jupyter.display");

const FONTS = ["DejaVuSans.ttf", "DejaVuSans-Bold.ttf"];
/** Pixels of the PNG to one of the plot: sharp on screens of high density too. */
const SCALE = 2;

type Draw = (svg: string) => Uint8Array<ArrayBuffer>;

async function loadDraw(): Promise<Draw> {
  const { initWasm, Resvg } = await import("@resvg/resvg-wasm");
  const { resolve } = createRequire(import.meta.url);
  await initWasm(await Deno.readFile(resolve("@resvg/resvg-wasm/index_bg.wasm")));
  const fontBuffers = await Promise.all(FONTS.map((name) => Deno.readFile(resolve(`dejavu-fonts-ttf/ttf/${name}`))));
  return (svg) => {
    const drawing = new Resvg(svg, {
      fitTo: { mode: "zoom", value: SCALE },
      font: { fontBuffers, defaultFontFamily: "DejaVu Sans", sansSerifFamily: "DejaVu Sans" },
    });
    const image = drawing.render();
    const png = new Uint8Array(image.asPng());
    image.free();
    drawing.free();
    return png;
  };
}

/** The SVG as wide as its place, but in a page not wider than it was drawn. */
function withoutSize(svg: string): string {
  return svg.replace(/^<svg[^>]*>/, (root) => {
    const width = / width="([\d.]+)"/.exec(root)?.[1];
    return root.replace(/ (width|height)="[\d.]+"/g, "")
      .replace("max-width: 100%", `width: 100%; max-width: ${width}px`);
  });
}

/** resvg can be initialised once only. */
let draw: Promise<Draw> | undefined;

/**
 * A drawn plot.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { curvesPlot } from "./curves_plot.ts";
 * const plot = await curvesPlot(["relu", "x * tanh(x)"], { title: "Two functions" });
 * assertEquals(plot.svg.slice(0, 4), "<svg");
 * assertEquals(`${plot}`, plot.svg);
 * ```
 */
export class Plot {
  /** The plot as SVG text. */
  readonly svg: string;
  /** What stands in its place where no picture can be shown. */
  readonly text: string;

  /** A plot of SVG text. */
  constructor(svg: string, { title }: { readonly title?: string } = {}) {
    this.svg = svg;
    this.text = title === undefined ? "(a plot)" : `(a plot: ${title})`;
  }

  /** Its width in pixels. */
  get width(): number {
    return Number(/^<svg[^>]* width="([\d.]+)"/.exec(this.svg)?.[1]);
  }

  /** The SVG text. */
  toString(): string {
    return this.svg;
  }

  /** The plot as a PNG of twice its size, on a light background unless its theme is `dark`. */
  async png(): Promise<Uint8Array<ArrayBuffer>> {
    draw ??= loadDraw();
    // resvg knows no media queries and would take the dark colours for all
    return (await draw)(this.svg.replace(/<style>.*?<\/style>/s, ""));
  }

  /** Writes the plot as the ending of the path says, `.svg` or `.png`, and makes its folder where there is none. */
  async save(path: string): Promise<void> {
    const ending = /\.(svg|png)$/i.exec(path)?.[1].toLowerCase();
    if (ending === undefined) {
      throw new UserError(`Cannot save a plot: expected a file that ends in .svg or .png but got ${path}`);
    }
    await Deno.mkdir(dirname(path), { recursive: true });
    if (ending === "svg") await Deno.writeTextFile(path, this.svg);
    else await Deno.writeFile(path, await this.png());
  }

  /**
   * The contents by MIME type; a notebook shows the richest that it can and may. The SVG has no size: JupyterLab, which
   * never makes a picture narrower that has one, fits it to the window.
   */
  async [JUPYTER_DISPLAY](): Promise<Record<string, string>> {
    const png = Buffer.from(await this.png()).toString("base64");
    return { "image/svg+xml": withoutSize(this.svg), "image/png": png, "text/plain": this.text };
  }
}
