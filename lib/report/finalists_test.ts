import { assertEquals, assertMatch, assertThrows } from "@std/assert";
import { type FinalistRow, finalistRows, finalistsTable } from "./finalists.ts";

/** Mean and sd by R: mean(c(.9, .91, .95)) = 0.92, sd(c(.9, .91, .95)) = 0.02645751. */
const found: FinalistRow = {
  name: "found 1",
  formula: "x*sigmoid(x)",
  genes: [2, 9, 0],
  role: "found",
  seeds: [1, 2, 3],
  validationAccuracy: [0.9, 0.91, 0.95],
  testAccuracy: [0.8, 0.8, 0.8],
  fitness: [1, 2, 3],
};
const relu: FinalistRow = {
  name: "ReLU",
  formula: "max(x, 0)",
  role: "baseline",
  seeds: [1, 2, 3],
  validationAccuracy: [0.94, NaN, 0.96],
  testAccuracy: [0.7, NaN, 0.9],
  fitness: [1, NaN, 1],
};
const broken: FinalistRow = {
  name: "x",
  formula: "x",
  role: "baseline",
  seeds: [1],
  validationAccuracy: [NaN],
  testAccuracy: [NaN],
  fitness: [NaN],
};

Deno.test("Finalists stand in order, with mean ± sample sd, the best marked, diverged runs counted", () => {
  assertEquals(finalistRows([broken, found, relu]), [
    {
      rank: 1,
      function: "ReLU",
      formula: "max(x, 0)",
      genes: null,
      role: "baseline",
      seeds: "2 of 3",
      "validation accuracy (%)": "* 95.00 ± 1.41",
      "test accuracy (%)": "* 80.00 ± 14.14",
      fitness: "1.00 ± 0.00",
    },
    {
      rank: 2,
      function: "found 1",
      formula: "x*sigmoid(x)",
      genes: "2 9 0",
      role: "found",
      seeds: 3,
      "validation accuracy (%)": "92.00 ± 2.65",
      "test accuracy (%)": "* 80.00 ± 0.00",
      fitness: "* 2.00 ± 1.00",
    },
    {
      rank: 3,
      function: "x",
      formula: "x",
      genes: null,
      role: "baseline",
      seeds: "0 of 1",
      "validation accuracy (%)": "–",
      "test accuracy (%)": "–",
      fitness: "–",
    },
  ]);
});

Deno.test("The order can follow fitness; one seed has no deviation; without genes there is no such column", () => {
  const one = (name: string, fitness: number) => ({
    ...broken,
    name,
    validationAccuracy: [0.5],
    testAccuracy: [0.5],
    fitness: [fitness],
  });
  const rows = finalistRows([one("a", 1), one("b", 2)], { orderBy: "fitness" });
  assertEquals(rows.map((row) => row.function), ["b", "a"]);
  assertEquals(rows.map((row) => row["test accuracy (%)"]), ["* 50.00", "* 50.00"]);
  assertEquals("genes" in rows[0], false);
});

Deno.test("Lists of different lengths are refused", () => {
  assertThrows(() => finalistRows([{ ...found, fitness: [1] }]), RangeError, "expected 3 values of fitness");
});

Deno.test("The table shows itself in a notebook; no finalists are an empty one", () => {
  const table = finalistsTable([found, relu]);
  assertEquals([table.columns[1], table.columns.length, table.values.length], ["function", 9, 2]);
  // deno-lint-ignore no-explicit-any -- the display symbol is Jupyter's
  assertMatch((table as any)[Symbol.for("Jupyter.display")]()["text/html"], /^<table>/);
  assertEquals(finalistsTable([]).values, []);
});
