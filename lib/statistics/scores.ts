/**
 * Scores of functions in cases: rows are cases, columns are functions.
 *
 * @module
 */

/** Scores: a row for each case, in it a number for each function; NaN where there is none. */
export type Scores = readonly (readonly number[])[];

/** Which scores are the better ones. */
export type Better = "higher" | "lower";

/** The place of a score, counted from 0. */
export interface Cell {
  /** Its row. */
  readonly case: number;
  /** Its column. */
  readonly function: number;
}

/** A score that is the mean over fewer seeds than its case has. */
export interface PartialScore {
  /** The name of the case. */
  readonly case: string;
  /** The name of the function. */
  readonly function: string;
  /** Over how many seeds it is the mean. */
  readonly seeds: number;
  /** How many seeds any function has there. */
  readonly of: number;
}

/** Scores with names. */
export interface ScoreTable {
  /** The names of the columns. */
  readonly functions: readonly string[];
  /** The names of the rows. */
  readonly cases: readonly string[];
  /** The data set of each row, where it is known. */
  readonly datasets?: readonly string[];
  /** A row for each case, in it the score of each function; NaN where there is none. */
  readonly scores: Scores;
  /** Scores that are means over fewer seeds than others of their case. */
  readonly partial?: readonly PartialScore[];
  /** The names of the cases on whose data a search had found one of the functions (default: none). */
  readonly searched?: readonly string[];
  /** What is to be known of the data, sentences without a full stop (default: none). */
  readonly notes?: readonly string[];
  /** What a row is: a case, or one of several trainings of the same network on the same data (default: `"case"`). */
  readonly unit?: "case" | "seed";
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
  return scores.flatMap((row, i) => row.flatMap((score, j) => Number.isNaN(score) ? [{ case: i, function: j }] : []));
}

/** Throws a RangeError for names that do not fit the scores. */
export function checkNames({ functions, cases, datasets = cases, scores }: ScoreTable): void {
  if (cases.length !== scores.length) {
    throw new RangeError(`Cannot compare functions: expected names of ${scores.length} cases, got ${cases.length}`);
  }
  const columns = scores[0]?.length ?? 0;
  if (functions.length !== columns) {
    throw new RangeError(`Cannot compare functions: expected names of ${columns} functions, got ${functions.length}`);
  }
  if (datasets.length !== cases.length) {
    throw new RangeError(`Cannot compare functions: expected ${cases.length} data sets, got ${datasets.length}`);
  }
  const twice = functions.find((name, i) => functions.indexOf(name) !== i);
  if (twice !== undefined) {
    throw new RangeError(`Cannot compare functions: expected different names, got "${twice}" twice`);
  }
}
