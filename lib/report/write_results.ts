/**
 * The results of an evaluation as files: tables as CSV, LaTeX and Markdown, plots as SVG. It knows nothing of studies, and
 * trains nothing.
 *
 * @module
 */
import { comparisonDiagram, rankPlot, savePlot } from "../plots/mod.ts";
import { comparisonText, rankCases } from "../statistics/mod.ts";
import type { Table } from "./cells.ts";
import { formatComparison } from "./comparison_formats.ts";
import { csvTable } from "./csv_table.ts";
import { latexTable } from "./latex_table.ts";
import { markdownTable } from "./markdown_table.ts";
import { compareTrainings, PAPER_TABLES, type PaperTable, paperTables } from "./paper_tables.ts";
import type { Published } from "./published.ts";
import { caseTable, type Training } from "./trainings.ts";

/** Options of {@linkcode writeResults}. */
export interface WriteResultsOptions {
  /** The folder to write to; it is made where there is none. */
  readonly folder: string;
  /** What the paper claims. */
  readonly published: Published;
  /** How the results were made, a sentence for `tables.md`. */
  readonly about?: string;
}

function tableOf({ rows }: PaperTable): Table {
  const columns = [...new Set(rows.flatMap(Object.keys))];
  return { columns, values: rows.map((row) => columns.map((name) => row[name])) };
}

const COMPARISON_FORMATS = [["csv", "csv"], ["latex", "tex"], ["json", "json"]] as const;
const ENDINGS = ["csv", "tex"] as const;
const TABLES_FILE = "tables.md";
const PLOTS = ["critical_difference.svg", "ranks.svg"] as const;

const PICTURES: Readonly<Record<typeof PLOTS[number], string>> = {
  "critical_difference.svg": "Mean ranks and critical difference",
  "ranks.svg": "Ranks by case",
};

/** All files that may be written. */
const FILES: readonly string[] = [
  ...PAPER_TABLES.flatMap((name) => ENDINGS.map((ending) => `${name}.${ending}`)),
  TABLES_FILE,
  ...COMPARISON_FORMATS.map(([, ending]) => `friedman.${ending}`),
  ...PLOTS,
];

/** Removes a file, where it is there. */
async function remove(path: string): Promise<void> {
  try {
    await Deno.remove(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

/**
 * Writes each table of the paper (`accuracy.csv`, `accuracy.tex`, …), all of them and what follows in one `tables.md`,
 * and where at least 2 cases have a score of each of at least 3 functions the tests (`friedman.csv`, `friedman.tex`,
 * `friedman.json`) and the plots (`critical_difference.svg`, `ranks.svg`). Gives the names of the files. What is there is
 * replaced, and those of these files that are not written this time are removed.
 */
export async function writeResults(
  trainings: readonly Training[],
  options: WriteResultsOptions,
): Promise<string[]> {
  await Deno.mkdir(options.folder, { recursive: true });
  const written = await writeFiles(trainings, options);
  for (const name of FILES) if (!written.includes(name)) await remove(`${options.folder}/${name}`);
  return written;
}

async function writeFiles(
  trainings: readonly Training[],
  { folder, published, about }: WriteResultsOptions,
): Promise<string[]> {
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
  const conclusion = comparison === undefined ? [] : [
    "## What follows, and what does not",
    comparisonText(comparison),
    ...PLOTS.map((name) => `![${PICTURES[name]}](${name})`),
  ];
  await write(TABLES_FILE, ["# Results", ...about ? [about] : [], ...sections, ...conclusion].join("\n\n"));
  if (comparison === undefined) return written;
  for (const [format, ending] of COMPARISON_FORMATS) {
    await write(`friedman.${ending}`, formatComparison(comparison, { format }));
  }
  const { functions, cases, scores } = caseTable(trainings);
  const { ranks, dropped } = rankCases(scores, { better: "higher", missing: "dropCases" });
  const complete = cases.filter((_, i) => !dropped.includes(i));
  const plots = [await comparisonDiagram(comparison), await rankPlot({ functions, cases: complete, ranks })];
  for (const [i, name] of PLOTS.entries()) {
    await savePlot(plots[i], `${folder}/${name}`);
    written.push(name);
  }
  return written;
}
