/**
 * The tables of the paper, out of the trainings of an evaluation.
 *
 * @module
 */
import { compareFunctions, type Comparison } from "../../statistics/mod.ts";
import { caseScoreRows } from "../case_scores.ts";
import type { Cells, Row } from "../cells.ts";
import { SEARCHED_MARK } from "../comparison_tables.ts";
import {
  bestOfCases,
  caseRows,
  caseTally,
  EELUS,
  INCOMPLETE_MARK,
  pairRows,
  pairTallies,
  present,
  STANDARD_FUNCTIONS,
} from "./eelu.ts";
import { mirrorNoise, mirrorRows, noiseOfMeans } from "./mirror.ts";
import { claimRows, type Published } from "./claims.ts";
import { rankRows } from "./mean_ranks.ts";
import { countSeeds } from "../seed_means.ts";
import { tableOf } from "../tables.ts";
import { type CaseTable, caseTable, type Training } from "../trainings.ts";

/** The names of the tables. */
export const PAPER_TABLES = ["accuracy", "ranks", "cases", "pairs", "mirror", "claims"] as const;

/** What a table shows. */
export type PaperTableName = typeof PAPER_TABLES[number];

/** A table of the paper, which shows itself in a notebook. */
export interface PaperTable extends Cells {
  /** Its name. */
  readonly name: PaperTableName;
  /** What stands above it. */
  readonly title: string;
}

/**
 * Compares the functions in the cases that have a score of each; undefined where these are fewer than 2 cases or 3
 * functions.
 */
export function compareTrainings(trainings: readonly Training[]): Comparison | undefined {
  return compareCases(caseTable(trainings));
}

function compareCases(table: CaseTable): Comparison | undefined {
  const complete = table.scores.filter((row) => !row.some(Number.isNaN)).length;
  if (complete < 2 || table.functions.length < 3) return undefined;
  return compareFunctions(table, { better: "higher", missing: "dropCases" });
}

function mirrorTitle(trainings: readonly Training[]): string {
  const noise = mirrorNoise(trainings);
  const title =
    "EELU-1 and EELU-2 are mirror images: their difference on symmetric networks is the noise of the protocol";
  if (noise === undefined) return `${title} (none was measured)`;
  const points = (share: number) => (100 * share).toFixed(2);
  const seeds = [...new Set([...Map.groupBy(trainings, (one) => one.case).values()].map(countSeeds))]
    .filter((count) => count > 1).sort((a, b) => a - b);
  const means = seeds.map((count) => `, ${points(noiseOfMeans(noise, count))} of means over ${count} seeds`);
  return `${title}: root mean square ${points(noise.rootMeanSquare)} points of single trainings${means.join("")}; ` +
    `mean ${points(noise.mean)}, ${noise.pairs} pairs of trainings`;
}

/** What the mark of cases says, where it stands. */
function searchedNote({ searched = [] }: CaseTable): string {
  return searched.length > 0 ? `; ${SEARCHED_MARK} one of the functions was searched there` : "";
}

/** What is compared, and why that is not even. */
function casesTitle(table: CaseTable): string {
  const { won, tied, lost } = caseTally(table);
  const [eelus, others] = [EELUS, STANDARD_FUNCTIONS].map((names) => present(table, names).length);
  const uneven = eelus === others ? "" : ", which favours the larger set, as the best of more noisy scores is higher";
  const lacking = bestOfCases(table).some(({ whole }) => !whole);
  return `The best EELU against the best standard function: ${won} won, ${tied} tied, ${lost} lost; ` +
    `the best of ${eelus} against the best of ${others}${uneven}${searchedNote(table)}` +
    (lacking ? `; ${INCOMPLETE_MARK} one of them has no score there, or not of all seeds` : "");
}

/** The results of an evaluation. */
export interface PaperResults {
  /** The mean scores. */
  readonly table: CaseTable;
  /** Their comparison, where there are enough cases and functions. */
  readonly comparison?: Comparison;
  /** The tables that have rows, in the order of {@linkcode PAPER_TABLES}. */
  readonly tables: readonly PaperTable[];
}

/** The tables that have rows, in the order of {@linkcode PAPER_TABLES}. */
export function paperTables(
  trainings: readonly Training[],
  options: { readonly published: Published },
): readonly PaperTable[] {
  return paperResults(trainings, options).tables;
}

/** Everything that the tables are made of, computed once. */
export function paperResults(
  trainings: readonly Training[],
  { published }: { readonly published: Published },
): PaperResults {
  const table = caseTable(trainings);
  const comparison = compareCases(table);
  const pairs = pairTallies(table);
  const all: readonly { readonly name: PaperTableName; readonly title: string; readonly rows: readonly Row[] }[] = [
    {
      name: "accuracy",
      title:
        "Test accuracy (%), mean ± standard deviation over seeds; * best of the case, of functions with all its seeds" +
        searchedNote(table),
      rows: caseScoreRows(trainings),
    },
    { name: "ranks", title: "Mean ranks (1 is best), and the number of cases", rows: rankRows(table) },
    {
      name: "cases",
      title: casesTitle(table),
      rows: caseRows(table),
    },
    {
      name: "pairs",
      title: "Cases won–tied–lost by each EELU; more won than lost in " +
        `${pairs.filter((pair) => pair.won > pair.lost).length} of ${pairs.length} pairs`,
      rows: pairRows(table),
    },
    { name: "mirror", title: mirrorTitle(trainings), rows: mirrorRows(trainings) },
    {
      name: "claims",
      title: "Claims of the paper, and what was measured here",
      rows: claimRows(table, { published, comparison }),
    },
  ];
  const tables = all.filter(({ rows }) => rows.length > 0)
    .map(({ name, title, rows }) => Object.assign(tableOf(rows), { name, title }));
  return { table, comparison, tables };
}
