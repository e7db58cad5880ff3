/**
 * Scores of functions in cases, as a matrix: rows = cases, columns = functions. It checks them, finds the missing ones,
 * and ranks the functions of each case. It knows no names and no tests.
 *
 * @module
 */
import { ranks } from "./ranks.ts";

/** Scores: a row for each case, in it a number for each function; NaN where there is none. */
export type Scores = readonly (readonly number[])[];

/** Which scores are the better ones. */
export type Better = "higher" | "lower";

/** What is said of every matrix of scores. */
export interface RankingOptions {
  /** Which scores are the better ones. */
  readonly better: Better;
  /** What to do about cases in which a function has no score (default: `"refuse"`, an error that lists the cells). */
  readonly missing?: "refuse" | "dropCases";
}

/** The place of a score, counted from 0. */
export interface Cell {
  /** Its row. */
  readonly case: number;
  /** Its column. */
  readonly function: number;
}

/** Ranks of the functions in each case, 1 for the best. */
export interface CaseRanks {
  /** A row for each case that is complete, in it the rank of each function; equal scores share their average rank. */
  readonly ranks: readonly (readonly number[])[];
  /** The rows of the scores that these are, counted from 0. */
  readonly cases: readonly number[];
  /** The rows that were dropped. */
  readonly dropped: readonly number[];
}

/** The error for scores that are not there. */
export class MissingScoresError extends RangeError {
  /** `"MissingScoresError"`. */
  override name = "MissingScoresError";

  /** `describe` names a cell in the message, which lists at most 50 of them. */
  constructor(
    /** All of them. */
    readonly cells: readonly Cell[],
    describe: (cell: Cell) => string = (cell) => `row ${cell.case}, column ${cell.function}`,
  ) {
    const listed = cells.slice(0, 50).map(describe).join("; ");
    const more = cells.length > 50 ? `; and ${cells.length - 50} more` : "";
    super(
      `Cannot compare functions: expected a score in every cell, got none in ${cells.length} of them (${listed}${more}); ` +
        `fill them, or drop their cases (missing: "dropCases", on the command line --missing drop)`,
    );
  }
}

/** The cells without a score. */
export function missingCells(scores: Scores): Cell[] {
  return scores.flatMap((row, i) =>
    [...row.keys()].filter((j) => Number.isNaN(row[j])).map((j) => ({ case: i, function: j }))
  );
}

/** Makes sure of a matrix with enough columns. */
function checkShape(scores: Scores, { functions }: { functions: number }): void {
  const columns = scores[0]?.length ?? 0;
  const ragged = scores.findIndex((row) => row.length !== columns);
  if (ragged !== -1) {
    throw new RangeError(
      `Cannot compare functions: expected ${columns} scores in every row, got ${
        scores[ragged].length
      } in row ${ragged}`,
    );
  }
  if (columns < functions) {
    throw new RangeError(
      `Cannot compare functions: expected at least ${functions} columns, got ${columns}` +
        (functions > 2 && columns === 2 ? "; two are compared by wilcoxonSignedRank" : ""),
    );
  }
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
 * import { rankCases } from "./scores.ts";
 * const scores = [[0.9, 0.7, 0.9], [0.5, NaN, 0.6], [0.1, 0.2, 0.3]];
 * assertEquals(rankCases(scores, { better: "higher", missing: "dropCases" }).ranks, [[1.5, 3, 1.5], [3, 2, 1]]);
 * ```
 */
export function rankCases(
  scores: Scores,
  { better, missing = "refuse", functions = 3 }: RankingOptions & { readonly functions?: number },
): CaseRanks {
  if (better !== "higher" && better !== "lower") {
    throw new RangeError(`Cannot rank: expected better to be "higher" or "lower", got ${better}`);
  }
  checkShape(scores, { functions });
  const cells = missingCells(scores);
  if (cells.length > 0 && missing !== "dropCases") throw new MissingScoresError(cells);
  const dropped = [...new Set(cells.map((cell) => cell.case))];
  const out = new Set(dropped);
  const cases = [...scores.keys()].filter((i) => !out.has(i));
  if (cases.length < 2) {
    throw new RangeError(`Cannot compare functions: expected at least 2 complete cases, got ${cases.length}`);
  }
  const sign = better === "higher" ? -1 : 1;
  return { ranks: cases.map((i) => ranks(scores[i].map((score) => sign * score))), cases, dropped };
}

/** The sum of each column; of ranks it is exact. */
export function columnSums(rows: readonly (readonly number[])[]): number[] {
  const sums = new Array<number>(rows[0].length).fill(0);
  for (const row of rows) row.forEach((value, j) => sums[j] += value);
  return sums;
}

/** The mean of each column. */
export function columnMeans(rows: readonly (readonly number[])[]): number[] {
  return columnSums(rows).map((sum) => sum / rows.length);
}
