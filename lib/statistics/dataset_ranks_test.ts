import { assertEquals, assertThrows } from "@std/assert";
import { casesByDataset, datasetRanks } from "./dataset_ranks.ts";

Deno.test("cases are gathered by data set, in the order of their first case, wherever they stand", () => {
  assertEquals(casesByDataset(["b", "a", "b", "c", "a", "b"]), [[0, 2, 5], [1, 4], [3]]);
  assertEquals(casesByDataset([]), []);
  assertEquals(casesByDataset(["__proto__", "constructor", "__proto__"]), [[0, 2], [1]]);
});

Deno.test("ranks are averaged per data set, each of its cases with the same weight", () => {
  const ranks = [[1, 2, 3], [3, 1, 2], [2, 3, 1], [1.5, 1.5, 3]];
  assertEquals(datasetRanks(ranks, { datasets: ["x", "y", "x", "x"] }), {
    datasets: ["x", "y"],
    cases: [3, 1],
    ranks: [[4.5 / 3, 6.5 / 3, 7 / 3], [3, 1, 2]],
  });
  const apart = datasetRanks(ranks, { datasets: ["p", "q", "r", "s"] });
  assertEquals([apart.ranks, apart.cases], [ranks, [1, 1, 1, 1]]);
});

Deno.test("each row needs a data set", () => {
  for (const datasets of [[], ["x"], ["x", "y", "z"]]) {
    assertThrows(() => datasetRanks([[1, 2], [2, 1]], { datasets }), RangeError, `of 2, got ${datasets.length}`);
  }
});
