/**
 * A comparison as tables: columns and rows of plain values, for any format.
 *
 * @module
 */
import type { Comparison, Effect, FriedmanResult, FriedmanStatistics } from "../statistics/mod.ts";
import type { Cells, CellValue } from "./cells.ts";
import { tableOf } from "./tables.ts";
import { visibleText } from "../visible_text.ts";
import { significant } from "./words.ts";

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

/** A table of a comparison, which shows itself in a notebook. */
export interface ComparisonTable extends Cells {
  /** Its name. */
  readonly name: ComparisonTableName;
  /** What stands above it. */
  readonly title: string;
  /** The columns of p-values. */
  readonly pColumns: readonly string[];
  /** The columns of other probabilities. */
  readonly probabilityColumns: readonly string[];
}

/** What a column holds, by the rows that it is made from. */
interface Column<Row> {
  readonly name: string;
  readonly value: (row: Row) => CellValue;
  readonly kind?: "p" | "probability";
}

function tableBy<Row>(
  { name, title, rows }: { name: ComparisonTableName; title: string; rows: readonly Row[] },
  columns: readonly (Column<Row> | false)[],
): ComparisonTable {
  const shown = columns.filter((column) => column !== false);
  const names = (kind: Column<Row>["kind"]) => shown.filter((column) => column.kind === kind).map(({ name }) => name);
  const table = tableOf({
    columns: shown.map(({ name }) => name),
    values: rows.map((row) => shown.map(({ value }) => value(row))),
  });
  return Object.assign(table, {
    name,
    title: visibleText(title),
    pColumns: names("p"),
    probabilityColumns: names("probability"),
  });
}

/** Mean and median difference, in points where scores are fractions. */
function effectColumns<Row>({ fractions }: Comparison, effect: (row: Row) => Effect): Column<Row>[] {
  const [scale, unit] = fractions ? [100, " (points)"] : [1, ""];
  return [
    { name: `mean difference${unit}`, value: (row) => significant(scale * effect(row).meanDifference) },
    { name: `median difference${unit}`, value: (row) => significant(scale * effect(row).medianDifference) },
  ];
}

const isPair = ({ columns }: Comparison) => columns.length === 2;

function ranksTable({ functions, byDataset, intervalMethod, fractions }: Comparison): ComparisonTable {
  const intervals = intervalMethod.method === "none"
    ? "; too few cases or data sets for intervals"
    : ", with bootstrap intervals of 95 % for each";
  return tableBy({ name: "ranks", title: `Mean ranks (1 is best)${intervals}`, rows: functions }, [
    { name: "function", value: ({ name }) => name },
    { name: "mean rank", value: ({ meanRank }) => meanRank },
    { name: "low", value: ({ interval }) => interval?.low ?? null },
    { name: "high", value: ({ interval }) => interval?.high ?? null },
    byDataset !== undefined &&
    { name: "mean rank by data set", value: ({ meanDatasetRank }) => meanDatasetRank ?? null },
    { name: "wins", value: ({ wins }) => wins },
    { name: "shared wins", value: ({ sharedWins }) => sharedWins },
    {
      name: fractions ? "mean score (%)" : "mean score",
      value: ({ meanScore }) => significant(fractions ? 100 * meanScore : meanScore),
    },
  ]);
}

type TestRow = readonly [test: string, statistic: string, value: number, degrees: string, p: number];

/** The rows of a test: both statistics, and the exact probability where it is known. */
function friedmanRows(
  what: string,
  { chiSquared, pValue, imanDavenport: { f, pValue: fPValue } }: FriedmanStatistics,
  { degreesOfFreedom: k, denominatorDegreesOfFreedom: rest, exactPValue }: FriedmanResult,
): TestRow[] {
  const exact = f === Infinity && exactPValue !== undefined;
  return [
    [`Friedman${what}`, "χ²", chiSquared, `${k}`, pValue],
    [`Iman-Davenport${what}${exact ? " (exact p)" : ""}`, "F", f, `${k}, ${rest}`, fPValue],
  ];
}

function exactRows(what: string, { chiSquared, exactPValue, imanDavenport: { f } }: FriedmanResult): TestRow[] {
  if (exactPValue === undefined || f === Infinity) return [];
  return [[`Friedman${what}, exact distribution`, "χ²", chiSquared, "", exactPValue]];
}

function testsTable({ friedman, byDataset, pairs: [pair], columns }: Comparison): ComparisonTable {
  const bySet = ", each data set once";
  const { friedman: sets, wilcoxon } = byDataset ?? {};
  const rows: TestRow[] = friedman
    ? [
      ...exactRows("", friedman),
      ...friedmanRows("", friedman, friedman),
      ...friedmanRows(", not corrected for ties", friedman.plain, friedman),
      ...sets ? [...exactRows(bySet, sets), ...friedmanRows(bySet, sets, sets)] : [],
    ]
    : [
      [`Wilcoxon (${pair.wilcoxon.method})`, "T", pair.wilcoxon.statistic, "", pair.wilcoxon.pValue],
      ["signs", "wins", pair.wins, "", pair.signTest],
      ...wilcoxon
        ? [[`Wilcoxon (${wilcoxon.method})${bySet}`, "T", wilcoxon.statistic, "", wilcoxon.pValue] as const]
        : [],
    ];
  const title = friedman
    ? "Tests of whether all functions have the same ranks"
    : `Tests of whether ${columns.join(" and ")} score alike`;
  return tableBy({ name: "tests", title, rows }, [
    { name: "test", value: ([test]) => test },
    { name: "statistic", value: ([, statistic]) => statistic },
    { name: "value", value: ([, , value]) => value },
    { name: "degrees of freedom", value: ([, , , degrees]) => degrees },
    { name: "p", value: ([, , , , p]) => p, kind: "p" },
  ]);
}

function groupsTable(comparison: Comparison): ComparisonTable[] {
  const { groups, criticalDifference, differ } = comparison;
  if (isPair(comparison)) return [];
  const title = differ
    ? `Groups not shown to differ by Nemenyi's test, critical difference ${criticalDifference.toPrecision(4)}`
    : "Groups not shown to differ: Friedman's test finds no difference at all";
  return [
    tableBy({ name: "groups", title, rows: groups.map((group, i) => ({ group, number: i + 1 })) }, [
      { name: "group", value: ({ number }) => number },
      { name: "size", value: ({ group }) => group.length },
      { name: "functions", value: ({ group }) => group.join("; ") },
    ]),
  ];
}

function pairsTable(comparison: Comparison): ComparisonTable {
  const { pairs, criticalDifference } = comparison;
  const several = !isPair(comparison);
  const title = several
    ? `All pairs, the better mean rank first; critical difference ${criticalDifference.toPrecision(4)}`
    : "The pair, the better mean rank first";
  return tableBy({ name: "pairs", title, rows: pairs }, [
    { name: "first", value: ({ first }) => first },
    { name: "second", value: ({ second }) => second },
    { name: "rank difference", value: ({ difference }) => significant(difference) },
    several && { name: "p (Nemenyi)", value: ({ nemenyi }) => nemenyi, kind: "p" },
    ...effectColumns(comparison, (pair: typeof pairs[number]) => pair),
    { name: "wins", value: ({ wins }) => wins },
    { name: "losses", value: ({ losses }) => losses },
    { name: "ties", value: ({ ties }) => ties },
    { name: "p (signs)", value: ({ signTest }) => signTest, kind: "p" },
    { name: "p (Wilcoxon)", value: ({ wilcoxon }) => wilcoxon.pValue, kind: "p" },
    several && { name: "p (Wilcoxon, Holm)", value: ({ wilcoxon }) => wilcoxon.holm, kind: "p" },
    { name: "rank-biserial", value: ({ wilcoxon }) => wilcoxon.rankBiserial },
  ]);
}

function controlTable(comparison: Comparison): ComparisonTable[] {
  const { control, byDataset } = comparison;
  if (control === undefined) return [];
  const { name, rope, functions } = control;
  const several = !isPair(comparison);
  const sets = byDataset?.control;
  type Row = typeof functions[number];
  const p = (name: string, value: (row: Row) => number): Column<Row> | false => several && { name, value, kind: "p" };
  const probability = (name: string, value: (row: NonNullable<Row["bayesian"]>) => number): Column<Row> | false =>
    rope !== undefined && { name, value: ({ bayesian }) => bayesian ? value(bayesian) : null, kind: "probability" };
  const title = `Against ${name}` +
    (several ? ", decided by Holm's procedure" : "") +
    (rope === undefined ? "" : `; Bayesian signed ranks with a region of ±${rope}`);
  return [
    tableBy({ name: "control", title, rows: functions }, [
      { name: "function", value: ({ name }) => name },
      { name: "rank gained", value: ({ difference }) => significant(difference) },
      ...effectColumns(comparison, (row: Row) => row),
      several && { name: "z", value: ({ z }) => z },
      p("p", ({ pValue }) => pValue),
      p("p (Bonferroni-Dunn)", ({ bonferroniDunn }) => bonferroniDunn),
      p("p (Holm)", ({ holm }) => holm),
      p("p (Hochberg)", ({ hochberg }) => hochberg),
      sets !== undefined &&
      p(
        "p (Holm, each data set once)",
        ({ name }) => sets.find((one) => one.name === name)!.holm,
      ),
      probability("P(better)", ({ better }) => better),
      probability("P(equivalent)", ({ equivalent }) => equivalent),
      probability("P(worse)", ({ worse }) => worse),
    ]),
  ];
}

function datasetsTable({ byDataset }: Comparison): ComparisonTable[] {
  if (byDataset === undefined) return [];
  return [
    tableBy({ name: "datasets", title: "Data sets", rows: byDataset.datasets }, [
      { name: "data set", value: ({ name }) => name },
      { name: "cases", value: ({ cases }) => cases },
    ]),
  ];
}

/** Marks cases whose data a search has seen. */
export const SEARCHED_MARK = "†";

function casesTable({ cases, unit, searched }: Comparison): ComparisonTable {
  const title = `The best of each ${unit}` +
    (searched.length > 0 ? `; ${SEARCHED_MARK} one of the functions was searched on its data` : "");
  return tableBy({ name: "cases", title, rows: cases }, [
    { name: unit, value: ({ name }) => searched.includes(name) ? `${name} ${SEARCHED_MARK}` : name },
    cases.some(({ dataset }) => dataset !== undefined) &&
    { name: "data set", value: ({ dataset }) => dataset ?? null },
    { name: "best", value: ({ winners }) => winners.join(" = ") },
  ]);
}

/** The tables of a comparison, those that it has, in the order of {@linkcode COMPARISON_TABLES}. */
export function comparisonTables(comparison: Comparison): ComparisonTable[] {
  return [
    ranksTable(comparison),
    testsTable(comparison),
    ...groupsTable(comparison),
    pairsTable(comparison),
    ...controlTable(comparison),
    ...datasetsTable(comparison),
    casesTable(comparison),
  ];
}
