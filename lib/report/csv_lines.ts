/**
 * Lines of CSV and the numbers in them. It is the only importer of csv-parse. It does not know what the columns mean.
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

/** Options of what reads scores. */
export interface ReadScoresOptions {
  /** What errors call the text: the file's name. */
  readonly source: string;
}

/**
 * Splits comma-separated values into lines, empty ones left out; fields may be quoted (RFC 4180). Throws a UserError that
 * names the source and the line.
 */
export function readCsvLines(text: string, { source }: ReadScoresOptions): CsvLine[] {
  try {
    return parse(text, { bom: true, info: true, relax_column_count: true, skip_empty_lines: true, trim: true })
      .map(({ info, record }) => ({ line: info.lines, fields: record }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = error.lines === undefined ? "" : `, line ${error.lines}`;
    throw new UserError(`Cannot read ${source}${line}: expected comma-separated values, got this: ${error.message}`);
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

/** Reads the name of a case or of a data set. Throws a UserError for an empty one. */
export function readName(text: string, place: string): string {
  if (text === "") throw new UserError(`Cannot read ${place}: expected a name, got nothing`);
  return text;
}
