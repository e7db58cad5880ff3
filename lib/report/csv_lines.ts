/**
 * Tables of comma-separated values: a header and lines, and the numbers and names in their fields.
 *
 * @module
 */
// @ts-types="./csv_parse.d.ts"
import { CsvError, parse } from "csv-parse/sync";
import { UserError } from "../user_error.ts";

/** A line of CSV: its number in the file, and its fields. */
export interface CsvLine {
  /** The number of the line on which it ends, counted from 1. */
  readonly line: number;
  /** Its fields, without surrounding spaces. */
  readonly fields: readonly string[];
}

/** The content of a file: bytes, which are taken for UTF-8, or text. */
export type CsvSource = string | Uint8Array;

/** Options for reading scores. */
export interface ReadScoresOptions {
  /** What errors call the text: the file's name. */
  readonly source: string;
}

function decode(content: CsvSource, { source }: ReadScoresOptions): string {
  const refuse = () =>
    new UserError(
      `Cannot read ${source}: expected UTF-8 text, got bytes that are not UTF-8 (UTF-16 or Latin-1, perhaps); ` +
        `save it as CSV in UTF-8`,
    );
  let text;
  try {
    text = typeof content === "string" ? content : new TextDecoder("utf-8", { fatal: true }).decode(content);
  } catch {
    throw refuse();
  }
  if (text.includes("\0")) throw refuse(); // UTF-16 without a mark has a NUL beside each ASCII letter
  return text;
}

/** Splits into lines, however they end; those without a field that says something are left out. */
function parseLines(text: string, { source }: ReadScoresOptions): CsvLine[] {
  try {
    return parse(text, {
      bom: true,
      info: true,
      record_delimiter: ["\r\n", "\n", "\r"],
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      trim: true,
    }).map(({ info, record }) => ({ line: info.lines, fields: record }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = error.lines === undefined ? "" : `, line ${error.lines}`;
    throw new UserError(`Cannot read ${source}${line}: expected comma-separated values, got this: ${error.message}`);
  }
}

/** Without the empty fields at the right that spreadsheets leave in the header and in lines. */
function withoutEmptyColumns([header, ...lines]: readonly CsvLine[]): CsvLine[] {
  const filled = ({ fields }: CsvLine) => fields.findLastIndex((field) => field !== "") + 1;
  // A line may end with scores that are missing, but a column without a name must be empty in all lines.
  const width = Math.min(header.fields.length, Math.max(filled(header), ...lines.map(filled)));
  return [header, ...lines].map((line) => ({ ...line, fields: line.fields.slice(0, Math.max(width, filled(line))) }));
}

/**
 * Reads comma-separated values (RFC 4180, in UTF-8) with a header of at least two columns and at least one line; empty
 * lines, and empty columns at the right, are left out. Throws a UserError that names the source and the line.
 */
export function readCsv(content: CsvSource, { source }: ReadScoresOptions): { header: CsvLine; lines: CsvLine[] } {
  const [header, ...lines] = parseLines(decode(content, { source }), { source });
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
  const [first, ...others] = withoutEmptyColumns([header, ...lines]);
  const ragged = others.find(({ fields }) => fields.length !== first.fields.length);
  if (ragged !== undefined) {
    throw new UserError(
      `Cannot read ${source}, line ${ragged.line}: expected ${first.fields.length} fields as in the header, got ${ragged.fields.length}`,
    );
  }
  return { header: first, lines: others };
}

/** Throws a UserError for a name that two of these columns have. */
export function checkColumns(header: CsvLine, names: readonly string[], { source }: ReadScoresOptions): void {
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) {
    throw new UserError(`Cannot read ${source}, line ${header.line}: expected different columns, got "${twice}" twice`);
  }
}

/** Texts that stand for a score that is not there. */
const MISSING = /^(|nan|na|null|none)$/i;

/** Reads a score, NaN for a missing one. Throws a UserError for anything else that is no finite number. */
export function readScore(text: string, place: string): number {
  if (MISSING.test(text)) return NaN;
  if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) && Number.isFinite(Number(text))) return Number(text);
  throw new UserError(
    `Cannot read ${place}: expected a number, or nothing where there is none, got ${JSON.stringify(text)}`,
  );
}

/** Reads the name of a case, a data set or a function. Throws a UserError for an empty one. */
export function readName(text: string, place: string): string {
  if (text === "") throw new UserError(`Cannot read ${place}: expected a name, got nothing`);
  return text;
}

/** Reads a seed: integers by their value, so that 1, 01 and a spreadsheet's 1.0 are one; other texts as they are. */
export function readSeed(text: string): string {
  return /^[+-]?\d+(\.0*)?$/.test(text) && Number.isSafeInteger(Number(text)) ? String(Number(text) + 0) : text;
}
