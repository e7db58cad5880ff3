import { assert, assertEquals, assertMatch, assertStringIncludes, assertThrows } from "@std/assert";
import { compareFunctions } from "../statistics/mod.ts";
import { UserError } from "../user_error.ts";
import { formatComparison } from "./comparison_formats.ts";
import { COMPARISON_TABLES, comparisonTables } from "./comparison_tables.ts";
import { comparisonText } from "./comparison_text.ts";
import { latexTable, latexText } from "./tables.ts";

const compare = (count: number) => {
  const scores = Array.from({ length: count }, () => [3, 2, 1]);
  const table = { functions: ["hard_swish", "gelu", "a,b"], cases: scores.map((_, i) => `case ${i + 1}`), scores };
  return compareFunctions(table, { better: "higher" });
};
const comparison = compare(12);

Deno.test("text has the tables and the paragraph in lines", () => {
  const text = formatComparison(comparison, { format: "text" });
  assertMatch(text, /^Mean ranks/);
  assertMatch(text, /hard_swish +1 +1 +1 +12 +0 +3\n/);
  assertMatch(text, /Iman-Davenport \(exact p\) +F +∞ +2, 22 +2\.8e-9\n/);
  assertStringIncludes(text.replaceAll("\n", " "), comparisonText(comparison));
  assert(text.split("\n").slice(-8).every((line) => line.length <= 100));
});

Deno.test("text leaves long tables out, unless they are asked for", () => {
  const long = compare(101);
  const text = formatComparison(long, { format: "text" });
  assertStringIncludes(text, "101 rows of table cases are left out: --table cases shows them");
  assert(!text.includes("case 101"));
  assertStringIncludes(formatComparison(long, { format: "text", table: "cases" }), "case 101");
});

Deno.test("JSON has the whole comparison and the paragraph", () => {
  const json = JSON.parse(formatComparison(comparison, { format: "json" }));
  assertEquals(json.text, comparisonText(comparison));
  assertEquals(json.friedman.imanDavenport, { f: "Infinity", pValue: comparison.friedman!.exactPValue });
  assertEquals(json.functions, JSON.parse(JSON.stringify(comparison.functions)));
});

Deno.test("without intervals there are dashes and null; probabilities have the same number of digits", () => {
  const scores = Array.from({ length: 4 }, (_, i) => [3, 2 + i / 10, 1]);
  const table = { functions: ["a", "b", "c"], cases: scores.map((_, i) => `${i}`), scores };
  const few = compareFunctions(table, { better: "higher", control: "c", rope: 0.1 });
  assertMatch(formatComparison(few, { format: "text", table: "ranks" }), /\na +1 +– +– +4 +0 +3\.000\n/);
  assertEquals(JSON.parse(formatComparison(few, { format: "json" })).functions[0].interval, null);
  assertMatch(formatComparison(few, { format: "csv", table: "ranks" }), /\na,1,,,4,0,3\n/);
  const rows = formatComparison(few, { format: "text", table: "control" }).split("\n").slice(-2);
  for (const row of rows) assertMatch(row, /( +[01]\.\d{3}){3}$/);
});

Deno.test("CSV has all tables under comments, or one alone", () => {
  const all = formatComparison(comparison, { format: "csv" });
  assertEquals(all.match(/^# /gm)?.length, 5);
  const one = formatComparison(comparison, { format: "csv", table: "groups" });
  assertEquals(one.split("\n"), [
    "group,size,functions",
    ...comparison.groups.map((g, i) => `${i + 1},${g.length},"${g.join("; ")}"`.replace(/"([^,"]*)"/, "$1")),
  ]);
});

Deno.test("LaTeX has floating tables with captions, and the paragraph, escaped", () => {
  const text = formatComparison(comparison, { format: "latex" });
  assertEquals([text.match(/\\begin\{table\}/g)?.length, text.match(/\\end\{table\}/g)?.length], [5, 5]);
  assertStringIncludes(text, "hard\\_swish & 1 & 1 & 1 & 12 & 0 & 3 \\\\");
  assertStringIncludes(text, "with bootstrap intervals of 95 \\% for each}");
  assertStringIncludes(text, "Friedman & $\\chi^2$ & ");
  assert(![...text].some((character) => character.charCodeAt(0) > 127));
});

Deno.test("LaTeX of a table alone, and what is escaped", () => {
  assertEquals(
    latexTable({ columns: ["f", "y"], values: [["x^2", 1.5], ["~\\{", null]] }),
    "\\begin{tabular}{lr}\n\\toprule\nf & y \\\\\n\\midrule\nx\\textasciicircum{}2 & 1.500 \\\\\n" +
      "\\textasciitilde{}\\textbackslash{}\\{ &  \\\\\n\\bottomrule\n\\end{tabular}",
  );
  assertEquals(
    latexText("a_b & 5 % of $1 #2 <3|4> ∞ − ±\n–"),
    "a\\_b \\& 5 \\% of \\$1 \\#2 $<$3$|$4$>$ $\\infty$ $-$ $\\pm$ --",
  );
});

Deno.test("a table that the comparison has not is refused", () => {
  assertThrows(
    () => formatComparison(comparison, { format: "text", table: "control" }),
    UserError,
    "(ranks, tests, groups, pairs, cases)",
  );
});

Deno.test("tables fit their columns, and p-values are probabilities, with and without a control and data sets", () => {
  const scores = Array.from({ length: 30 }, (_, i) => [i % 7, (i % 5) + 2, (i % 3) + 5].map((score) => score / 10));
  const names = { cases: scores.map((_, i) => `${i}`), datasets: scores.map((_, i) => `set ${i % 5}`) };
  const all = { ...names, functions: ["a", "b", "c"], scores };
  const pair = { ...names, functions: ["a", "b"], scores: scores.map((row) => row.slice(0, 2)) };
  const withControl = { better: "higher", control: "a", rope: 0.1 } as const;
  assertEquals(comparisonTables(compareFunctions(all, withControl)).map(({ name }) => name), [...COMPARISON_TABLES]);
  for (const [table, options] of [[all, withControl], [pair, withControl], [all, {}], [pair, {}]] as const) {
    for (
      const { columns, values, pColumns } of comparisonTables(compareFunctions(table, { better: "higher", ...options }))
    ) {
      assert(values.every((row) => row.length === columns.length));
      for (const name of pColumns) {
        const index = columns.indexOf(name);
        assert(values.every((row) => Number(row[index]) > 0 && Number(row[index]) <= 1));
      }
    }
  }
});

Deno.test("by how much: mean and median differences stand beside ranks, in points where scores are fractions", () => {
  const fractions = [[0.9, 0.8, 0.7], [0.95, 0.8, 0.7], [0.9, 0.89, 0.7]];
  for (const [scale, unit] of [[1, " (points)"], [100, ""]] as const) {
    const scores = fractions.map((row) => row.map((score) => score * scale));
    const table = { functions: ["a", "b", "c"], cases: ["1", "2", "3"], scores };
    const tables = comparisonTables(compareFunctions(table, { better: "higher", control: "b" }));
    for (const [name, row, expected] of [["pairs", 0, [8.66666666667, 10]], ["control", 1, [-13, -10]]] as const) {
      const { columns, values } = tables.find((table) => table.name === name)!;
      const [mean, median] = ["mean", "median"].map((what) => columns.indexOf(`${what} difference${unit}`));
      assertEquals([values[row][mean], values[row][median]], [...expected]);
    }
  }
});

Deno.test("small tables show the exact probability", () => {
  const scores = [[3, 2, 1], [3, 2, 1], [2, 3, 1], [3, 2, 1]];
  const table = { functions: ["a", "b", "c"], cases: ["1", "2", "3", "4"], scores };
  const { values } = comparisonTables(compareFunctions(table, { better: "higher" })).find(({ name }) =>
    name === "tests"
  )!;
  const [test, , chiSquared, , p] = values[0];
  assertEquals([test, chiSquared, Number(p).toFixed(4)], ["Friedman, exact distribution", 6.5, "0.0417"]);
});

Deno.test("cases on whose data a function was searched are marked", () => {
  const scores = [[3, 2, 1], [3, 2, 1]];
  const table = { functions: ["a", "b", "c"], cases: ["cmc", "iris"], scores, searched: ["iris"] };
  const comparison = compareFunctions(table, { better: "higher" });
  const { title, values } = comparisonTables(comparison).find(({ name }) => name === "cases")!;
  assertMatch(title, /† one of the functions was searched on its data/);
  assertEquals(values.map(([name]) => name), ["cmc", "iris †"]);
  assertMatch(comparisonText(comparison), /searched on the data of iris, which may favour it there/);
});

Deno.test("no line is longer than the terminal, and no name moves its cursor", () => {
  const scores = Array.from({ length: 12 }, (_, i) => [0.7, 0.9 + i / 1000, 0.8]);
  const names = ["relu\u001b[2J", "x*sigmoid(1.702*x)+max(x,0.1*x)", "swish\u202e"];
  const table = { functions: names, cases: scores.map((_, i) => `case\u009b${i}`), scores };
  const comparison = compareFunctions(table, { better: "higher", control: names[0], rope: 0.01 });
  for (const width of [60, 80, 120]) {
    const text = formatComparison(comparison, { format: "text", width });
    // deno-lint-ignore no-control-regex -- that is what must not be there
    assertEquals(text.match(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/), null);
    assert(text.split("\n").every((line) => [...line].length <= width));
    assertStringIncludes(text, "relu\\x1b[2J");
  }
  for (const format of ["json", "csv", "latex"] as const) {
    // deno-lint-ignore no-control-regex -- that is what must not be there
    assertEquals(formatComparison(comparison, { format }).match(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/), null);
  }
  assertEquals(JSON.parse(formatComparison(comparison, { format: "json" })).columns, names);
});
