/**
 * Tables as Markdown (GitHub's tables). It knows nothing of what they hold.
 *
 * @module
 */
import { formatCells, type Table, type TableOptions } from "./cells.ts";

/** What Markdown or HTML would read as markup. */
const escape = (text: string) => text.replace(/[\\`*_|<>[\]~&]/g, "\\$&").replace(/\s+/g, " ");

/**
 * Formats a table as Markdown, without a newline at the end.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { markdownTable } from "./markdown_table.ts";
 * assertEquals(
 *   markdownTable({ columns: ["f", "score"], values: [["x*|x|", 1]] }),
 *   "| f | score |\n| --- | ---: |\n| x\\*\\|x\\| | 1 |",
 * );
 * ```
 */
export function markdownTable(table: Table, options: TableOptions = {}): string {
  const { columns, rows } = formatCells(table, options);
  const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [
    row(columns.map(({ name }) => escape(name))),
    row(columns.map(({ align }) => align === "right" ? "---:" : "---")),
    ...rows.map((cells) => row(cells.map(escape))),
  ].join("\n");
}
