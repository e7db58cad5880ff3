/**
 * How wide a text is, and shorter texts for little room. No font is measured here: the widths are guesses after DejaVu
 * Sans, which is the widest of the common fonts without serifs, so that what fits by them fits in the others too.
 *
 * @module
 */

/** Widths in em; the first class that a character belongs to counts. */
const CLASSES: readonly (readonly [characters: RegExp, width: number])[] = [
  [/\p{M}/u, 0],
  [/[ !'(),./:;[\]\\|·′IJfijlt-]/, 0.37],
  [/[rsz*_?"]/, 0.52],
  [/[mwMW%@…—]/, 0.98],
  [/[⺀-\u{10ffff}]/u, 1.05],
  [/[\p{Lu}+=<>~^#&−±×→≤≥]/u, 0.77],
];
/** The width of lower case, digits, and what else there is. */
const USUAL = 0.62;

/** The width of a text in pixels, at a font size in pixels. */
export function textWidth(text: string, size: number): number {
  const widths = [...text].map((letter) => CLASSES.find(([characters]) => characters.test(letter))?.[1] ?? USUAL);
  return size * widths.reduce((sum, width) => sum + width, 0);
}

/**
 * The text, or where it is wider than `width` pixels, as much of it as fits with an ellipsis, which stands at its end
 * (default) or in its middle.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { shortened } from "./text_width.ts";
 * assertEquals(shortened("relu", { width: 100, size: 12 }), "relu");
 * assertEquals(shortened("a long name", { width: 40, size: 12 }), "a lo…");
 * assertEquals(shortened("a long name", { width: 50, size: 12, cut: "middle" }), "a l…me");
 * ```
 */
export function shortened(text: string, { width, size, cut = "end" }: {
  readonly width: number;
  readonly size: number;
  readonly cut?: "end" | "middle";
}): string {
  if (textWidth(text, size) <= width) return text;
  const letters = [...text];
  const kept = (count: number) => {
    const first = cut === "end" ? count : Math.ceil(count / 2);
    return `${letters.slice(0, first).join("").trimEnd()}…${letters.slice(letters.length - count + first).join("")}`;
  };
  let count = 1; // from below: the text may be a thousand times as wide
  while (count < letters.length - 1 && textWidth(kept(count + 1), size) <= width) count++;
  return kept(count);
}
