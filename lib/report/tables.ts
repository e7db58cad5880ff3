/**
 * Tables that show themselves in notebooks, and as CSV, HTML, LaTeX and Markdown; for a terminal see `text_table.ts`.
 *
 * @module
 */
import { type Cells, cellsOf, type CellValue, formatCells, type TableLike, type TableOptions } from "./cells.ts";
import { textTable } from "./text_table.ts";

/**
 * A table of rows, or of columns and values, that shows itself as the last value of a notebook's cell. `columns` chooses
 * and orders the columns of rows; what a row lacks is `null`.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { tableOf } from "./tables.ts";
 * const { columns, values } = tableOf([{ f: "relu", score: 1 }, { f: "gelu" }]);
 * assertEquals([columns, values], [["f", "score"], [["relu", 1], ["gelu", null]]]);
 * ```
 */
export function tableOf(table: TableLike, options: { readonly columns?: readonly string[] } = {}): Cells {
  const shown = cellsOf(table, options);
  const display = () => ({ "text/html": htmlTable(shown), "text/plain": textTable(shown) });
  // Not enumerable: two tables are equal where their cells are.
  return Object.defineProperty(shown, Symbol.for("Jupyter.display"), { value: display });
}

function csvField(value: CellValue): string {
  const text = String(value ?? "");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * Formats a table as comma-separated values (RFC 4180, with line feeds): a header, then the rows, every line ended. Numbers
 * keep all their digits, a missing value is empty.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { csvTable } from "./tables.ts";
 * assertEquals(csvTable({ columns: ["f", "y"], values: [["max(x,0)", 0.1], ["x", null]] }), 'f,y\n"max(x,0)",0.1\nx,\n');
 * ```
 */
export function csvTable(table: TableLike): string {
  const { columns, values } = cellsOf(table);
  return [columns, ...values].map((row) => `${row.map(csvField).join(",")}\n`).join("");
}

const HTML_ESCAPES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (character) => HTML_ESCAPES[character]);

/**
 * Formats a table as an HTML `table` element, every text escaped. The alignment stands in the cells, since notebooks
 * remove style sheets.
 */
export function htmlTable(table: TableLike, options: TableOptions = {}): string {
  const { columns, rows } = formatCells(table, options);
  const row = (tag: "th" | "td", cells: readonly string[]) =>
    `<tr>${
      cells.map((cell, i) => `<${tag} style="text-align: ${columns[i].align}">${escapeHtml(cell)}</${tag}>`).join("")
    }</tr>`;
  const head = row("th", columns.map(({ name }) => name));
  return `<table>\n<thead>\n${head}\n</thead>\n<tbody>\n${
    rows.map((cells) => `${row("td", cells)}\n`).join("")
  }</tbody>\n</table>`;
}

/** What Markdown or HTML would read as markup. */
const escapeMarkdown = (text: string) => text.replace(/[\\`*_|<>[\]~&]/g, "\\$&").replace(/\s+/g, " ");

/**
 * Formats a table as Markdown (GitHub's tables), without a newline at the end.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { markdownTable } from "./tables.ts";
 * assertEquals(
 *   markdownTable({ columns: ["f", "score"], values: [["x*|x|", 1]] }),
 *   "| f | score |\n| --- | ---: |\n| x\\*\\|x\\| | 1 |",
 * );
 * ```
 */
export function markdownTable(table: TableLike, options: TableOptions = {}): string {
  const { columns, rows } = formatCells(table, options);
  const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [
    row(columns.map(({ name }) => escapeMarkdown(name))),
    row(columns.map(({ align }) => align === "right" ? "---:" : "---")),
    ...rows.map((cells) => row(cells.map(escapeMarkdown))),
  ].join("\n");
}

const LATEX_ESCAPES: Record<string, string> = {
  "\\": "\\textbackslash{}",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
  "<": "$<$",
  ">": "$>$",
  "|": "$|$",
  "∞": "$\\infty$",
  "−": "$-$",
  "±": "$\\pm$",
  "≥": "$\\ge$",
  "≤": "$\\le$",
  "χ²": "$\\chi^2$",
  "–": "--",
};

/**
 * Escapes what LaTeX would read as markup, and writes mathematical signs so that every engine has them.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { latexText } from "./tables.ts";
 * assertEquals(latexText("hard_swish & 5 %"), "hard\\_swish \\& 5 \\%");
 * ```
 */
export function latexText(text: string): string {
  return text.replace(/[&%$#_{}]/g, "\\$&")
    .replace(/\\(?![&%$#_{}])|χ²|[~^<>|∞−±≥≤–]/g, (sign) => LATEX_ESCAPES[sign])
    .replace(/\s+/g, " ");
}

/** Options of {@linkcode latexTable}. */
export interface LatexOptions extends TableOptions {
  /** Stands above the table, as plain text; without one there is a `tabular` alone. */
  readonly caption?: string;
}

/**
 * Formats a table as a LaTeX `tabular`, or with a caption as a floating `table`, without a newline at the end. The
 * document needs `\usepackage{booktabs}`.
 */
export function latexTable(table: TableLike, { caption, ...options }: LatexOptions = {}): string {
  const { columns, rows } = formatCells(table, options);
  const row = (cells: readonly string[]) => `${cells.map(latexText).join(" & ")} \\\\`;
  const tabular = [
    `\\begin{tabular}{${columns.map(({ align }) => align === "right" ? "r" : "l").join("")}}`,
    "\\toprule",
    row(columns.map(({ name }) => name)),
    "\\midrule",
    ...rows.map(row),
    "\\bottomrule",
    "\\end{tabular}",
  ];
  if (caption === undefined) return tabular.join("\n");
  return ["\\begin{table}", "\\centering", `\\caption{${latexText(caption)}}`, ...tabular, "\\end{table}"].join("\n");
}
