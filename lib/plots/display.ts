/**
 * Objects that show themselves in a Jupyter notebook when they are the last value of a cell. It knows nothing of
 * plots and tables, and nothing of the kernel.
 *
 * @module
 */

/** The key under which the Deno kernel looks for the contents to show, by MIME type. */
export const JUPYTER_DISPLAY: unique symbol = Symbol.for("Jupyter.display");

/** An object with a rich view in a notebook. */
export interface Display {
  /** The contents by MIME type; a front end takes the richest it can show. */
  [JUPYTER_DISPLAY](): Record<string, string>;
}

/** Shows SVG text as a picture; `text` is for front ends without pictures. */
export function svgDisplay(svg: string, { text = "(a plot)" }: { readonly text?: string } = {}): Display {
  return { [JUPYTER_DISPLAY]: () => ({ "image/svg+xml": svg, "text/plain": text }) };
}

/** Shows HTML; `text` is for front ends without it. */
export function htmlDisplay(html: string, { text = "(a table)" }: { readonly text?: string } = {}): Display {
  return { [JUPYTER_DISPLAY]: () => ({ "text/html": html, "text/plain": text }) };
}
