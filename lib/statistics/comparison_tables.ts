/**
 * A comparison as tables: columns and rows of plain values. It knows no output format.
 *
 * @module
 */
import type { Comparison } from "./comparison.ts";
import type { IntervalMethod } from "./comparison_intervals.ts";
import type { FriedmanResult, FriedmanStatistics } from "./friedman.ts";
import { significant } from "./significant.ts";

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
  /** The columns of other probabilities. */
  readonly probabilityColumns?: readonly string[];
}

/** What the intervals of the ranks are, in words. */
const INTERVALS: Readonly<Record<IntervalMethod["method"], string>> = {
  none: "; too few cases or data sets for intervals",
  bootstrap: ", with bootstrap intervals of 95 % for each",
  normal: ", with intervals of 95 % for each, the bootstrap's limit",
};

function ranksTable({ functions, byDataset, intervalMethod }: Comparison): ComparisonTable {
  const rows = functions.map(({ name, meanRank, interval, wins, sharedWins, meanDatasetRank }) => [
    name,
    meanRank,
    interval?.low ?? null,
    interval?.high ?? null,
    ...byDataset ? [meanDatasetRank ?? null] : [],
    wins,
    sharedWins,
  ]);
  const perDataset = byDataset ? ["mean rank by data set"] : [];
  return {
    name: "ranks",
    title: `Mean ranks (1 is best)${INTERVALS[intervalMethod.method]}`,
    columns: ["function", "mean rank", "low", "high", ...perDataset, "wins", "shared wins"],
    values: rows,
    pColumns: [],
  };
}

/** The rows of a test: both statistics, and the exact probability where it is known. */
function testRows(what: string, result: FriedmanStatistics & Partial<FriedmanResult>, [k, rest]: readonly number[]) {
  const { chiSquared, pValue, imanDavenport: { f, pValue: fPValue }, exactPValue } = result;
  const exact = f === Infinity && exactPValue !== undefined;
  return [
    [`Friedman${what}`, "χ²", chiSquared, `${k}`, pValue],
    [`Iman-Davenport${what}${exact ? " (exact p)" : ""}`, "F", f, `${k}, ${rest}`, fPValue],
  ];
}

function testsTable({ friedman, byDataset }: Comparison): ComparisonTable {
  const { degreesOfFreedom: k, denominatorDegreesOfFreedom: rest, plain, exactPValue } = friedman;
  const sets = byDataset?.friedman;
  return {
    name: "tests",
    title: "Tests of whether all functions have the same ranks",
    columns: ["test", "statistic", "value", "degrees of freedom", "p"],
    values: [
      ...testRows("", friedman, [k, rest]),
      ...testRows(", not corrected for ties", { ...plain, exactPValue }, [k, rest]),
      ...sets ? testRows(", each data set once", sets, [sets.degreesOfFreedom, sets.denominatorDegreesOfFreedom]) : [],
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
      significant(difference),
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

function controlTable({ control, byDataset }: Comparison): ComparisonTable[] {
  if (control === undefined) return [];
  const { name, criticalDifference, rope, functions } = control;
  const bayesian = rope === undefined ? [] : ["P(better)", "P(equivalent)", "P(worse)"];
  const sets = byDataset?.control?.functions;
  const perDataset = sets ? ["p (Holm, each data set once)"] : [];
  const adjusted = ["p", "p (Bonferroni-Dunn)", "p (Holm)", "p (Hochberg)"];
  return [{
    name: "control",
    title: `Against ${name}: critical difference of Bonferroni-Dunn ${criticalDifference.toPrecision(4)}` +
      (rope === undefined ? "" : `; Bayesian signed ranks with a region of ±${rope}`),
    columns: ["function", "rank gained", "z", ...adjusted, ...perDataset, ...bayesian],
    values: functions.map((one) => [
      one.name,
      significant(one.difference),
      one.z,
      one.pValue,
      one.bonferroniDunn,
      one.holm,
      one.hochberg,
      ...sets ? [sets.find(({ name }) => name === one.name)!.holm] : [],
      ...one.bayesian ? [one.bayesian.better, one.bayesian.equivalent, one.bayesian.worse] : [],
    ]),
    pColumns: [...adjusted, ...perDataset],
    probabilityColumns: bayesian,
  }];
}

function datasetsTable({ byDataset }: Comparison): ComparisonTable[] {
  if (byDataset === undefined) return [];
  const values = byDataset.datasets.map(({ name, cases }) => [name, cases]);
  return [{ name: "datasets", title: "Data sets", columns: ["data set", "cases"], values, pColumns: [] }];
}

/** Marks cases whose data a search has seen. */
export const SEARCHED_MARK = "†";

function casesTable({ cases, unit, searched }: Comparison): ComparisonTable {
  const hasDatasets = cases.some(({ dataset }) => dataset !== undefined);
  return {
    name: "cases",
    title: `The best of each ${unit}` +
      (searched.length > 0 ? `; ${SEARCHED_MARK} one of the functions was searched on its data` : ""),
    columns: [unit, ...hasDatasets ? ["data set"] : [], "best"],
    values: cases.map(({ name, dataset, winners }) => [
      searched.includes(name) ? `${name} ${SEARCHED_MARK}` : name,
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
