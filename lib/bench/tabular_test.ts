import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { encodeGenome, parse } from "../activation/mod.ts";
import { ALL_GENES, strategies } from "../search/mod.ts";
import { UserError } from "../user_error.ts";
import { compareStrategies, CONTESTANTS } from "./compare_strategies.ts";
import { createTable, playSearch, readTable } from "./tabular.ts";
import { syntheticTable } from "./testdata/synthetic_table.ts";
import { writeSynthetic } from "./testdata/write_synthetic.ts";
import { readTruth, writeTruth } from "./truth_table.ts";

const TABLE = syntheticTable();
const SIZES = { populationSize: 10, generations: 30, elites: 3, crossed: 3, mutated: 2, immigrants: 2 };
const OPTIONS = { ...SIZES, table: TABLE, seed: 1, genes: { ...ALL_GENES, shapes: [3] } as const };

Deno.test("a table: equal functions together, the mean of whole trainings, 0 after an epoch that diverged", () => {
  const table = createTable([
    { formula: "x * sigmoid(x)", seed: 2, fitness: [1, 3] },
    { formula: "x / (1 + exp(-x))", seed: 1, fitness: [1, 2] },
    { formula: "tanh(x)", seed: 1, fitness: [0.5] },
  ]);
  assertEquals([table.epochs, table.functions.size, table.best, table.top], [2, 2, 2.5, 2.5]);
  const [swish, tanh] = [...table.functions.values()];
  assertEquals(swish.runs.map(({ seed }) => seed), [1, 2]);
  assertEquals(tanh.runs, [{ seed: 1, fitness: [0.5, 0] }]);
  assertEquals(table.candidateOf(encodeGenome(parse("x * sigmoid(x)"))!).rejected, undefined);
  assertEquals(table.candidateOf([0, 0, 0]).rejected, "not finite"); // 2x, which the table does not have
  assertThrows(() => createTable([]), RangeError, "at least 1 training");
});

Deno.test("a search against a table costs what its trainings would, and ends as the best of what it saw", async () => {
  for (const [name, strategy] of Object.entries(strategies)) {
    const { steps, epochs, found } = await playSearch(strategy, { ...OPTIONS, maxTrials: 60 });
    assert(epochs >= 60 * 4 && epochs < 61 * 4, `${name}: ${epochs}`);
    assert(steps.every((step, i) => i === 0 || step.epochs > steps[i - 1].epochs));
    assert(found === undefined || found <= epochs);
    assertEquals(await playSearch(strategy, { ...OPTIONS, maxTrials: 60 }), { steps, epochs, ...found && { found } });
  }
});

Deno.test("all functions of the table: the one with the highest fitness that was seen is taken for the best", async () => {
  const { steps, epochs } = await playSearch(strategies.exhaustive, { ...OPTIONS, generations: 500 });
  assertEquals(epochs, 1242 * 4);
  const seen = [...TABLE.functions.values()].map(({ runs, truth }) => ({ fitness: runs[1].fitness[3], truth }));
  assertEquals(steps.at(-1)!.truth, seen.reduce((a, b) => b.fitness > a.fitness ? b : a).truth);
});

Deno.test("a comparison: regret falls, success grows, searches are paired, and what was censored is last", async () => {
  const names = ["genetic", "random"];
  const seen: string[] = [];
  const options = { table: TABLE, searches: 8, trials: 40, names, onSearch: (name: string) => seen.push(name) };
  const { strategies: figures, epochs, comparison } = await compareStrategies(options);
  assertEquals([epochs, seen.length], [160, 16]);
  for (const { curve, found, regret } of figures) {
    assert(curve.every((point, i) => i === 0 || point.found >= curve[i - 1].found));
    assertEquals(curve.at(-1)!.found, found.filter((value) => value !== null).length / 8);
    assertAlmostEquals(curve.at(-1)!.regret, regret.reduce((sum, value) => sum + value, 0) / 8, 1e-12);
    assert(curve.every(({ regret }) => regret >= 0));
  }
  assertEquals(comparison.columns, names);
  assertEquals(comparison.cases.length, 8);
  const again = await compareStrategies(options);
  assertEquals(again.strategies, figures);
});

Deno.test("contestants search functions of three genes", () => {
  for (const { options } of Object.values(CONTESTANTS)) assertEquals(options.genes!.shapes, [3]);
});

Deno.test("a table is read as deno task truth writes it; the catalogue's longer functions are left out", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const path = `${folder}/truth.csv`;
    writeSynthetic(path, { count: 20 });
    const rows = readTruth(path);
    writeTruth(path, [...rows, { ...rows[0], formula: "x * tanh(softplus(x)) + sin(x)", genome: undefined }]);
    const table = readTable(path);
    assertEquals([table.epochs, table.rates, table.functions.size], [4, 2, 10]);
    const { epochs } = await playSearch(strategies.random, { ...OPTIONS, table, maxTrials: 4 });
    assertEquals(epochs, 4 * 5);
    assertThrows(
      () => readTable(`${folder}/none.csv`),
      UserError,
      "expected trained functions of three genes, got none",
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
