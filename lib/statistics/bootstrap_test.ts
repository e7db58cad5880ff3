import { assert, assertAlmostEquals, assertEquals, assertGreater, assertThrows } from "@std/assert";
import { random } from "../random.ts";
import { meanRankIntervals } from "./bootstrap.ts";
import { compareFunctions } from "./comparison.ts";
import { datasetRanks } from "./dataset_ranks.ts";
import { friedman } from "./friedman.ts";
import { rankCases, type RankingOptions } from "./rank_cases.ts";
import type { Scores } from "./scores.ts";
import { demsarScores } from "./testdata/reference.ts";
import { wins } from "./wins.ts";

const ranksOf = (scores: Scores, options: RankingOptions = { better: "higher" }) => rankCases(scores, options).ranks;
const demsarRanks = ranksOf(demsarScores);

Deno.test("intervals hold the mean ranks, grow with the level, and follow the seed", () => {
  const { meanRanks } = friedman(demsarRanks);
  const intervals = meanRankIntervals(demsarRanks, { rng: random(1) });
  const wide = meanRankIntervals(demsarRanks, { rng: random(1), level: 0.99 });
  intervals.forEach(({ low, high }, i) => {
    assert(1 <= low && low < meanRanks[i] && meanRanks[i] < high && high <= 4);
    assert(wide[i].low <= low && high <= wide[i].high);
  });
  assertEquals(meanRankIntervals(demsarRanks, { rng: random(1) }), intervals);
});

Deno.test("an interval is as wide as the normal one where there are many cases", () => {
  const rng = random(2);
  const scores = Array.from({ length: 400 }, () => [rng.next(), rng.next(), rng.next()]);
  // A rank among 3 equal functions has the variance 2/3.
  const width = 2 * 1.959964 * Math.sqrt(2 / 3 / 400);
  for (const { low, high } of meanRankIntervals(ranksOf(scores), { rng: random(3), resamples: 4000 })) {
    assertAlmostEquals(high - low, width, 0.1 * width);
  }
});

Deno.test("drawing whole data sets widens intervals where cases of one agree", () => {
  const rng = random(4);
  const sets = Array.from({ length: 8 }, () => rng.shuffle([1, 2, 3]));
  const scores = sets.flatMap((row) => [row, row, row, row]);
  const datasets = sets.flatMap((_, i) => Array(4).fill(`set ${i}`));
  const [alone] = meanRankIntervals(ranksOf(scores), { rng: random(5) });
  const [whole] = meanRankIntervals(ranksOf(scores), { rng: random(5), datasets });
  assertGreater(whole.high - whole.low, 1.5 * (alone.high - alone.low));
});

/** How many cases and data sets there are, and what intervals a comparison gives. */
const METHODS: readonly { cases: number; sets?: number; method: string; clusters: number }[] = [
  { cases: 4, method: "none", clusters: 4 },
  { cases: 5, method: "bootstrap", clusters: 5 },
  { cases: 40, sets: 1, method: "none", clusters: 1 },
  { cases: 40, sets: 5, method: "bootstrap", clusters: 5 },
];

for (const { cases, sets, method, clusters } of METHODS) {
  Deno.test(`intervals of ${cases} cases in ${sets ?? "no"} data sets: ${method}`, () => {
    const scores = Array.from({ length: cases }, (_, i) => [i % 3, 1, i % 2]);
    const datasets = sets ? scores.map((_, i) => `${i % sets}`) : undefined;
    const table = { functions: ["a", "b", "c"], cases: scores.map((_, i) => `${i}`), scores, datasets };
    const { functions, intervalMethod } = compareFunctions(table, { better: "higher" });
    assertEquals(intervalMethod, { method, of: sets ? "data sets" : "cases", clusters } as typeof intervalMethod);
    assertEquals(functions.map(({ interval }) => interval === null), Array(3).fill(method === "none"));
  });
}

Deno.test("ranks averaged per data set, as scores, count each data set once", () => {
  const byCase = ranksOf([[3, 2, 1], [3, 1, 2], [1, 2, 3], [3, 2, 1]]);
  const { ranks, ...rest } = datasetRanks(byCase, { datasets: ["a", "a", "b", "c"] });
  assertEquals(rest, { datasets: ["a", "b", "c"], cases: [2, 1, 1] });
  assertEquals(ranks, [[1, 2.5, 2.5], [3, 2, 1], [1, 2, 3]]);
  const perSet = friedman(ranksOf(ranks, { better: "lower" }));
  assertEquals([perSet.cases, perSet.meanRanks], [3, [5 / 3, 6.5 / 3, 6.5 / 3]]);
  assertThrows(() => datasetRanks(byCase, { datasets: ["a"] }), RangeError, "a data set for each of 4, got 1");
});

Deno.test("wins are counted alone and shared", () => {
  assertEquals(wins(ranksOf([[0.5, 0.5, 0.1], [0.1, 0.2, 0.3], [1, 1, 1]])), {
    winners: [[0, 1], [2], [0, 1, 2]],
    alone: [0, 0, 1],
    shared: [2, 2, 1],
  });
  assertEquals(wins(ranksOf([[1, 2], [1, 3]], { better: "lower" })).alone, [2, 0]);
});

Deno.test("intervals: levels and numbers of samples out of range are refused", () => {
  const rng = random(1);
  assertThrows(() => meanRankIntervals(demsarRanks, { rng, level: 1 }), RangeError, "got 1");
  assertThrows(() => meanRankIntervals(demsarRanks, { rng, resamples: 0.5 }), RangeError, "got 0.5");
});
