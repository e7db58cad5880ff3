/**
 * The results of an evaluation as files: tables as CSV, LaTeX and Markdown, plots as SVG. It knows nothing of studies, and
 * trains nothing.
 *
 * @module
 */
import { comparisonDiagram } from "../plots/comparison_diagram.ts";
import { rankPlot } from "../plots/ranks.ts";
import { savePlot } from "../plots/save.ts";
import { rankCases } from "../statistics/rank_table.ts";
import type { Table } from "../tables/cells.ts";
import { formatComparison } from "../tables/comparison_formats.ts";
import { csvTable } from "../tables/csv_table.ts";
import { latexTable } from "../tables/latex_table.ts";
import { markdownTable } from "../tables/markdown_table.ts";
import { compareTrainings, type PaperTable, paperTables } from "../tables/paper_tables.ts";
import type { Published } from "../tables/published.ts";
import { caseTable, type Training } from "../tables/trainings.ts";

/** Options of {@linkcode writeResults}. */
export interface WriteResultsOptions {
  /** The folder to write to; it is made where there is none. */
  readonly folder: string;
  /** What the paper claims. */
  readonly published: Published;
}

function tableOf({ rows }: PaperTable): Table {
  const columns = [...new Set(rows.flatMap(Object.keys))];
  return { columns, values: rows.map((row) => columns.map((name) => row[name])) };
}

/**
 * Writes each table of the paper (`accuracy.csv`, `accuracy.tex`, …), all of them in one `tables.md`, and where at least
 * 2 cases have a score of each of at least 3 functions the tests (`friedman.csv`, `friedman.tex`, `friedman.json`) and
 * the plots (`critical_difference.svg`, `ranks.svg`). Gives the names of the files. What is there is replaced.
 */
export async function writeResults(
  trainings: readonly Training[],
  { folder, published }: WriteResultsOptions,
): Promise<string[]> {
  await Deno.mkdir(folder, { recursive: true });
  const written: string[] = [];
  const write = async (name: string, text: string) => {
    await Deno.writeTextFile(`${folder}/${name}`, `${text.trimEnd()}\n`);
    written.push(name);
  };
  const tables = paperTables(trainings, { published });
  for (const one of tables) {
    await write(`${one.name}.csv`, csvTable(tableOf(one)));
    await write(`${one.name}.tex`, latexTable(tableOf(one), { caption: one.title }));
  }
  const comparison = compareTrainings(trainings);
  const sections = tables.map((one) => `## ${one.title}\n\n${markdownTable(tableOf(one))}`);
  await write("tables.md", ["# Results", ...sections].join("\n\n"));
  if (comparison === undefined) return written;
  for (const [format, ending] of [["csv", "csv"], ["latex", "tex"], ["json", "json"]] as const) {
    await write(`friedman.${ending}`, formatComparison(comparison, { format }));
  }
  const { functions, cases, scores } = caseTable(trainings);
  const { ranks, dropped } = rankCases(scores, { better: "higher", missing: "dropCases" });
  const complete = cases.filter((_, i) => !dropped.includes(i));
  const plots = [
    ["critical_difference.svg", await comparisonDiagram(comparison)],
    ["ranks.svg", await rankPlot({ functions, cases: complete, ranks })],
  ] as const;
  for (const [name, svg] of plots) {
    await savePlot(svg, `${folder}/${name}`);
    written.push(name);
  }
  return written;
}
