/**
 * Which functions are the best ones of each case. It tests nothing.
 *
 * @module
 */
import { rankCases, type RankingOptions, type Scores } from "./scores.ts";

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
 * Counts in how many cases each function has the best score. Throws a RangeError as {@linkcode rankCases}.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { wins } from "./wins.ts";
 * const { alone, shared } = wins([[3, 2, 1], [2, 2, 1]], { better: "higher" });
 * assertEquals([alone, shared], [[1, 0, 0], [1, 1, 0]]);
 * ```
 */
export function wins(scores: Scores, options: RankingOptions): Wins {
  const { ranks } = rankCases(scores, { ...options, functions: 2 });
  const winners = ranks.map((row) => {
    const best = Math.min(...row);
    return [...row.keys()].filter((column) => row[column] === best);
  });
  const [alone, shared] = [ranks[0].map(() => 0), ranks[0].map(() => 0)];
  for (const columns of winners) {
    for (const column of columns) (columns.length === 1 ? alone : shared)[column]++;
  }
  return { winners, alone, shared };
}
