/**
 * The part of csv-parse that we use. Its own types bring those of Node.js, which `deno doc` does not resolve.
 *
 * @module
 */

/** The error of a text that is no CSV. */
export class CsvError extends Error {
  /** The line on which it was found. */
  readonly lines?: number;
}

/** Reads CSV; with `info` each record comes with where it ends. */
export function parse(text: string, options: {
  readonly bom: boolean;
  readonly info: true;
  readonly record_delimiter: readonly string[];
  readonly relax_column_count: boolean;
  readonly skip_empty_lines: boolean;
  readonly skip_records_with_empty_values: boolean;
  readonly trim: boolean;
}): { readonly info: { readonly lines: number }; readonly record: readonly string[] }[];
