/**
 * Scores of functions out of CSV, in the wide form (a row for each case or seed, a column for each function) or the long
 * one (a row for each training).
 *
 * @module
 */
import { CATALOG_NAMES } from "../activation/mod.ts";
import type { ScoreTable } from "../statistics/mod.ts";
import { UserError } from "../user_error.ts";
import {
  checkColumns,
  type CsvLine,
  type CsvSource,
  readCsv,
  readName,
  readScore,
  type ReadScoresOptions,
  readSeed,
} from "./csv_lines.ts";
import { dataNotes } from "./data_notes.ts";
import { seedMeans } from "./seed_means.ts";

/**
 * Reads scores from CSV with a header.
 *
 * Wide: a column `case`, or `network` and `dataset`, or else the first column, names the case (rows are seeds where that
 * is `seed`); a column `dataset` may name its data set; `network`, `formula` and `imageSize` are left alone; every other
 * column but `seed` holds the scores of a function. Long: columns `function` and `score`, and `case`, or `network` and `dataset`. In both a score is the mean over
 * the rows of its case that differ in `seed`; the long form's `partial` names those with fewer seeds than others of their
 * case. An empty field, `NaN` or `NA` is a missing score. Quoted fields are read as RFC 4180 has
 * them; bytes must be UTF-8.
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
export function readScores(content: CsvSource, { source }: ReadScoresOptions): ScoreTable {
  const { header, lines } = readCsv(content, { source });
  const names = header.fields.map((name) => name.toLowerCase());
  const isLong = names.includes("function") && names.includes("score");
  return isLong ? longScores(header, lines, { source }) : wideScores(header, lines, { source });
}

const DATASET = /^data ?-?set$/i;

/** Columns beside the scores that say how they were measured, as `deno task evaluate --csv` names them. */
const METADATA = /^(network|formula|image[ _-]?size)$/i;

/** Which column is which, counted from 0; −1 where there is none. */
interface Columns {
  /** The case's name is made of these. */
  readonly case: readonly number[];
  readonly dataset: number;
  readonly seed: number;
  readonly functions: readonly number[];
  /** What a row is: a seed where nothing else names it. */
  readonly unit: "case" | "seed";
}

/** The case is named by the column `case`, else by network and data set, else by the first column. */
function columnsOf(names: readonly string[]): Columns {
  const find = (pattern: RegExp) => names.findIndex((name) => pattern.test(name));
  const [named, network, dataset] = [/^case$/i, /^network$/i, DATASET].map(find);
  const ofCase = named !== -1 ? [named] : network !== -1 && dataset !== -1 ? [network, dataset] : [0];
  const isCase = (column: number) => ofCase.length === 1 && ofCase[0] === column;
  const seed = find(/^seed$/i);
  const isCommon = (name: string) => DATASET.test(name) || /^(case|seed)$/i.test(name) || METADATA.test(name);
  const functions = [...names.keys()].filter((i) => !ofCase.includes(i) && !isCommon(names[i]));
  return {
    case: ofCase,
    dataset: isCase(dataset) ? -1 : dataset,
    seed: isCase(seed) ? -1 : seed,
    functions,
    unit: isCase(seed) ? "seed" : "case",
  };
}

/** Refuses a first column that holds scores where it should name cases. */
function checkCases(header: CsvLine, lines: readonly CsvLine[], { source }: ReadScoresOptions): void {
  const [first] = header.fields;
  const isFunction = (CATALOG_NAMES as readonly string[]).includes(first.toLowerCase());
  const cells = lines.map(({ fields }) => fields[0]);
  const areScores = cells.every((cell) => cell !== "" && Number.isFinite(Number(cell))) &&
    !cells.every((cell) => Number.isInteger(Number(cell)));
  if (!isFunction && !areScores) return;
  throw new UserError(
    `Cannot read ${source}, line ${header.line}: expected names of cases in the first column, got ` +
      `${isFunction ? `the function "${first}"` : `scores in "${first}"`}; put a column case before it`,
  );
}

/** Refuses a function without a name, and one that stands there twice. */
function checkFunctions(header: CsvLine, columns: readonly number[], { source }: ReadScoresOptions): void {
  const names = header.fields;
  const place = `Cannot read ${source}, line ${header.line}`;
  const unnamed = columns.find((i) => names[i] === "");
  if (unnamed !== undefined) throw new UserError(`${place}: expected a name of column ${unnamed + 1}, got none`);
  const twice = columns.find((column, i) => columns.findIndex((other) => names[other] === names[column]) !== i);
  if (twice !== undefined) throw new UserError(`${place}: expected different functions, got "${names[twice]}" twice`);
}

/** What the rows of both forms have. */
interface CaseRow {
  readonly line: number;
  readonly case: string;
  readonly dataset?: string;
  readonly function?: string;
  readonly seed: string;
}

/** Refuses what stands there twice, unless with another seed, and a case with two data sets. */
function checkRows(rows: readonly CaseRow[], { source }: ReadScoresOptions): void {
  const [seen, datasets] = [new Map<string, number>(), new Map<string, string | undefined>()];
  for (const { line, case: name, function: f, seed, dataset } of rows) {
    const place = `Cannot read ${source}, line ${line}`;
    const key = JSON.stringify([name, f, seed]);
    if (seen.has(key)) {
      const what = f === undefined ? `row of case ${name}` : `score of ${f} in ${name}`;
      throw new UserError(
        `${place}: expected one ${what}${seed && ` with seed ${seed}`}, got another one in line ${seen.get(key)}; ` +
          `a column seed tells trainings apart`,
      );
    }
    seen.set(key, line);
    if (datasets.has(name) && datasets.get(name) !== dataset) {
      throw new UserError(`${place}: expected data set ${datasets.get(name)} of case ${name}, got ${dataset}`);
    }
    datasets.set(name, dataset);
  }
}

interface WideRow extends CaseRow {
  readonly scores: readonly number[];
}

/**
 * Scores out of rows in the wide form: a row for each case, or several that differ in `seed`, over which scores are
 * averaged. Throws a UserError for a first column of scores, for a function without a name or twice, for a row that stands
 * there twice, a case with two data sets or without one, and for what is no score.
 */
function wideScores(header: CsvLine, lines: readonly CsvLine[], options: ReadScoresOptions): ScoreTable {
  const { source } = options;
  const names = header.fields;
  const columns = columnsOf(names);
  if (columns.case.length === 1 && !/^case$/i.test(names[columns.case[0]])) checkCases(header, lines, options);
  checkColumns(
    header,
    names.map((name) => name.toLowerCase()).filter((_, i) => !columns.functions.includes(i)),
    options,
  );
  checkFunctions(header, columns.functions, options);
  const rows = lines.map(({ line, fields }): WideRow => {
    const place = (column: number) => `${source}, line ${line}, column "${names[column]}"`;
    return {
      line,
      case: columns.case.map((column) => {
        const name = readName(fields[column], place(column));
        return columns.unit === "seed" ? readSeed(name) : name;
      }).join(" / "),
      ...columns.dataset !== -1 && { dataset: readName(fields[columns.dataset], place(columns.dataset)) },
      seed: columns.seed === -1 ? "" : readSeed(fields[columns.seed]),
      scores: columns.functions.map((column) => readScore(fields[column], place(column))),
    };
  });
  checkRows(rows, options);
  const functions = columns.functions.map((column) => names[column]);
  const table = columns.seed === -1 ? { first: rows, scores: rows.map(({ scores }) => scores) } : seedMeans(
    rows.flatMap((row) => row.scores.map((score, j) => ({ ...row, function: functions[j], score }))),
  );
  return {
    functions,
    cases: table.first.map((row) => row.case),
    ...columns.dataset !== -1 && { datasets: table.first.map(({ dataset }) => dataset!) },
    scores: table.scores,
    ...columns.unit === "seed" && { unit: columns.unit },
  };
}

interface LongRow extends CaseRow {
  readonly function: string;
  readonly score: number;
  readonly searched: boolean;
  readonly edition?: string;
  readonly split?: string;
}

function longRows(names: readonly string[], lines: readonly CsvLine[], { source }: ReadScoresOptions): LongRow[] {
  const column = (name: string) => names.indexOf(name);
  const [ofCase, network, dataset, seed] = ["case", "network", "dataset", "seed"].map(column);
  if (ofCase === -1 && (network === -1 || dataset === -1)) {
    throw new UserError(
      `Cannot read ${source}: expected a column case, or network and dataset, got ${names.join(", ")}`,
    );
  }
  const named = ofCase === -1 ? [network, dataset] : [ofCase];
  return lines.map(({ line, fields }) => {
    const place = (name: string) => `${source}, line ${line}, column "${name}"`;
    const text = (column: number) => readName(fields[column], place(names[column]));
    return {
      line,
      case: named.map(text).join(" / "),
      ...dataset !== -1 && { dataset: text(dataset) },
      function: text(column("function")),
      seed: seed === -1 ? "" : readSeed(fields[seed]),
      searched: fields[column("searched")] === "true",
      edition: fields[column("edition")],
      split: fields[column("split")],
      score: readScore(fields[column("score")], place("score")),
    };
  });
}

/**
 * Scores out of rows in the long form, the mean over seeds. A score is missing where a case has no row of the function, or
 * one without a score. Throws a UserError for columns that are not there or twice, a row without a name, a score that
 * stands there twice, and a case with two data sets.
 */
function longScores(header: CsvLine, lines: readonly CsvLine[], options: ReadScoresOptions): ScoreTable {
  const names = header.fields.map((name) => name.toLowerCase());
  checkColumns(header, names, options);
  const rows = longRows(names, lines, options);
  checkRows(rows, options);
  const { functions, cases, first, scores, partial } = seedMeans(rows);
  const notes = dataNotes(first.flatMap(({ dataset, ...row }) => dataset === undefined ? [] : [{ dataset, ...row }]));
  return {
    functions,
    cases,
    ...names.includes("dataset") && { datasets: first.map(({ dataset }) => dataset!) },
    scores,
    ...partial.length > 0 && { partial },
    ...first.some(({ searched }) => searched) && { searched: cases.filter((_, i) => first[i].searched) },
    ...notes.length > 0 && { notes },
  };
}
