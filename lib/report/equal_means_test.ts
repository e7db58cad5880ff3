import { assertEquals } from "@std/assert";
import { compareFunctions } from "../statistics/mod.ts";
import { caseScoreRows } from "./case_scores.ts";
import { bestOfCases, caseTally, pairTallies } from "./paper/eelu.ts";
import { finalistRows } from "./finalists.ts";
import { readScores } from "./read_scores.ts";
import { seedMeans } from "./seed_means.ts";
import { caseTable, type Training } from "./trainings.ts";

// Both have the sum 1.704, but 0.852 and 0.8520000000000001 for their mean in float64.
const SCORES: Readonly<Record<string, readonly number[]>> = { relu: [0.724, 0.98], eelu1: [0.806, 0.898], elu: [0, 0] };
const CASES = Array.from({ length: 12 }, (_, i) => `case ${i + 1}`);

const trainings: Training[] = CASES.flatMap((name) =>
  Object.entries(SCORES).flatMap(([f, scores]) =>
    scores.map((score, seed) => ({
      case: name,
      network: "phi",
      dataset: name,
      function: f,
      seed,
      score,
      diverged: false,
      searched: false,
    }))
  )
);

Deno.test("functions with equal means share rank 1.5 of every case that is read", () => {
  const lines = trainings.map(({ case: name, function: f, seed, score }) => `${name},${f},${seed},${score}`);
  const table = readScores(`case,function,seed,score\n${lines.join("\n")}`, { source: "scores.csv" });
  const { functions, pairs } = compareFunctions(table, { better: "higher" });
  assertEquals(functions.map(({ name, meanRank }) => [name, meanRank]), [["relu", 1.5], ["eelu1", 1.5], ["elu", 3]]);
  assertEquals([pairs[0].wins, pairs[0].losses, pairs[0].ties], [0, 0, 12]);
});

Deno.test("functions with equal means are both marked as the best, and tied for every tally of the paper", () => {
  assertEquals(Object.values(caseScoreRows(trainings)[0]), [
    "case 1",
    "* 85.20 ± 18.10",
    "* 85.20 ± 6.51",
    "0.00 ± 0.00",
  ]);
  const table = caseTable(trainings);
  assertEquals(caseTally(table), { won: 0, tied: 12, lost: 0 });
  assertEquals(pairTallies(table)[0], { eelu: "eelu1", standard: "relu", won: 0, tied: 12, lost: 0 });
  assertEquals(bestOfCases(table)[0].standard.names, ["relu"]);
});

Deno.test("finalists with equal means keep their order, share the rank, and are both marked", () => {
  for (const names of [["relu", "eelu1"], ["eelu1", "relu"]]) {
    const finalists = names.map((name) => ({
      name,
      formula: name,
      role: "baseline" as const,
      seeds: [1, 2],
      validationAccuracy: SCORES[name],
      testAccuracy: SCORES[name],
      fitness: SCORES[name],
    }));
    const rows = finalistRows(finalists);
    assertEquals(rows.map((row) => [row.rank, row.function]), names.map((name) => [1, name]));
    assertEquals(rows.map((row) => String(row.fitness).slice(0, 6)), ["* 0.85", "* 0.85"]);
  }
});

Deno.test("a mean of scores that cancel is 0", () => {
  const scores = [-0.3, 0.1, 0.2].map((score, seed) => ({ case: "x", function: "a", seed, score }));
  assertEquals(seedMeans(scores).scores, [[0]]);
});
