import { assertAlmostEquals, assertEquals } from "@std/assert";
import { InlineExecutor } from "../study/mod.ts";
import { comparisonSettings } from "./search_settings.ts";
import { bestTrials, contenders, finalists } from "./finals.ts";
import { bestFunctions, searchReport, spread } from "./search_report.ts";
import { Search } from "./search.ts";
import { toyStudy } from "./testdata/toy_finals.ts";

Deno.test("mean and sample standard deviation of what is there; null where there is too little", () => {
  // (2, 4, 9): mean 5, squares of the differences 9 + 1 + 16, over 2 is 13.
  const { mean, sd, values } = spread([2, NaN, 4, 9]);
  assertEquals([mean, values], [5, [2, null, 4, 9]]);
  assertAlmostEquals(sd!, Math.sqrt(13), 1e-12);
  assertEquals(spread([3, NaN]), { mean: 3, sd: null, values: [3, null] });
  assertEquals(spread([NaN]), { mean: null, sd: null, values: [null] });
  assertEquals(spread([]), { mean: null, sd: null, values: [] });
});

const ENGINE = { name: "tensorflow", version: "test", device: "cpu", kernel: true, bfloat16: false } as const;

Deno.test("the report of a study: its best functions, what was compared, counts of trials; it is JSON", async () => {
  using study = await toyStudy({ finals: true });
  await using executor = new InlineExecutor(() => ({ kind: "diverged", fitness: 0, epoch: 1 }));
  const search = new Search(study, executor, ENGINE);
  const compared = finalists(
    contenders(bestTrials(study.trials(), 2), comparisonSettings(study.head.settings)),
    study.trials(),
  );
  const report = searchReport(search, compared);
  assertEquals(report.best.map(({ formula, fitness, trial }) => [formula, fitness, trial]), [
    ["max(x, 0)", 0.09, 0],
    ["sin(x)", 0.06, 1],
    ["x", 0.01, 2],
  ]);
  assertEquals(bestFunctions(study.trials(), 1), report.best.slice(0, 1));
  assertEquals([report.finalists, report.baselines].map((list) => list.map(({ name }) => name)), [
    ["found 1 (= relu)", "found 2"],
    ["relu", "swish"],
  ]);
  // sin(x) diverges in the finals: its fitness is 0, its accuracy nothing.
  assertEquals(report.finalists[1].fitness, { mean: 0, sd: 0, values: [0, 0, 0] });
  assertEquals(report.finalists[1].testAccuracy, { mean: null, sd: null, values: [null, null, null] });
  assertEquals(report.trials, { complete: 3 + 6, stopped: 0, diverged: 3, failed: 0, running: 0, interrupted: 0 });
  assertEquals([report.ended, report.generations, report.rejected], ["interrupted", 0, {
    constant: 0,
    "not finite": 0,
  }]);
  assertEquals(JSON.parse(JSON.stringify(report)), structuredClone(report));
});
