/**
 * Tables for a terminal. It knows nothing of what they hold.
 *
 * @module
 */
import { formatCells, type Table, type TableOptions } from "./cells.ts";

/** Control characters, which would move the cursor or break the line. */
// deno-lint-ignore no-control-regex
const CONTROL = /[\x00-\x1f\x7f]/g;

/**
 * Formats a table as aligned columns under a ruled header, without index and without a newline at the end.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { textTable } from "./text_table.ts";
 * const text = textTable({ columns: ["name", "score"], values: [["relu", 1.5], ["gelu", 10.25]] });
 * assertEquals(text, "name  score\n────  ─────\nrelu   1.50\ngelu  10.25");
 * ```
 */
export function textTable(table: Table, options: TableOptions = {}): string {
  const { columns, rows } = formatCells(table, options);
  const lines = [columns.map(({ name }) => name), ...rows].map((cells) =>
    cells.map((cell) => cell.replace(CONTROL, " "))
  );
  const widths = columns.map((_, i) => lines.reduce((widest, cells) => Math.max(widest, [...cells[i]].length), 0));
  const line = (cells: readonly string[]) =>
    cells.map((cell, i) => {
      const space = " ".repeat(widths[i] - [...cell].length);
      return columns[i].align === "right" ? space + cell : cell + space;
    }).join("  ").trimEnd();
  const [header, ...body] = lines;
  return [line(header), widths.map((width) => "─".repeat(width)).join("  "), ...body.map(line)].join("\n");
}
