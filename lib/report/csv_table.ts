/**
 * Tables as comma-separated values (RFC 4180, with line feeds). It knows nothing of what they hold.
 *
 * @module
 */
import type { CellValue, Table } from "./cells.ts";

function field(value: CellValue): string {
  const text = String(value ?? "");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * Formats a table as CSV: a header, then the rows, every line ended. Numbers keep all their digits, a missing value is
 * empty.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { csvTable } from "./csv_table.ts";
 * assertEquals(csvTable({ columns: ["f", "y"], values: [["max(x,0)", 0.1], ["x", null]] }), 'f,y\n"max(x,0)",0.1\nx,\n');
 * ```
 */
export function csvTable(table: Table): string {
  const rows = [table.columns, ...(table.values as readonly (readonly CellValue[])[])];
  return rows.map((row) => `${row.map(field).join(",")}\n`).join("");
}
