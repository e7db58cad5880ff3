/**
 * A comparison of functions as text, JSON, LaTeX or CSV.
 *
 * @module
 */
import type { Comparison } from "../statistics/mod.ts";
import { UserError } from "../user_error.ts";
import type { CellValue } from "./cells.ts";
import { type ComparisonTable, type ComparisonTableName, comparisonTables } from "./comparison_tables.ts";
import { comparisonText } from "./comparison_text.ts";
import { csvTable, latexTable, latexText } from "./tables.ts";
import { textTable, wrapText } from "./text_table.ts";
import { visibleJson, visibleText } from "../visible_text.ts";
import { pValueText } from "./words.ts";

/** The formats of a comparison. */
export type ComparisonFormat = "text" | "json" | "latex" | "csv";

/** Options of {@linkcode formatComparison}. */
export interface ComparisonFormatOptions {
  /** The format. */
  readonly format: ComparisonFormat;
  /** The only table to write; default: all, and a paragraph in words. JSON has always everything. */
  readonly table?: ComparisonTableName;
  /** Most columns of the terminal that a line of text may take (default: any for tables, 100 for the paragraph). */
  readonly width?: number;
}

/** Tables longer than this are left out of the text, unless asked for by name. */
const LONGEST = 100;

/** Decimals of probabilities: what is drawn at random is no more exact. */
const DECIMALS = 3;

function readable({ columns, values, pColumns, probabilityColumns }: ComparisonTable) {
  const text = (cell: CellValue, name: string) => {
    if (cell === null) return "–";
    if (pColumns.includes(name)) return pValueText(cell as number);
    return probabilityColumns.includes(name) ? (cell as number).toFixed(DECIMALS) : cell;
  };
  return { columns, values: values.map((row) => row.map((cell, i) => text(cell, columns[i]))) };
}

/** The table with what cannot be seen in names escaped. */
function visible({ columns, values }: ComparisonTable) {
  const text = (cell: CellValue) => typeof cell === "string" ? visibleText(cell) : cell;
  return { columns: columns.map(visibleText), values: values.map((row) => row.map(text)) };
}

/** JSON has no infinity: an infinite F becomes a text. */
const replacer = (_: string, value: unknown) => value === Infinity ? "Infinity" : value;

/**
 * Writes a comparison, without a newline at the end. Several CSV tables stand below comments with their titles, an empty
 * line between them; LaTeX needs the package booktabs. Throws a UserError for a table that the comparison does
 * not have.
 */
export function formatComparison(comparison: Comparison, { format, table, width }: ComparisonFormatOptions): string {
  const paragraph = comparisonText(comparison);
  if (format === "json") return visibleJson({ ...comparison, text: paragraph }, replacer);
  const all = comparisonTables(comparison);
  const tables = all.filter(({ name }) => table === undefined || name === table);
  if (tables.length === 0) {
    const names = all.map(({ name }) => name).join(", ");
    throw new UserError(`Cannot show table ${table}: expected one that this comparison has (${names})`);
  }
  if (format === "csv") {
    return tables.map((one) => (table === undefined ? `# ${one.title}\n` : "") + csvTable(visible(one)))
      .join("\n").trimEnd();
  }
  if (format === "latex") {
    const parts = tables.map((one) => latexTable(readable(one), { caption: one.title }));
    return [...parts, ...table === undefined ? [latexText(paragraph)] : []].join("\n\n");
  }
  const short = tables.filter(({ values }) => table !== undefined || values.length <= LONGEST);
  const wrapped = (text: string) => wrapText(text, Math.min(100, width ?? 100)).join("\n");
  const left = tables.filter((one) => !short.includes(one));
  return [
    ...short.map((one) =>
      `${wrapped(one.title)}\n\n${textTable(readable(one), { width, keys: one.name === "pairs" ? 2 : 1 })}`
    ),
    ...left.map(({ name, values }) =>
      `${values.length} rows of table ${name} are left out: --table ${name} shows them`
    ),
    ...table === undefined ? [wrapped(paragraph)] : [],
  ].join("\n\n");
}
