/**
 * Ranks of functions in cases, worked out once and handed on: every test of mean ranks starts from them. It knows no names
 * and no tests.
 *
 * @module
 */
import { ranks as ranksOf } from "./ranks.ts";
import { checkDirection, checkShape, missingCells, MissingScoresError } from "./scores.ts";
import type { RankingOptions, Scores } from "./scores.ts";

/** Ranks of the functions in each case, 1 for the best. */
export interface CaseRanks {
  /** A row for each case that is complete, in it the rank of each function; equal scores share their average rank. */
  readonly ranks: readonly (readonly number[])[];
  /** The rows of the scores that these are, counted from 0. */
  readonly cases: readonly number[];
  /** The rows that were dropped. */
  readonly dropped: readonly number[];
}

/** The same ranks in one array. */
export interface RankTable {
  /** The ranks, row by row: that of function j in the i-th complete case is `ranks[i * functions + j]`. */
  readonly ranks: Float64Array;
  /** Number of columns. */
  readonly functions: number;
  /** The rows of the scores that are complete, counted from 0. */
  readonly cases: readonly number[];
  /** The rows that were dropped. */
  readonly dropped: readonly number[];
  /** The sum of each column; exact, as ranks are multiples of 1/2. */
  readonly sums: readonly number[];
  /** The mean rank of each function. */
  readonly meanRanks: readonly number[];
}

/**
 * Ranks the functions of each case, 1 for the best. Throws as {@linkcode rankCases}.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { rankTable } from "./rank_table.ts";
 * const { ranks, meanRanks } = rankTable([[0.9, 0.7, 0.9], [0.1, 0.2, 0.3]], { better: "higher" });
 * assertEquals([...ranks], [1.5, 3, 1.5, 3, 2, 1]);
 * assertEquals(meanRanks, [2.25, 2.5, 1.25]);
 * ```
 */
export function rankTable(
  scores: Scores,
  { better, missing = "refuse", functions: least = 3 }: RankingOptions & { readonly functions?: number },
): RankTable {
  checkDirection(better);
  checkShape(scores, { functions: least });
  const cells = missingCells(scores);
  if (cells.length > 0 && missing !== "dropCases") throw new MissingScoresError(cells);
  const out = new Set(cells.map((cell) => cell.case));
  const cases = [...scores.keys()].filter((i) => !out.has(i));
  if (cases.length < 2) {
    throw new RangeError(`Cannot compare functions: expected at least 2 complete cases, got ${cases.length}`);
  }
  const functions = scores[0].length;
  const ranks = new Float64Array(cases.length * functions);
  const sign = better === "higher" ? -1 : 1;
  cases.forEach((row, i) => ranks.set(ranksOf(scores[row].map((score) => sign * score)), i * functions));
  const sums = new Array<number>(functions).fill(0);
  for (let start = 0; start < ranks.length; start += functions) {
    for (let j = 0; j < functions; j++) sums[j] += ranks[start + j];
  }
  return { ranks, functions, cases, dropped: [...out], sums, meanRanks: sums.map((sum) => sum / cases.length) };
}

/** The ranks in the i-th complete case. */
export function ranksOfCase({ ranks, functions }: RankTable, i: number): number[] {
  return [...ranks.subarray(i * functions, (i + 1) * functions)];
}

/**
 * Ranks the functions of each case, 1 for the best.
 *
 * Throws a RangeError for fewer than 2 cases or `functions` columns (default: 3), for rows of different lengths, and for
 * a direction that is neither `"higher"` nor `"lower"`; a {@linkcode MissingScoresError} where scores are missing and
 * not to be dropped.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { rankCases } from "./rank_table.ts";
 * const scores = [[0.9, 0.7, 0.9], [0.5, NaN, 0.6], [0.1, 0.2, 0.3]];
 * assertEquals(rankCases(scores, { better: "higher", missing: "dropCases" }).ranks, [[1.5, 3, 1.5], [3, 2, 1]]);
 * ```
 */
export function rankCases(
  scores: Scores,
  options: RankingOptions & { readonly functions?: number },
): CaseRanks {
  const table = rankTable(scores, options);
  const { cases, dropped } = table;
  return { ranks: cases.map((_, i) => ranksOfCase(table, i)), cases, dropped };
}
