import { assert, assertEquals, assertThrows } from "@std/assert";
import { compareFunctions } from "../statistics/mod.ts";
import { demsar, demsarScores } from "../statistics/testdata/reference.ts";
import { comparisonDiagram } from "./comparison_diagram.ts";
import type { Plot } from "./plot.ts";
import { parseSvg } from "./testdata/svg_assertions.ts";

const bars = ({ svg }: Plot) => svg.match(/<g[^>]*stroke-width="4"[^>]*>/g)?.length ?? 0;

/** Ranks 1, 2, 3 in every case; with 12 cases Nemenyi's critical difference is 2.343 · √(3·4 / (6·12)) = 0.96. */
const CLEAR = Array.from({ length: 12 }, () => [0.7, 0.9, 0.8]);
/** Every function is first as often as it is last. */
const EVEN = [[1, 2, 3], [2, 3, 1], [3, 1, 2], [1, 2, 3], [2, 3, 1], [3, 1, 2]];

const table = (scores: readonly (readonly number[])[]) => ({
  functions: ["relu", "gelu", "swish"],
  cases: scores.map((_, i) => `case ${i + 1}`),
  scores,
});

Deno.test("functions that all differ have no bar, and the critical difference and its level are named", async () => {
  const svg = await comparisonDiagram(compareFunctions(table(CLEAR), { better: "higher", alpha: 0.05 }));
  const { texts } = parseSvg(svg);
  for (const text of ["gelu (1.00)", "swish (2.00)", "relu (3.00)", "CD = 0.96 (α = 0.05)"]) {
    assert(texts.some((shown) => shown.startsWith(text)), text);
  }
  assertEquals(bars(svg), 0);
});

Deno.test("beside a control one bar joins it with what Holm's procedure does not tell from it, as in words", async () => {
  // Demšar's table 6: Holm's procedure tells two of three functions from C4.5, where Bonferroni and Dunn's tells one.
  const { columns, rows } = demsar;
  const scores = { functions: columns, cases: rows.map(([name]) => String(name)), scores: demsarScores };
  const comparison = compareFunctions(scores, { better: "higher", control: "C4.5" });
  assertEquals(comparison.apart.map(({ first }) => first), ["C4.5+m+cf", "C4.5+m"]);
  const { texts } = parseSvg(await comparisonDiagram(comparison));
  assert(texts.includes("no significant difference from C4.5 (Holm, α = 0.05)"));
  assert(!texts.some((text) => text.startsWith("CD =")));
  assertEquals(bars(await comparisonDiagram(comparison)), 1);
  // Where all differ from the control there is no bar.
  const clear = compareFunctions(table(CLEAR), { better: "higher", control: "swish" });
  assertEquals([clear.apart.length, bars(await comparisonDiagram(clear))], [2, 0]);
  const even = await comparisonDiagram(compareFunctions(table(EVEN), { better: "higher", control: "swish" }));
  assert(parseSvg(even).texts.includes("no significant difference"));
});

Deno.test("two functions have no critical difference", () => {
  const two = { ...table(CLEAR.map((row) => row.slice(0, 2))), functions: ["relu", "gelu"] };
  assertThrows(
    () => comparisonDiagram(compareFunctions(two, { better: "higher" })),
    RangeError,
    "at least 3 functions",
  );
});

Deno.test("where Friedman's test finds no difference one bar joins all functions", async () => {
  const comparison = compareFunctions(table(EVEN), { better: "higher" });
  assertEquals([comparison.differ, comparison.groups.map((group) => group.length)], [false, [3]]);
  assertEquals(bars(await comparisonDiagram(comparison)), 1);
});
