/**
 * Tables of plain values, and their cells as text, for every format.
 *
 * @module
 */
import { visibleText } from "../visible_text.ts";

/** A value of a table. */
export type CellValue = string | number | boolean | null | undefined;

/** A row: values by column name. */
export type Row = Readonly<Record<string, CellValue>>;

/** A table by columns and rows; a danfojs DataFrame is one. */
export interface Table {
  /** The column names. */
  readonly columns: readonly string[];
  /** The rows, each with a {@linkcode CellValue} for each column. */
  readonly values: readonly unknown[];
}

/** What every format takes: a table, or rows, whose columns are those of all rows in the order in which they come. */
export type TableLike = Table | readonly Row[];

/** Options of every table format. */
export interface TableOptions {
  /** Significant digits of the largest number of a column, an integer from 1 to 15; default: 4. */
  readonly digits?: number;
}

/** Columns and rows of cells. */
export interface Cells {
  /** The column names. */
  readonly columns: readonly string[];
  /** The rows, each with a value for each column. */
  readonly values: readonly (readonly CellValue[])[];
}

const isRows = (table: TableLike): table is readonly Row[] => Array.isArray(table);

/** The cells of a table or of rows, whose `columns` may be chosen; what a row lacks is `null`. */
export function cellsOf(table: TableLike, options: { readonly columns?: readonly string[] } = {}): Cells {
  if (!isRows(table)) return { columns: table.columns, values: table.values as Cells["values"] };
  const columns = [...new Set(options.columns ?? table.flatMap(Object.keys))];
  return { columns, values: table.map((row) => columns.map((column) => row[column] ?? null)) };
}

/** A table as text. */
export interface FormattedTable {
  /** The columns: the name, and whether its cells stand at the right. */
  readonly columns: readonly { readonly name: string; readonly align: "left" | "right" }[];
  /** The cells by row; a missing value is the empty text. */
  readonly rows: readonly (readonly string[])[];
}

/** A number, perhaps marked as the best, with an error, or counted ("2 of 3"). */
const NUMERIC = /^(\* )?[-−+]?(\d|NaN|∞|–)/;

function formatNumber(value: number, decimals: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  if (value !== 0 && Math.abs(value) < 0.5 * 10 ** -decimals) return value.toPrecision(2);
  return Math.abs(value) < 1e15 ? value.toFixed(decimals) : value.toPrecision(4);
}

/** Decimals that give the largest number of the column its digits; none where all numbers are whole. */
function decimalsOf(numbers: readonly number[], digits: number): number {
  const finite = numbers.filter(Number.isFinite);
  if (finite.every(Number.isInteger)) return 0;
  const largest = finite.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return Math.min(10, Math.max(0, digits - 1 - Math.floor(Math.log10(largest))));
}

/**
 * Formats the cells: the numbers of a column with the same number of decimals, columns of numbers at the right, characters
 * that cannot be seen escaped. Throws a RangeError for digits out of range.
 */
export function formatCells(table: TableLike, { digits = 4 }: TableOptions = {}): FormattedTable {
  if (!Number.isInteger(digits) || digits < 1 || digits > 15) {
    throw new RangeError(`Cannot format a table: expected digits to be an integer from 1 to 15, got ${digits}`);
  }
  const { columns: names, values } = cellsOf(table);
  const columns = names.map((name, i) => {
    const cells = values.map((row) => row[i]);
    const decimals = decimalsOf(cells.filter((cell) => typeof cell === "number"), digits);
    const texts = cells.map((cell) =>
      typeof cell === "number" ? formatNumber(cell, decimals) : visibleText(String(cell ?? ""))
    );
    const filled = texts.filter((text) => text !== "");
    const right = filled.length > 0 && filled.every((text) => NUMERIC.test(text));
    return { name: visibleText(name), texts, align: right ? "right" as const : "left" as const };
  });
  return {
    columns: columns.map(({ name, align }) => ({ name, align })),
    rows: values.map((_, i) => columns.map(({ texts }) => texts[i])),
  };
}
