/**
 * Tables as HTML, for notebooks. It knows nothing of what they hold.
 *
 * @module
 */
import { formatCells, type Table, type TableOptions } from "./cells.ts";

const ESCAPES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

const escape = (text: string) => text.replace(/[&<>"']/g, (character) => ESCAPES[character]);

/**
 * Formats a table as an HTML `table` element, every text escaped. The alignment stands in the cells, since notebooks
 * remove style sheets.
 */
export function htmlTable(table: Table, options: TableOptions = {}): string {
  const { columns, rows } = formatCells(table, options);
  const row = (tag: "th" | "td", cells: readonly string[]) =>
    `<tr>${
      cells.map((cell, i) => `<${tag} style="text-align: ${columns[i].align}">${escape(cell)}</${tag}>`).join("")
    }</tr>`;
  const head = row("th", columns.map(({ name }) => name));
  return `<table>\n<thead>\n${head}\n</thead>\n<tbody>\n${
    rows.map((cells) => `${row("td", cells)}\n`).join("")
  }</tbody>\n</table>`;
}
