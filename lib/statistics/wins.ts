/**
 * Which functions are the best ones of each case. It tests nothing.
 *
 * @module
 */
import { type RankTable, rankTable } from "./rank_table.ts";
import type { RankingOptions, Scores } from "./scores.ts";

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
 * Counts in how many cases each function has the best score. Throws a RangeError as {@linkcode rankTable}.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { wins } from "./wins.ts";
 * const { alone, shared } = wins([[3, 2, 1], [2, 2, 1]], { better: "higher" });
 * assertEquals([alone, shared], [[1, 0, 0], [1, 1, 0]]);
 * ```
 */
export function wins(scores: Scores, options: RankingOptions): Wins {
  return winsOfRanks(rankTable(scores, { ...options, functions: 2 }));
}

/** {@linkcode wins} of ranks that are there. */
export function winsOfRanks({ ranks, functions, cases }: RankTable): Wins {
  const winners = cases.map((_, i) => {
    const row = ranks.subarray(i * functions, (i + 1) * functions);
    const best = row.reduce((least, rank) => Math.min(least, rank));
    return [...row.keys()].filter((column) => row[column] === best);
  });
  const [alone, shared] = [new Array<number>(functions).fill(0), new Array<number>(functions).fill(0)];
  for (const columns of winners) {
    for (const column of columns) (columns.length === 1 ? alone : shared)[column]++;
  }
  return { winners, alone, shared };
}
