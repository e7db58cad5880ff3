/**
 * The word that was probably meant.
 *
 * @module
 */

/** Number of letters to insert, delete or replace, or neighbours to swap, to make one word of the other. */
function distance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = rows[i - 1][j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
        ? rows[i - 2][j - 2] + 1
        : Infinity;
      row.push(Math.min(rows[i - 1][j] + 1, row[j - 1] + 1, replaced, swapped));
    }
    rows.push(row);
  }
  return rows[a.length][b.length];
}

/**
 * The word of the list that is closest to `word`, where one is close: at most a third of its letters, and at least one,
 * may differ; or else the only one that begins with `word`. Capitals and small letters are the same.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * assertEquals(closest("sed", ["seed", "workers"]), "seed");
 * ```
 */
export function closest(word: string, words: readonly string[]): string | undefined {
  const near = words
    .map((candidate) => ({ candidate, letters: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ candidate, letters }) => letters <= Math.max(1, Math.floor(candidate.length / 3)))
    .sort((a, b) => a.letters - b.letters);
  if (near.length > 0) return near[0].candidate;
  const begun = words.filter((candidate) => word.length > 1 && candidate.toLowerCase().startsWith(word.toLowerCase()));
  return begun.length === 1 ? begun[0] : undefined;
}

/**
 * `; did you mean seed?`, to be put at the end of an error; nothing where no word is close.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * assertEquals(didYouMean("sed", ["seed", "workers"]), "; did you mean seed?");
 * assertEquals(didYouMean("json", ["seed", "workers"]), "");
 * ```
 */
export function didYouMean(word: string, words: readonly string[]): string {
  const meant = closest(word, words);
  return meant === undefined || meant === word ? "" : `; did you mean ${meant}?`;
}
