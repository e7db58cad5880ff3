/**
 * Ranks of the functions in each case, from which all tests of mean ranks start.
 *
 * @module
 */
import { ranks as ranksOf } from "./ranks.ts";
import { type Better, missingCells, MissingScoresError, type Scores } from "./scores.ts";

/** Ranks of functions in cases: a row for each case, in it the rank of each function, 1 for the best. */
export type Ranks = readonly (readonly number[])[];

/** Options of {@linkcode rankCases}. */
export interface RankingOptions {
  /** Which scores are the better ones. */
  readonly better: Better;
  /** What to do about cases in which a function has no score (default: `"refuse"`, an error that lists the cells). */
  readonly missing?: "refuse" | "dropCases";
}

/** What {@linkcode rankCases} returns. */
export interface CaseRanks {
  /** A row for each case that is complete, in it the rank of each function; equal scores share their average rank. */
  readonly ranks: Ranks;
  /** The rows of the scores that these are, counted from 0. */
  readonly cases: readonly number[];
  /** The rows that were dropped. */
  readonly dropped: readonly number[];
}

/**
 * Ranks the functions of each case, 1 for the best.
 *
 * Throws a RangeError for fewer than 2 complete cases or 2 functions, for rows of different lengths, and for a direction
 * that is neither `"higher"` nor `"lower"`; a {@linkcode MissingScoresError} where scores are missing and not to be dropped.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { rankCases } from "./rank_cases.ts";
 * const scores = [[0.9, 0.7, 0.9], [0.5, NaN, 0.6], [0.1, 0.2, 0.3]];
 * assertEquals(rankCases(scores, { better: "higher", missing: "dropCases" }).ranks, [[1.5, 3, 1.5], [3, 2, 1]]);
 * ```
 */
export function rankCases(scores: Scores, { better, missing = "refuse" }: RankingOptions): CaseRanks {
  if (better !== "higher" && better !== "lower") {
    throw new RangeError(`Cannot rank: expected better to be "higher" or "lower", got ${better}`);
  }
  checkShape(scores, { cases: 1, functions: 2 });
  const cells = missingCells(scores);
  if (cells.length > 0 && missing !== "dropCases") throw new MissingScoresError(cells);
  const dropped = [...new Set(cells.map((cell) => cell.case))];
  const cases = [...scores.keys()].filter((row) => !dropped.includes(row));
  if (cases.length < 2) {
    throw new RangeError(`Cannot compare functions: expected at least 2 complete cases, got ${cases.length}`);
  }
  const sign = better === "higher" ? -1 : 1;
  return { ranks: cases.map((row) => ranksOf(scores[row].map((score) => sign * score))), cases, dropped };
}

function checkShape(rows: Ranks, least: { readonly cases: number; readonly functions: number }): void {
  const functions = rows[0]?.length ?? 0;
  const ragged = rows.findIndex((row) => row.length !== functions);
  if (ragged !== -1) {
    throw new RangeError(
      `Cannot compare functions: expected ${functions} numbers in every row, got ${
        rows[ragged].length
      } in row ${ragged}`,
    );
  }
  if (functions < least.functions) {
    const hint = functions === 2 ? "; wilcoxonSignedRank compares two" : "";
    throw new RangeError(
      `Cannot compare functions: expected at least ${least.functions} columns, got ${functions}${hint}`,
    );
  }
  if (rows.length < least.cases) {
    throw new RangeError(`Cannot compare functions: expected at least ${least.cases} rows, got ${rows.length}`);
  }
}

/**
 * The mean rank of each function; exact up to the division, as ranks are multiples of 1/2.
 *
 * Throws a RangeError for fewer than 2 cases or `functions` columns, and for rows that are no ranks, such as scores.
 */
export function meanRanks(ranks: Ranks, { functions = 2 }: { readonly functions?: number } = {}): number[] {
  checkShape(ranks, { cases: 2, functions });
  const count = ranks[0].length;
  const wrong = ranks.find((row) => row.reduce((sum, rank) => sum + rank, 0) !== (count * (count + 1)) / 2);
  if (wrong !== undefined) {
    throw new RangeError(
      `Cannot compare functions: expected the ranks 1 to ${count} in every row, got ${wrong.join(", ")}; ` +
        `rank scores by rankCases`,
    );
  }
  return ranks[0].map((_, j) => ranks.reduce((sum, row) => sum + row[j], 0) / ranks.length);
}
