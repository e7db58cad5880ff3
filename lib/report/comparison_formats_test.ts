import { assert, assertEquals, assertMatch, assertStringIncludes, assertThrows } from "@std/assert";
import { compareFunctions } from "../statistics/comparison.ts";
import { comparisonText } from "../statistics/report.ts";
import { UserError } from "../user_error.ts";
import { formatComparison } from "./comparison_formats.ts";
import { latexTable, latexText } from "./latex_table.ts";

const compare = (count: number) => {
  const scores = Array.from({ length: count }, () => [3, 2, 1]);
  const table = { functions: ["hard_swish", "gelu", "a,b"], cases: scores.map((_, i) => `case ${i + 1}`), scores };
  return compareFunctions(table, { better: "higher" });
};
const comparison = compare(12);

Deno.test("text has the tables and the paragraph in lines", () => {
  const text = formatComparison(comparison, { format: "text" });
  assertMatch(text, /^Mean ranks/);
  assertMatch(text, /hard_swish +1 +1 +1 +12 +0\n/);
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
  assertEquals(json.friedman.imanDavenport, { f: "Infinity", pValue: comparison.friedman.exactPValue });
  assertEquals(json.functions, JSON.parse(JSON.stringify(comparison.functions)));
});

Deno.test("without intervals there are dashes and null; probabilities have the same number of digits", () => {
  const scores = Array.from({ length: 4 }, (_, i) => [3, 2 + i / 10, 1]);
  const table = { functions: ["a", "b", "c"], cases: scores.map((_, i) => `${i}`), scores };
  const few = compareFunctions(table, { better: "higher", control: "c", rope: 0.1 });
  assertMatch(formatComparison(few, { format: "text", table: "ranks" }), /\na +1 +– +– +4 +0\n/);
  assertEquals(JSON.parse(formatComparison(few, { format: "json" })).functions[0].interval, null);
  assertMatch(formatComparison(few, { format: "csv", table: "ranks" }), /\na,1,,,4,0\n/);
  const rows = formatComparison(few, { format: "text", table: "control" }).split("\n").slice(4);
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
  assertStringIncludes(text, "hard\\_swish & 1 & 1 & 1 & 12 & 0 \\\\");
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
