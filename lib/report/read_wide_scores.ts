/**
 * The wide form of scores: a row for each case, or for each seed of a case, with a column for each function. It does not
 * read CSV itself.
 *
 * @module
 */
import { CATALOG_NAMES } from "../activation/mod.ts";
import type { ScoreTable } from "../statistics/mod.ts";
import { UserError } from "../user_error.ts";
import { type CsvLine, readName, readScore, type ReadScoresOptions } from "./csv_lines.ts";
import { seedMeans } from "./seed_means.ts";

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
  const functions = [...names.keys()].filter((i) =>
    !ofCase.includes(i) && i !== dataset && i !== seed && !METADATA.test(names[i])
  );
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

interface Row {
  readonly line: number;
  readonly case: string;
  readonly dataset?: string;
  readonly seed: string;
  readonly scores: readonly number[];
}

/** Refuses a case that stands there twice, unless with another seed, and a case with two data sets. */
function checkRows(rows: readonly Row[], { source }: ReadScoresOptions): void {
  const [seen, datasets] = [new Map<string, number>(), new Map<string, string | undefined>()];
  for (const { line, case: name, seed, dataset } of rows) {
    const key = JSON.stringify([name, seed]);
    const place = `Cannot read ${source}, line ${line}`;
    if (seen.has(key)) {
      throw new UserError(
        `${place}: expected one row of case ${name}${seed && ` with seed ${seed}`}, got another one in line ` +
          `${seen.get(key)}; a column seed tells trainings apart`,
      );
    }
    seen.set(key, line);
    if (datasets.has(name) && datasets.get(name) !== dataset) {
      throw new UserError(`${place}: expected data set ${datasets.get(name)} of case ${name}, got ${dataset}`);
    }
    datasets.set(name, dataset);
  }
}

/**
 * Scores out of rows in the wide form: a row for each case, or several that differ in `seed`, over which scores are
 * averaged. Throws a UserError for a first column of scores, for a function without a name or twice, for a row that stands
 * there twice, a case with two data sets or without one, and for what is no score.
 */
export function wideScores(header: CsvLine, lines: readonly CsvLine[], options: ReadScoresOptions): ScoreTable {
  const { source } = options;
  const names = header.fields;
  const columns = columnsOf(names);
  if (columns.case.length === 1 && !/^case$/i.test(names[columns.case[0]])) checkCases(header, lines, options);
  checkFunctions(header, columns.functions, options);
  const rows = lines.map(({ line, fields }): Row => {
    const place = (column: number) => `${source}, line ${line}, column "${names[column]}"`;
    return {
      line,
      case: columns.case.map((column) => readName(fields[column], place(column))).join(" / "),
      ...columns.dataset !== -1 && { dataset: readName(fields[columns.dataset], place(columns.dataset)) },
      seed: columns.seed === -1 ? "" : fields[columns.seed],
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
