import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { random } from "../random.ts";
import { compareFunctions } from "./comparison.ts";
import { compareWithControl } from "./control.ts";
import { datasetRanks } from "./dataset_ranks.ts";
import { friedman } from "./friedman.ts";
import { nemenyi } from "./nemenyi.ts";
import { rankCases } from "./rank_cases.ts";
import { MissingScoresError, type ScoreTable } from "./scores.ts";
import { demsar, demsarScores } from "./testdata/reference.ts";
import { wilcoxonSignedRank } from "./wilcoxon.ts";

const table: ScoreTable = {
  functions: demsar.columns,
  cases: demsar.rows.map(([name]) => String(name)),
  scores: demsarScores,
};
const better = "higher";
const demsarRanks = rankCases(demsarScores, { better }).ranks;

Deno.test("a comparison has the results of each test under the functions' names", () => {
  const comparison = compareFunctions(table, { better, alpha: 0.1 });
  assertEquals(comparison.functions.map(({ name }) => name), ["C4.5+m+cf", "C4.5+m", "C4.5+cf", "C4.5"]);
  assertEquals(comparison.friedman, friedman(demsarRanks));
  assertEquals(comparison.groups, [["C4.5+m+cf", "C4.5+m", "C4.5+cf"], ["C4.5+cf", "C4.5"]]);
  const { criticalDifference, pValues } = nemenyi(demsarRanks, { alpha: 0.1 });
  assertEquals(comparison.criticalDifference, criticalDifference);
  const pair = comparison.pairs.find(({ first, second }) => first === "C4.5+m" && second === "C4.5")!;
  const column = (index: number) => demsarScores.map((row) => row[index]);
  const wilcoxon = wilcoxonSignedRank(column(1), column(0));
  assertEquals([pair.nemenyi, pair.wilcoxon.pValue, pair.wilcoxon.rankBiserial], [
    pValues[0][1],
    wilcoxon.pValue,
    wilcoxon.rankBiserial,
  ]);
  assertEquals([pair.wins, pair.losses, pair.ties, comparison.pairs.length], [10, 2, 2, 6]);
  assert(comparison.pairs.every(({ difference, wilcoxon }) => difference >= 0 && wilcoxon.holm >= wilcoxon.pValue));
  assertEquals(comparison.cases[9], { name: "mushroom", winners: demsar.columns });
  assertEquals(comparison.functions.map(({ wins, sharedWins }) => [wins, sharedWins]), [[6, 1], [4, 1], [1, 1], [
    2,
    1,
  ]]);
});

Deno.test("where lower scores are better everything is turned round", () => {
  const negated = { ...table, scores: demsarScores.map((row) => row.map((score) => -score)) };
  const [high, low] = [
    compareFunctions(table, { better, control: "C4.5", rope: 0.01 }),
    compareFunctions(negated, { better: "lower", control: "C4.5", rope: 0.01 }),
  ];
  const functions = low.functions.map((one) => ({ ...one, meanScore: 0 - one.meanScore }));
  assertEquals({ ...low, functions, better, fractions: true }, high);
});

Deno.test("the control's comparison, with the Bayesian test where a region is given", () => {
  const { control } = compareFunctions(table, { better, control: "C4.5", rope: 0.01 });
  const expected = compareWithControl(demsarRanks, { control: 0 });
  assertEquals(control!.criticalDifference, expected.criticalDifference);
  assertEquals(control!.functions.map(({ name }) => name), ["C4.5+m+cf", "C4.5+m", "C4.5+cf"]);
  assertEquals(control!.functions[0].holm, expected.comparisons[2].holm);
  for (const { bayesian } of control!.functions) {
    assertAlmostEquals(bayesian!.better + bayesian!.equivalent + bayesian!.worse, 1, 1e-9);
  }
  assertEquals(compareFunctions(table, { better, control: "C4.5" }).control!.functions[0].bayesian, undefined);
  assertThrows(() => compareFunctions(table, { better, control: "C5" }), RangeError, "expected one of C4.5, ");
  assertThrows(() => compareFunctions(table, { better, rope: 0.1 }), RangeError, "expected a control");
});

Deno.test("data sets: ranks per data set beside ranks per case, where data sets have several cases", () => {
  const datasets = demsarScores.map((_, i) => `set ${i % 7}`);
  const { byDataset, functions, cases } = compareFunctions({ ...table, datasets }, { better });
  assertEquals(byDataset!.datasets, [0, 1, 2, 3, 4, 5, 6].map((i) => ({ name: `set ${i}`, cases: 2 })));
  assertEquals([byDataset!.friedman!.cases, cases[8].dataset], [7, "set 1"]);
  // With as many cases in each data set the two means are the same.
  for (const { meanRank, meanDatasetRank } of functions) assertAlmostEquals(meanRank, meanDatasetRank!, 1e-12);
  const one = compareFunctions({ ...table, datasets: datasets.map(() => "one") }, { better }).byDataset!;
  assertEquals([one.datasets.length, one.friedman], [1, undefined]);
  const own = compareFunctions({ ...table, datasets: [...table.cases] }, { better });
  assertEquals(own.byDataset, undefined);
});

Deno.test("missing scores: named in the error, or their cases dropped by name", () => {
  const scores = demsarScores.map((row, i) => i === 3 ? [NaN, ...row.slice(1)] : row);
  assertThrows(() => compareFunctions({ ...table, scores }, { better }), MissingScoresError, "(C4.5 in cmc)");
  const comparison = compareFunctions({ ...table, scores }, { better, missing: "dropCases", control: "C4.5", rope: 0 });
  const rest = {
    functions: table.functions,
    cases: table.cases.filter((_, i) => i !== 3),
    scores: scores.filter((_, i) => i !== 3),
  };
  const expected = compareFunctions(rest, { better, control: "C4.5", rope: 0 });
  assertEquals(comparison, { ...expected, dropped: ["cmc"] });
});

Deno.test("no group is named where the overall test finds no difference", () => {
  const scores = Array.from({ length: 12 }, (_, i) => [i % 3, (i + 1) % 3, (i + 2) % 3]);
  const cases = scores.map((_, i) => `${i}`);
  const { differ, groups } = compareFunctions({ functions: ["a", "b", "c"], cases, scores }, { better });
  assertEquals([differ, groups], [false, [["a", "b", "c"]]]);
});

Deno.test("the same seed gives the same comparison", () => {
  const rng = random(3);
  const scores = Array.from({ length: 30 }, () => [rng.next(), rng.next() + 0.3, rng.next() + 0.6]);
  const datasets = scores.map((_, i) => `set ${i % 5}`);
  const random30 = { functions: ["a", "b", "c"], cases: scores.map((_, i) => `${i}`), datasets, scores };
  const compare = () => compareFunctions(random30, { better, control: "a", rope: 0.1, seed: 5 });
  const comparison = compare();
  assertEquals(compare(), comparison);
});

Deno.test("differences that only rounding errors tell apart are equal", () => {
  // 0.3 − 0.1 and 0.7 − 0.5 are not 0.2 in float64, and 0.1 + 0.2 is not 0.3.
  const scores = [[0.3, 0.1, 0.5], [0.2, 0, 0.1], [0.7, 0.5, 0.1], [0.5, 0.7, 0.9], [0.1 + 0.2, 0.3, 0.2]];
  const noisy = { functions: ["a", "b", "c"], cases: scores.map((_, i) => `${i}`), scores };
  const whole = { ...noisy, scores: scores.map((row) => row.map((score) => Math.round(10 * score))) };
  const [one, other] = [noisy, whole].map((one) => compareFunctions(one, { better }));
  const pair = ({ pairs }: typeof one) => pairs.find(({ first, second }) => first !== "c" && second !== "c")!;
  const { wins, losses, ties, signTest, wilcoxon } = pair(other);
  const { difference: _, ...noisyPair } = pair(one);
  assertEquals(noisyPair, { ...noisyPair, wins, losses, ties, signTest, wilcoxon });
  assertEquals([wins, losses, ties], [3, 1, 1]);
});

Deno.test("the Bayesian test counts differences at the edge of its region alike, whatever their rounding errors", () => {
  const scores = Array.from({ length: 12 }, (_, i) => [0.1 + i * 0.01 + 0.2, 0.1 + i * 0.01, 0]);
  const noisy = { functions: ["a", "b", "c"], cases: scores.map((_, i) => `${i}`), scores };
  const whole = { ...noisy, scores: scores.map((row) => row.map((score) => Math.round(100 * score))) };
  const bayesian = (table: ScoreTable, rope: number) =>
    compareFunctions(table, { better, control: "b", rope }).control!.functions[0].bayesian;
  assertEquals(bayesian(noisy, 0.2), bayesian(whole, 20));
});

Deno.test("with a control, it is compared by the ranks of data sets too", () => {
  const datasets = demsarScores.map((_, i) => `set ${i % 7}`);
  const { byDataset } = compareFunctions({ ...table, datasets }, { better, control: "C4.5" });
  const { ranks } = rankCases(datasetRanks(demsarRanks, { datasets }).ranks, { better: "lower" });
  const expected = compareWithControl(ranks, { control: 0 }).comparisons;
  const holm = (name: string) => byDataset!.control!.find((one) => one.name === name)!.holm;
  assertEquals(["C4.5+m", "C4.5+cf", "C4.5+m+cf"].map(holm), expected.map(({ holm }) => holm));
});

Deno.test("scores of fewer seeds are named where their case is kept", () => {
  const partial = ["cmc", "iris"].map((name) => ({ case: name, function: "C4.5", seeds: 1, of: 2 }));
  const scores = demsarScores.map((row, i) => i === 3 ? [NaN, ...row.slice(1)] : row);
  assertEquals(table.cases[3], "cmc");
  assertEquals(compareFunctions({ ...table, scores, partial }, { better, missing: "dropCases" }).partial, [partial[1]]);
});

Deno.test("cases on whose data a function was searched are named where they are kept", () => {
  const searched = ["cmc", "iris"];
  const scores = demsarScores.map((row, i) => i === 3 ? [NaN, ...row.slice(1)] : row);
  const comparison = compareFunctions({ ...table, scores, searched }, { better, missing: "dropCases" });
  assertEquals(comparison.searched, ["iris"]);
});

Deno.test("names that do not fit the scores are refused", () => {
  for (
    const [changes, message] of [
      [{ cases: ["one"] }, "names of 14 cases, got 1"],
      [{ functions: ["a", "b"] }, "names of 4 functions, got 2"],
      [{ functions: ["a", "b", "a", "c"] }, '"a" twice'],
      [{ datasets: ["x"] }, "14 data sets, got 1"],
    ] as [Partial<ScoreTable>, string][]
  ) {
    assertThrows(() => compareFunctions({ ...table, ...changes }, { better }), RangeError, message);
  }
});

Deno.test("by how much: mean and median of the differences, above 0 where the first is better", () => {
  const scores = [[0.5, 0.625, 0], [0.5, 0.75, 0], [0.5, 0.5, 0], [0.5, 1, 0]];
  const small = { functions: ["a", "b", "c"], cases: ["1", "2", "3", "4"], scores };
  const { pairs, functions, control, fractions } = compareFunctions(small, { better, control: "b" });
  assertEquals([pairs[0].first, pairs[0].meanDifference, pairs[0].medianDifference], ["b", 0.21875, 0.1875]);
  assertEquals(functions.map(({ meanScore }) => meanScore), [0.71875, 0.5, 0]);
  const beside = control!.functions.map((
    { name, meanDifference, medianDifference },
  ) => [name, meanDifference, medianDifference]);
  assertEquals(beside, [["a", -0.21875, -0.1875], ["c", -0.71875, -0.6875]]);
  assertEquals([
    fractions,
    compareFunctions({ ...small, scores: [[1, 2, 0], ...scores], cases: ["0", ...small.cases] }, { better }).fractions,
  ], [true, false]);
  const worse = compareFunctions(small, { better: "lower" });
  assertEquals([worse.pairs.at(-1)!.second, worse.pairs.at(-1)!.meanDifference, worse.fractions], [
    "b",
    0.21875,
    false,
  ]);
});

Deno.test("two functions are compared by Wilcoxon's test, in its direction", () => {
  const [a, b] = [0, 1].map((column) => demsarScores.map((row) => row[column]));
  const two = { functions: ["a", "b"], cases: table.cases, scores: a.map((score, i) => [score, b[i]]) };
  const { friedman, differ, apart, groups, pairs } = compareFunctions(two, { better });
  const { pValue } = wilcoxonSignedRank(a, b);
  assertEquals([friedman, differ, pairs[0].wilcoxon.pValue], [undefined, pValue < 0.05, pValue]);
  assertEquals([apart, groups], [[{ first: "b", second: "a" }], []]);
  // a wins 21 of 41 cases by little, b wins 20 by much.
  const scores = Array.from({ length: 41 }, (_, i) => i < 21 ? [1 + (i + 1) / 1e4, 1] : [1, 2 + i]);
  const uneven = compareFunctions({ functions: ["a", "b"], cases: scores.map((_, i) => `${i}`), scores }, { better });
  assertEquals([uneven.functions[0].name, uneven.apart], ["a", [{ first: "b", second: "a" }]]);
  const equal = compareFunctions({ ...two, scores: a.map((score) => [score, score]) }, { better });
  assertEquals([equal.differ, equal.groups], [false, [["a", "b"]]]);
});

Deno.test("two functions by data sets: Wilcoxon's test of the differences averaged per data set", () => {
  const scores = Array.from({ length: 24 }, (_, i) => [0.5 + (i % 8) / 100, 0.4]);
  const datasets = scores.map((_, i) => `set ${i % 8}`);
  const two = { functions: ["a", "b"], cases: scores.map((_, i) => `${i}`), scores, datasets };
  const { byDataset } = compareFunctions(two, { better });
  assertEquals([byDataset!.wilcoxon!.pValue, byDataset!.apart], [2 / 2 ** 8, [{ first: "a", second: "b" }]]);
  const few = compareFunctions({ ...two, datasets: datasets.map((_, i) => `set ${i % 4}`) }, { better });
  assertEquals([few.differ, few.byDataset!.differ, few.byDataset!.apart], [true, false, []]);
});

Deno.test("what differs from a control is what Holm's procedure finds, once the functions differ at all", () => {
  const rng = random(8);
  for (let run = 0; run < 40; run++) {
    const scores = Array.from({ length: 12 }, () => [0, 0.3, 0.6, 0.9].map((mean) => mean + rng.next()));
    const cases = scores.map((_, i) => `${i}`);
    const { apart, control, differ, alpha } = compareFunctions({ ...table, cases, scores }, {
      better,
      control: "C4.5",
    });
    const expected = control!.functions.filter(({ holm }) => differ && holm < alpha);
    assertEquals(
      apart,
      expected.map(({ name, z }) => z > 0 ? { first: name, second: "C4.5" } : { first: "C4.5", second: name }),
    );
  }
});
