/**
 * The cells of a table as text, column by column. It knows no output format and no danfojs: a table is anything with
 * columns and values.
 *
 * @module
 */

/** A value of a table. */
export type CellValue = string | number | boolean | null | undefined;

/** A table by rows; a danfojs DataFrame is one. */
export interface Table {
  /** The column names. */
  readonly columns: readonly string[];
  /** The rows, each with a {@linkcode CellValue} for each column. */
  readonly values: readonly unknown[];
}

/** Options of every table format. */
export interface TableOptions {
  /** Significant digits of the largest number of a column, an integer from 1 to 15; default: 4. */
  readonly digits?: number;
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
 * Formats the cells: the numbers of a column with the same number of decimals, columns of numbers at the right. Throws
 * a RangeError for digits out of range.
 */
export function formatCells(table: Table, { digits = 4 }: TableOptions = {}): FormattedTable {
  if (!Number.isInteger(digits) || digits < 1 || digits > 15) {
    throw new RangeError(`Cannot format a table: expected digits to be an integer from 1 to 15, got ${digits}`);
  }
  const values = table.values as readonly (readonly CellValue[])[];
  const columns = table.columns.map((name, i) => {
    const cells = values.map((row) => row[i]);
    const decimals = decimalsOf(cells.filter((cell) => typeof cell === "number"), digits);
    const texts = cells.map((cell) => typeof cell === "number" ? formatNumber(cell, decimals) : String(cell ?? ""));
    const filled = texts.filter((text) => text !== "");
    const right = filled.length > 0 && filled.every((text) => NUMERIC.test(text));
    return { name, texts, align: right ? "right" as const : "left" as const };
  });
  return {
    columns: columns.map(({ name, align }) => ({ name, align })),
    rows: values.map((_, i) => columns.map(({ texts }) => texts[i])),
  };
}
