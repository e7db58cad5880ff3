/**
 * How wide a text is, and shorter texts for little room. No font is measured here: the widths are generous guesses, so
 * that what fits by them fits in any common font without serifs.
 *
 * @module
 */

/** The width of a text in pixels, at a font size in pixels. */
export function textWidth(text: string, size: number): number {
  return [...text].length * size * 0.54;
}

/**
 * The text, or its beginning with an ellipsis where it is wider than `width` pixels.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { shortened } from "./labels.ts";
 * assertEquals(shortened("relu", { width: 100, size: 12 }), "relu");
 * assertEquals(shortened("a long name", { width: 40, size: 12 }), "a lon…");
 * ```
 */
export function shortened(text: string, { width, size }: { readonly width: number; readonly size: number }): string {
  const letters = [...text];
  const most = Math.max(2, Math.floor(width / textWidth("x", size)));
  return letters.length <= most ? text : `${letters.slice(0, most - 1).join("").trimEnd()}…`;
}
