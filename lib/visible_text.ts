/**
 * Text that can be shown safely: names come from files, and may hold what moves a terminal's cursor or turns a line round.
 *
 * @module
 */

/** Control characters, marks that change the direction of text or are invisible, line separators, halves of surrogates. */
const HIDDEN =
  // deno-lint-ignore no-control-regex
  /[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/**
 * The text on one line, with every character escaped that would not be seen as one.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { visibleText } from "./visible_text.ts";
 * assertEquals(visibleText("relu\u001b[2J\u202e"), "relu\\x1b[2J\\u202e");
 * ```
 */
export function visibleText(text: string): string {
  return text.replace(/\s*[\n\r]\s*|\t/g, " ").replace(HIDDEN, (character) => {
    const code = character.charCodeAt(0).toString(16);
    return code.length > 2 ? `\\u${code.padStart(4, "0")}` : `\\x${code.padStart(2, "0")}`;
  });
}

/** As {@linkcode visibleText}, with the text's lines kept. */
export function visibleLines(text: string): string {
  return text.split(/(\r?\n)/).map((part, i) => i % 2 === 0 ? visibleText(part) : part).join("");
}

/** JSON with the same characters escaped, also those that JSON may leave as they are. */
export function visibleJson(value: unknown, replacer?: (key: string, value: unknown) => unknown): string {
  return JSON.stringify(value, replacer, 2).replace(
    HIDDEN,
    (character) => character === "\n" ? character : `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
