/**
 * Tables as LaTeX, with the rules of the package booktabs. It knows nothing of what they hold.
 *
 * @module
 */
import { formatCells, type Table, type TableOptions } from "./cells.ts";

const ESCAPES: Record<string, string> = {
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
 * import { latexText } from "./latex_table.ts";
 * assertEquals(latexText("hard_swish & 5 %"), "hard\\_swish \\& 5 \\%");
 * ```
 */
export function latexText(text: string): string {
  return text.replace(/[&%$#_{}]/g, "\\$&").replace(/\\(?![&%$#_{}])|χ²|[~^<>|∞−±≥≤–]/g, (sign) => ESCAPES[sign])
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
export function latexTable(table: Table, { caption, ...options }: LatexOptions = {}): string {
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
