/**
 * Which functions are the best ones of each case.
 *
 * @module
 */
import type { Ranks } from "./rank_cases.ts";

/** What {@linkcode wins} returns. */
export interface Wins {
  /** For each complete case the columns of its best functions: more than one where the best score is shared. */
  readonly winners: readonly (readonly number[])[];
  /** For each function the number of cases in which it alone is the best. */
  readonly alone: readonly number[];
  /** For each function the number of cases in which it shares the best score. */
  readonly shared: readonly number[];
}

/**
 * Counts in how many cases each function has the best score.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { wins } from "./wins.ts";
 * const { alone, shared } = wins([[1, 2, 3], [1.5, 1.5, 3]]);
 * assertEquals([alone, shared], [[1, 0, 0], [1, 1, 0]]);
 * ```
 */
export function wins(ranks: Ranks): Wins {
  const winners = ranks.map((row) => [...row.keys()].filter((column) => row[column] === Math.min(...row)));
  const count = (column: number, isCounted: (columns: readonly number[]) => boolean) =>
    winners.filter((columns) => columns.includes(column) && isCounted(columns)).length;
  const columns = [...(ranks[0] ?? []).keys()];
  return {
    winners,
    alone: columns.map((column) => count(column, ({ length }) => length === 1)),
    shared: columns.map((column) => count(column, ({ length }) => length > 1)),
  };
}
