/**
 * Scores of functions in cases with their names. It compares nothing.
 *
 * @module
 */
import { missingCells, MissingScoresError, type RankingOptions, type Scores } from "./scores.ts";

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
  /** What a row is: a case, or one of several trainings of the same network on the same data (default: `"case"`). */
  readonly unit?: "case" | "seed";
}

/**
 * Makes sure that names fit the scores, and that no score is missing unless its case is to be dropped. Throws a RangeError,
 * and a {@linkcode MissingScoresError} that names the cells.
 */
export function checkTable(
  { functions, cases, datasets, scores }: ScoreTable,
  { missing }: Pick<RankingOptions, "missing">,
): void {
  const lengths = [["cases", cases.length, scores.length], [
    "functions",
    functions.length,
    scores[0]?.length ?? 0,
  ]] as const;
  for (const [what, named, given] of lengths) {
    if (named !== given) {
      throw new RangeError(`Cannot compare functions: expected names of ${given} ${what}, got ${named}`);
    }
  }
  if (datasets !== undefined && datasets.length !== cases.length) {
    throw new RangeError(`Cannot compare functions: expected ${cases.length} data sets, got ${datasets.length}`);
  }
  const twice = functions.find((name, i) => functions.indexOf(name) !== i);
  if (twice !== undefined) {
    throw new RangeError(`Cannot compare functions: expected different names, got "${twice}" twice`);
  }
  const cells = missingCells(scores);
  if (cells.length > 0 && missing !== "dropCases") {
    throw new MissingScoresError(cells, (cell) => `${functions[cell.function]} in ${cases[cell.case]}`);
  }
}
