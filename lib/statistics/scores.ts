/**
 * Scores of functions in cases, as a matrix: rows = cases, columns = functions. It checks them and finds the missing ones.
 * It knows no ranks, no names and no tests.
 *
 * @module
 */

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
  const cells: Cell[] = [];
  scores.forEach((row, i) => {
    for (let j = 0; j < row.length; j++) if (Number.isNaN(row[j])) cells.push({ case: i, function: j });
  });
  return cells;
}

/** Makes sure of a direction. Throws a RangeError for what is neither `"higher"` nor `"lower"`. */
export function checkDirection(better: Better): void {
  if (better !== "higher" && better !== "lower") {
    throw new RangeError(`Cannot rank: expected better to be "higher" or "lower", got ${better}`);
  }
}

/** Makes sure of a matrix with enough columns. Throws a RangeError for rows of different lengths, and for too few columns. */
export function checkShape(scores: Scores, { functions }: { readonly functions: number }): void {
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
        (functions > 2 && columns === 2 ? "; two are compared by Wilcoxon's signed-rank test" : ""),
    );
  }
}
