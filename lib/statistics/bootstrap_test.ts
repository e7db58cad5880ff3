import { assert, assertAlmostEquals, assertEquals, assertGreater, assertThrows } from "@std/assert";
import { random } from "../random.ts";
import { meanRankIntervals, normalIntervals } from "./bootstrap.ts";
import { clusters } from "./clusters.ts";
import { comparisonIntervals } from "./comparison_intervals.ts";
import { datasetRanks } from "./dataset_ranks.ts";
import { friedman } from "./friedman.ts";
import { rankTable } from "./rank_table.ts";
import { demsarScores } from "./testdata/reference.ts";
import { wins } from "./wins.ts";

const better = "higher";

Deno.test("intervals hold the mean ranks, grow with the level, and follow the seed", () => {
  const { meanRanks } = friedman(demsarScores, { better });
  const intervals = meanRankIntervals(demsarScores, { better, rng: random(1) });
  const wide = meanRankIntervals(demsarScores, { better, rng: random(1), level: 0.99 });
  intervals.forEach(({ low, high }, i) => {
    assert(1 <= low && low < meanRanks[i] && meanRanks[i] < high && high <= 4);
    assert(wide[i].low <= low && high <= wide[i].high);
  });
  assertEquals(meanRankIntervals(demsarScores, { better, rng: random(1) }), intervals);
});

Deno.test("an interval is as wide as the normal one where there are many cases", () => {
  const rng = random(2);
  const scores = Array.from({ length: 400 }, () => [rng.next(), rng.next(), rng.next()]);
  // A rank among 3 equal functions has the variance 2/3.
  const width = 2 * 1.959964 * Math.sqrt(2 / 3 / 400);
  for (const { low, high } of meanRankIntervals(scores, { better, rng: random(3), resamples: 4000 })) {
    assertAlmostEquals(high - low, width, 0.1 * width);
  }
});

Deno.test("drawing whole data sets widens intervals where cases of one agree", () => {
  const rng = random(4);
  const sets = Array.from({ length: 8 }, () => rng.shuffle([1, 2, 3]));
  const scores = sets.flatMap((row) => [row, row, row, row]);
  const datasets = sets.flatMap((_, i) => Array(4).fill(`set ${i}`));
  const [alone] = meanRankIntervals(scores, { better, rng: random(5) });
  const [whole] = meanRankIntervals(scores, { better, rng: random(5), datasets });
  assertGreater(whole.high - whole.low, 1.5 * (alone.high - alone.low));
});

/** Data sets of 600 cases, of equal and of different sizes. */
const GROUPINGS: readonly { what: string; dataset?: (i: number) => string }[] = [
  { what: "cases alone" },
  { what: "data sets of 2", dataset: (i) => `${i >> 1}` },
  { what: "data sets of different sizes", dataset: (i) => `${Math.floor(Math.sqrt(i * 100))}` },
];

for (const { what, dataset } of GROUPINGS) {
  Deno.test(`the bootstrap's limit is near the bootstrap: ${what}`, () => {
    const rng = random(6);
    const scores = Array.from({ length: 600 }, (_, i) => [rng.next() + (i % 3) / 9, rng.next(), rng.next()]);
    const datasets = dataset && scores.map((_, i) => dataset(i));
    const table = rankTable(scores, { better });
    const limit = normalIntervals(table, { level: 0.95, groups: clusters(table.cases, datasets) });
    meanRankIntervals(scores, { better, rng, resamples: 4000, datasets }).forEach(({ low, high }, j) => {
      assertAlmostEquals(limit[j].low, low, 0.1 * (high - low));
      assertAlmostEquals(limit[j].high, high, 0.1 * (high - low));
    });
  });
}

/** How many cases and data sets there are, and what intervals a comparison gives. */
const METHODS: readonly { cases: number; sets?: number; resamples?: number; method: string; clusters: number }[] = [
  { cases: 4, method: "none", clusters: 4 },
  { cases: 5, method: "bootstrap", clusters: 5 },
  { cases: 40, sets: 1, method: "none", clusters: 1 },
  { cases: 40, sets: 5, method: "bootstrap", clusters: 5 },
  { cases: 2001, method: "normal", clusters: 2001 },
  { cases: 2001, sets: 8, method: "bootstrap", clusters: 8 },
  { cases: 2001, resamples: 10, method: "bootstrap", clusters: 2001 },
];

for (const { cases, sets, resamples, method, clusters } of METHODS) {
  Deno.test(`intervals of ${cases} cases in ${sets ?? "no"} data sets: ${method}`, () => {
    const table = rankTable(Array.from({ length: cases }, (_, i) => [i % 3, 1, i % 2]), { better });
    const datasets = sets ? Array.from({ length: cases }, (_, i) => `${i % sets}`) : undefined;
    const { intervals, intervalMethod } = comparisonIntervals(table, { datasets, resamples, rng: random(1) });
    assertEquals(intervalMethod, { method, of: sets ? "data sets" : "cases", clusters } as typeof intervalMethod);
    assertEquals(intervals.map((interval) => interval === null), Array(3).fill(method === "none"));
  });
}

Deno.test("ranks averaged per data set, as scores, count each data set once", () => {
  const scores = [[3, 2, 1], [3, 1, 2], [1, 2, 3], [2, 1, NaN], [3, 2, 1]];
  const datasets = ["a", "a", "b", "b", "c"];
  const { ranks, ...rest } = datasetRanks(scores, { better, datasets, missing: "dropCases" });
  assertEquals(rest, { datasets: ["a", "b", "c"], cases: [2, 1, 1] });
  assertEquals(ranks, [[1, 2.5, 2.5], [3, 2, 1], [1, 2, 3]]);
  const perSet = friedman(ranks, { better: "lower" });
  assertEquals([perSet.cases, perSet.meanRanks], [3, [5 / 3, 6.5 / 3, 6.5 / 3]]);
  assertThrows(() => datasetRanks(scores.slice(0, 3), { better, datasets: ["a"] }), RangeError, "none for row 1");
});

Deno.test("wins are counted alone and shared", () => {
  assertEquals(wins([[0.5, 0.5, 0.1], [0.1, 0.2, 0.3], [1, 1, 1], [0.9, NaN, 1]], { better, missing: "dropCases" }), {
    winners: [[0, 1], [2], [0, 1, 2]],
    alone: [0, 0, 1],
    shared: [2, 2, 1],
  });
  assertEquals(wins([[1, 2], [1, 3]], { better: "lower" }).alone, [2, 0]);
});

Deno.test("intervals: levels and numbers of samples out of range are refused", () => {
  const options = { better, rng: random(1) } as const;
  assertThrows(() => meanRankIntervals(demsarScores, { ...options, level: 1 }), RangeError, "got 1");
  assertThrows(() => meanRankIntervals(demsarScores, { ...options, resamples: 0.5 }), RangeError, "got 0.5");
});
