import { assert, assertEquals } from "@std/assert";
import { compareFunctions } from "../statistics/comparison.ts";
import { comparisonDiagram } from "./comparison_diagram.ts";
import { parseSvg } from "./svg_assertions.ts";

const bars = (svg: string) => svg.match(/<g[^>]*stroke-width="4"[^>]*>/g)?.length ?? 0;

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

Deno.test("beside a control there are no groups but the control's critical difference", async () => {
  // 3 functions, 12 cases: Nemenyi joins none; Bonferroni and Dunn's difference is 2.241 · √(3·4 / (6·12)) = 0.92
  const svg = await comparisonDiagram(compareFunctions(table(CLEAR), { better: "higher", control: "swish" }));
  const { texts } = parseSvg(svg);
  assertEquals(bars(svg), 1);
  for (const text of ["no significant difference from swish", "CD = 0.92 (α = 0.05)"]) {
    assert(texts.includes(text), text);
  }
  const even = await comparisonDiagram(compareFunctions(table(EVEN), { better: "higher", control: "swish" }));
  assert(parseSvg(even).texts.includes("no significant difference"));
});

Deno.test("where Friedman's test finds no difference one bar joins all functions", async () => {
  const comparison = compareFunctions(table(EVEN), { better: "higher" });
  assertEquals([comparison.differ, comparison.groups.map((group) => group.length)], [false, [3]]);
  assertEquals(bars(await comparisonDiagram(comparison)), 1);
});
