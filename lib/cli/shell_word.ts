/**
 * Words of commands that are printed to be typed.
 *
 * @module
 */

/**
 * The text as one word of a shell's command line, in quotes where it needs them.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { shellWord } from "./shell_word.ts";
 * assertEquals(["search-1", "my study", "it's"].map(shellWord), ["search-1", "'my study'", "'it'\\''s'"]);
 * ```
 */
export function shellWord(text: string): string {
  return /^[\p{L}\p{N}\p{M}_.,:/@%+=-]+$/u.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
