/**
 * The results of an evaluation as files: tables as CSV, LaTeX and Markdown, plots as SVG.
 *
 * @module
 */
import { comparisonDiagram, rankPlot } from "../../plots/mod.ts";
import { rankCases } from "../../statistics/mod.ts";
import { formatComparison } from "../comparison_formats.ts";
import { comparisonText } from "../comparison_text.ts";
import { csvTable, latexTable, markdownTable } from "../tables.ts";
import type { Training } from "../trainings.ts";
import type { Published } from "./claims.ts";
import { PAPER_TABLES, paperResults } from "./paper_tables.ts";

/** Options of {@linkcode writeResults}. */
export interface WriteResultsOptions {
  /** The folder to write to; it is made where there is none. */
  readonly folder: string;
  /** What the paper claims. */
  readonly published: Published;
  /** How the results were made, a sentence for `tables.md`. */
  readonly about?: string;
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
  const { table: { functions, cases, scores, notes = [] }, comparison, tables } = paperResults(trainings, {
    published,
  });
  for (const table of tables) {
    await write(`${table.name}.csv`, csvTable(table));
    await write(`${table.name}.tex`, latexTable(table, { caption: table.title }));
  }
  const sections = tables.map((table) => `## ${table.title}\n\n${markdownTable(table)}`);
  const conclusion = comparison === undefined ? [] : [
    "## What follows, and what does not",
    comparisonText(comparison),
    ...PLOTS.map((name) => `![${PICTURES[name]}](${name})`),
  ];
  await write(
    TABLES_FILE,
    ["# Results", ...about ? [about] : [], ...notes.map((note) => `${note}.`), ...sections, ...conclusion].join("\n\n"),
  );
  if (comparison === undefined) return written;
  for (const [format, ending] of COMPARISON_FORMATS) {
    await write(`friedman.${ending}`, formatComparison(comparison, { format }));
  }
  const { ranks, dropped } = rankCases(scores, { better: "higher", missing: "dropCases" });
  const complete = cases.filter((_, i) => !dropped.includes(i));
  const plots = [await comparisonDiagram(comparison), await rankPlot({ functions, cases: complete, ranks })];
  for (const [i, name] of PLOTS.entries()) {
    await plots[i].save(`${folder}/${name}`);
    written.push(name);
  }
  return written;
}
