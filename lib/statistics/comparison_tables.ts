/**
 * A comparison as tables: columns and rows of plain values. It knows no output format.
 *
 * @module
 */
import type { Comparison } from "./comparison.ts";
import type { FriedmanStatistics } from "./friedman.ts";

/** What a table shows. */
export type ComparisonTableName = "ranks" | "tests" | "groups" | "pairs" | "control" | "datasets" | "cases";

/** The names of all tables. */
export const COMPARISON_TABLES: readonly ComparisonTableName[] = [
  "ranks",
  "tests",
  "groups",
  "pairs",
  "control",
  "datasets",
  "cases",
];

/** A table of a comparison. */
export interface ComparisonTable {
  /** Its name. */
  readonly name: ComparisonTableName;
  /** What stands above it. */
  readonly title: string;
  /** Its column names. */
  readonly columns: readonly string[];
  /** Its rows. */
  readonly values: readonly (readonly (string | number | null)[])[];
  /** The columns of p-values. */
  readonly pColumns: readonly string[];
}

function ranksTable({ functions, byDataset }: Comparison): ComparisonTable {
  const rows = functions.map(({ name, meanRank, interval, wins, sharedWins, meanDatasetRank }) => [
    name,
    meanRank,
    interval.low,
    interval.high,
    ...byDataset ? [meanDatasetRank ?? null] : [],
    wins,
    sharedWins,
  ]);
  const perDataset = byDataset ? ["mean rank by data set"] : [];
  return {
    name: "ranks",
    title: "Mean ranks (1 is best), with bootstrap intervals of 95 % for each",
    columns: ["function", "mean rank", "low", "high", ...perDataset, "wins", "shared wins"],
    values: rows,
    pColumns: [],
  };
}

function testsTable({ friedman, byDataset }: Comparison): ComparisonTable {
  const { degreesOfFreedom: k, denominatorDegreesOfFreedom: rest, plain } = friedman;
  const rows = (what: string, result: FriedmanStatistics, [k, rest]: readonly [number, number]) => [
    [`Friedman${what}`, "χ²", result.chiSquared, `${k}`, result.pValue],
    [`Iman-Davenport${what}`, "F", result.imanDavenport.f, `${k}, ${rest}`, result.imanDavenport.pValue],
  ];
  const sets = byDataset?.friedman;
  return {
    name: "tests",
    title: "Tests of whether all functions have the same ranks",
    columns: ["test", "statistic", "value", "degrees of freedom", "p"],
    values: [
      ...rows("", friedman, [k, rest]),
      ...rows(", not corrected for ties", plain, [k, rest]),
      ...sets ? rows(", each data set once", sets, [sets.degreesOfFreedom, sets.denominatorDegreesOfFreedom]) : [],
    ],
    pColumns: ["p"],
  };
}

function groupsTable({ groups, criticalDifference, differ }: Comparison): ComparisonTable {
  return {
    name: "groups",
    title: differ
      ? `Groups not shown to differ by Nemenyi's test, critical difference ${criticalDifference.toPrecision(4)}`
      : "Groups not shown to differ: Friedman's test finds no difference at all",
    columns: ["group", "size", "functions"],
    values: groups.map((group, i) => [i + 1, group.length, group.join("; ")]),
    pColumns: [],
  };
}

function pairsTable({ pairs, criticalDifference }: Comparison): ComparisonTable {
  return {
    name: "pairs",
    title: `All pairs, the better mean rank first; critical difference ${criticalDifference.toPrecision(4)}`,
    columns: [
      "first",
      "second",
      "difference",
      "p (Nemenyi)",
      "wins",
      "losses",
      "ties",
      "p (signs)",
      "p (Wilcoxon)",
      "p (Wilcoxon, Holm)",
      "rank-biserial",
    ],
    values: pairs.map((
      { first, second, difference, nemenyi, wins, losses, ties, signTest, wilcoxon, rankBiserial },
    ) => [
      first,
      second,
      difference,
      nemenyi,
      wins,
      losses,
      ties,
      signTest,
      wilcoxon.pValue,
      wilcoxon.holm,
      rankBiserial,
    ]),
    pColumns: ["p (Nemenyi)", "p (signs)", "p (Wilcoxon)", "p (Wilcoxon, Holm)"],
  };
}

function controlTable({ control }: Comparison): ComparisonTable[] {
  if (control === undefined) return [];
  const { name, criticalDifference, rope, functions } = control;
  const bayesian = rope === undefined ? [] : ["P(better)", "P(equivalent)", "P(worse)"];
  return [{
    name: "control",
    title: `Against ${name}: critical difference of Bonferroni-Dunn ${criticalDifference.toPrecision(4)}` +
      (rope === undefined ? "" : `; Bayesian signed ranks with a region of ±${rope}`),
    columns: ["function", "rank gained", "z", "p", "p (Bonferroni-Dunn)", "p (Holm)", "p (Hochberg)", ...bayesian],
    values: functions.map((one) => [
      one.name,
      one.difference,
      one.z,
      one.pValue,
      one.bonferroniDunn,
      one.holm,
      one.hochberg,
      ...one.bayesian ? [one.bayesian.better, one.bayesian.equivalent, one.bayesian.worse] : [],
    ]),
    pColumns: ["p", "p (Bonferroni-Dunn)", "p (Holm)", "p (Hochberg)"],
  }];
}

function datasetsTable({ byDataset }: Comparison): ComparisonTable[] {
  if (byDataset === undefined) return [];
  const values = byDataset.datasets.map(({ name, cases }) => [name, cases]);
  return [{ name: "datasets", title: "Data sets", columns: ["data set", "cases"], values, pColumns: [] }];
}

function casesTable({ cases, unit }: Comparison): ComparisonTable {
  const hasDatasets = cases.some(({ dataset }) => dataset !== undefined);
  return {
    name: "cases",
    title: `The best of each ${unit}`,
    columns: [unit, ...hasDatasets ? ["data set"] : [], "best"],
    values: cases.map(({ name, dataset, winners }) => [
      name,
      ...hasDatasets ? [dataset ?? null] : [],
      winners.join(" = "),
    ]),
    pColumns: [],
  };
}

/** The tables of a comparison, those that it has, in the order of {@linkcode COMPARISON_TABLES}. */
export function comparisonTables(comparison: Comparison): ComparisonTable[] {
  return [
    ranksTable(comparison),
    testsTable(comparison),
    groupsTable(comparison),
    pairsTable(comparison),
    ...controlTable(comparison),
    ...datasetsTable(comparison),
    casesTable(comparison),
  ];
}
