/**
 * Scores of functions out of CSV, in the wide form (a row for each case or seed, a column for each function) or the long
 * one (a row for each training). It knows nothing of files, nor of tests.
 *
 * @module
 */
import type { ScoreTable } from "../statistics/mod.ts";
import { UserError } from "../user_error.ts";
import { readCsvLines, type ReadScoresOptions } from "./csv_lines.ts";
import { longScores } from "./read_long_scores.ts";
import { wideScores } from "./read_wide_scores.ts";

/**
 * Reads scores from CSV with a header.
 *
 * Wide: a column `case`, or `network` and `dataset`, or else the first column, names the case (rows are seeds where that is `seed`); a column
 * `dataset` may name its data set; `network`, `formula` and `imageSize` are left alone; every other column but `seed` holds the scores of a
 * function. Long: columns `function` and `score`, and `case`, or `network` and `dataset`. In both a score is the mean over
 * the rows of its case that differ in `seed`; the long form's `partial` names those with fewer seeds than others of their
 * case. An empty field, `NaN` or `NA` is a missing score. Quoted fields are read as RFC 4180 has them.
 *
 * Throws a UserError that names the source, the line, and what was expected there.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { readScores } from "./read_scores.ts";
 * const { functions, scores } = readScores('case,relu,"max(x,0.1x)"\nphi,0.9,0.91\n', { source: "scores.csv" });
 * assertEquals([functions, scores], [["relu", "max(x,0.1x)"], [[0.9, 0.91]]]);
 * ```
 */
export function readScores(text: string, { source }: ReadScoresOptions): ScoreTable {
  const [header, ...lines] = readCsvLines(text, { source });
  if (header === undefined || lines.length === 0) {
    throw new UserError(
      `Cannot read ${source}: expected a header and a line for each case, got ${header ? "a header" : "nothing"}`,
    );
  }
  if (header.fields.length < 2) {
    const hint = /[;\t]/.test(header.fields[0]) ? "; separate them by commas" : "";
    throw new UserError(
      `Cannot read ${source}, line ${header.line}: expected columns separated by commas, got one${hint}`,
    );
  }
  const ragged = lines.find(({ fields }) => fields.length !== header.fields.length);
  if (ragged !== undefined) {
    throw new UserError(
      `Cannot read ${source}, line ${ragged.line}: expected ${header.fields.length} fields as in the header, got ${ragged.fields.length}`,
    );
  }
  const names = header.fields.map((name) => name.toLowerCase());
  const isLong = names.includes("function") && names.includes("score");
  return isLong ? longScores(names, lines, { source }) : wideScores(header, lines, { source });
}
