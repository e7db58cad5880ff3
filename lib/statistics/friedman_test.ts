import { assert, assertEquals, assertGreater, assertLess, assertThrows } from "@std/assert";
import fc from "fast-check";
import { random } from "../random.ts";
import { compareWithControl } from "./control.ts";
import { findsDifference, friedman } from "./friedman.ts";
import { nemenyi, similarGroups } from "./nemenyi.ts";
import { rankCases, type RankingOptions } from "./rank_cases.ts";
import { MissingScoresError, type Scores } from "./scores.ts";
import { assertClose, demsar, demsarScores, reference, scipy, transposed } from "./testdata/reference.ts";

const { expected } = demsar;

const higher: RankingOptions = { better: "higher" };
const lower: RankingOptions = { better: "lower" };
const ranksOf = (scores: Scores, options: RankingOptions = higher) => rankCases(scores, options).ranks;
const demsarRanks = ranksOf(demsarScores);

Deno.test(`Friedman and Iman-Davenport: ${demsar.source}`, () => {
  const result = friedman(demsarRanks);
  result.meanRanks.forEach((rank, i) => assertClose(rank, expected.meanRanks[i]));
  assertClose(result.chiSquared, expected.chi2_tie_corrected);
  assertClose(result.pValue, expected.p_tie);
  assertClose(result.imanDavenport.f, expected.F_F_tie);
  assertClose(result.imanDavenport.pValue, expected.p_F_tie);
  assertClose(result.plain.chiSquared, expected.chi2_uncorrected);
  assertClose(result.plain.pValue, expected.p_chi2);
  assertClose(result.plain.imanDavenport.f, expected.F_F);
  assertClose(result.plain.imanDavenport.pValue, expected.p_F);
  assertClose(result.kendallW, expected.chi2_tie_corrected / (14 * 3));
  assertEquals([result.degreesOfFreedom, result.denominatorDegreesOfFreedom, result.cases], [3, 39, 14]);
});

Deno.test("Friedman: the same table with the rounded score that hides a rank", () => {
  const trap = demsar["trap_as_printed_0.975"];
  const result = friedman(ranksOf(demsarScores.map((row) => row.map((x) => x === 0.9751 ? 0.975 : x))));
  result.meanRanks.forEach((rank, i) => assertClose(rank, trap.meanRanks[i]));
  assertClose(result.plain.chiSquared, trap.chi2_uncorrected);
  assertClose(result.chiSquared, trap.chi2_tie_corrected);
});

Deno.test("Friedman: x2 of scipy's test_stats.py", () => {
  const { columns, chi2, p } = reference.scipy_test_stats_x2;
  const { chiSquared, pValue } = friedman(ranksOf(transposed(columns), lower));
  assertClose(chiSquared, chi2);
  assertClose(pValue, p);
});

for (const { scores, meanRanksLow, chiSquared, pValue } of scipy.friedman) {
  Deno.test(`Friedman: ${scores.length} cases, ${scipy.source}`, () => {
    const result = friedman(ranksOf(scores, lower));
    result.meanRanks.forEach((rank, i) => assertClose(rank, meanRanksLow[i], 1e-12));
    assertClose(result.chiSquared, chiSquared, 1e-10);
    assertClose(result.pValue, pValue, 1e-9);
  });
}

Deno.test("Friedman: a table whose F lies at the mean of the incomplete beta function", () => {
  const ranks = [[4, 1, 5, 3, 2], [2, 1, 5, 4, 3], [2, 5, 3, 1, 4], [1, 4, 5, 3, 2]];
  const { chiSquared, pValue, imanDavenport } = friedman(ranksOf(ranks, lower));
  assertClose(chiSquared, 4.8);
  assertClose(imanDavenport.f, 9 / 7, 1e-14);
  // SciPy 1.17.1: chi2.sf(4.8, 4) and f.sf(9/7, 4, 12)
  assertClose(pValue, 0.308441041, 1e-9);
  assertClose(imanDavenport.pValue, 0.3294172, 1e-8);
});

for (const { ranks, p } of scipy.exactFriedman) {
  Deno.test(`Friedman: the exact probability of ${JSON.stringify(ranks)}, by counting all orders in Python`, () => {
    assertClose(friedman(ranks).exactPValue!, p, 1e-12);
  });
}

/**
 * The exact level of tests at 5 %: the largest attainable one that is not above it, and what the chi-squared distribution
 * would take for 5 % (Siegel and Castellan, "Nonparametric Statistics", 2nd edition, table M, and Owen's tables).
 */
const LEVELS: readonly { functions: number; cases: number; chiSquared: number; p: number }[] = [
  { functions: 3, cases: 3, chiSquared: 6, p: 0.028 },
  { functions: 3, cases: 4, chiSquared: 6, p: 0.069 },
  { functions: 3, cases: 4, chiSquared: 6.5, p: 0.042 },
  { functions: 3, cases: 5, chiSquared: 6.4, p: 0.039 },
  { functions: 3, cases: 9, chiSquared: 6, p: 0.057 },
  { functions: 3, cases: 9, chiSquared: 56 / 9, p: 0.048 },
  { functions: 4, cases: 4, chiSquared: 7.5, p: 0.052 },
  { functions: 4, cases: 4, chiSquared: 7.8, p: 0.036 },
];

/** Some table of ranks with this statistic. */
function tableWith({ functions, cases, chiSquared }: typeof LEVELS[number]) {
  const rng = random(1);
  const row = Array.from({ length: functions }, (_, j) => j + 1);
  for (;;) {
    const result = friedman(Array.from({ length: cases }, () => rng.shuffle(row)));
    if (Math.abs(result.chiSquared - chiSquared) < 1e-9) return result;
  }
}

for (const level of LEVELS) {
  Deno.test(`Friedman: ${JSON.stringify(level)} of published tables`, () => {
    assertEquals(Number(tableWith(level).exactPValue!.toFixed(3)), level.p);
  });
}

Deno.test("Friedman: exact probabilities are those of all tables, so that no level is exceeded", () => {
  // Every table of 3 functions and 4 cases with the first case in order.
  const orders = [[1, 2, 3], [1, 3, 2], [2, 1, 3], [2, 3, 1], [3, 1, 2], [3, 2, 1]];
  const tables = orders.flatMap((a) => orders.flatMap((b) => orders.map((c) => [orders[0], a, b, c])));
  for (const alpha of [0.01, 0.05, 0.1, 0.2]) {
    const found = tables.filter((ranks) => findsDifference(friedman(ranks), alpha)).length;
    assertLess(found / tables.length, alpha);
  }
});

Deno.test("Friedman: all tied, and the same order everywhere", () => {
  const tied = friedman(ranksOf([[1, 1, 1, 1], [2, 2, 2, 2], [0, 0, 0, 0]]));
  assertEquals([tied.chiSquared, tied.pValue, tied.imanDavenport, tied.kendallW], [0, 1, { f: 0, pValue: 1 }, 0]);
  assertEquals(tied.plain, { chiSquared: 0, pValue: 1, imanDavenport: { f: 0, pValue: 1 } });
  const agreed = friedman(ranksOf(Array.from({ length: 28 }, () => [1, 2, 3, 4, 5])));
  assertEquals([agreed.imanDavenport.f, agreed.kendallW], [Infinity, 1]);
  assertClose(agreed.imanDavenport.pValue, 120 ** -27, 1e-12);
  assertGreater(agreed.pValue, 0);
  assertLess(agreed.pValue, 1e-20);
});

/** A row of scores that all cases have, and the number of different orders that its ranks could have. */
const ONE_ORDER: readonly { row: number[]; cases: number; orders: number }[] = [
  { row: [1, 2, 3], cases: 2, orders: 6 },
  { row: [4, 1, 2, 3], cases: 3, orders: 24 },
  { row: [1, 1, 2], cases: 4, orders: 3 },
  { row: [1, 1, 2, 2], cases: 2, orders: 6 },
];

for (const { row, cases, orders } of ONE_ORDER) {
  Deno.test(`Friedman: the exact probability of [${row}] in ${cases} cases`, () => {
    const { imanDavenport, exactPValue } = friedman(ranksOf(Array.from({ length: cases }, () => row)));
    assertEquals(imanDavenport, { f: Infinity, pValue: exactPValue! });
    assertClose(exactPValue!, orders ** (1 - cases), 1e-12);
  });
}

Deno.test("Friedman: an exact probability is never 0, and of larger tables known for one order alone", () => {
  const many = friedman(Array.from({ length: 28 }, () => Array.from({ length: 50 }, (_, j) => j + 1)));
  assertEquals([many.exactPValue, many.imanDavenport.pValue], [Number.MIN_VALUE, Number.MIN_VALUE]);
  assertEquals(friedman(demsarRanks).exactPValue, undefined);
});

Deno.test(`Nemenyi: ${demsar.source}`, () => {
  const [five, ten] = [0.05, 0.1].map((alpha) => nemenyi(demsarRanks, { alpha }));
  assertClose(five.criticalDifference, expected.nemenyi.CD05, 1e-5);
  assertClose(ten.criticalDifference, expected.nemenyi.CD10, 1e-5);
  assertEquals(five.groups, expected.nemenyi.cliques05);
  assertEquals(ten.groups, expected.nemenyi.cliques10);
  for (const [pair, p] of Object.entries(expected.nemenyi.p)) {
    const [i, j] = pair.split("-").map(Number);
    assertClose(five.pValues[i][j], p, 1e-5);
    assertEquals(five.pValues[j][i], five.pValues[i][j]);
  }
  assertEquals(five.pValues.map((row, i) => row[i]), [1, 1, 1, 1]);
});

Deno.test("groups that don't differ: overlapping, nested, none, all", () => {
  const ranks = [1, 2, 2.5, 3.6, 6];
  for (
    const [difference, groups] of [
      [0.5, []],
      [0.51, [[1, 2]]],
      [1.2, [[0, 1], [1, 2], [2, 3]]],
      [1.7, [[0, 1, 2], [1, 2, 3]]],
      [9, [[0, 1, 2, 3, 4]]],
    ] as [number, number[][]][]
  ) {
    assertEquals(similarGroups(ranks, difference), groups);
  }
  assertEquals(similarGroups([3, 1, 2], 1.5), [[1, 2], [2, 0]]);
});

Deno.test(`against a control: ${demsar.source}`, () => {
  const { SE, bonferroniDunn05, control_0 } = expected;
  const result = compareWithControl(demsarRanks, { control: 0, alpha: 0.05 });
  assertClose(result.standardError, SE);
  assertClose(result.criticalDifference, bonferroniDunn05.CD);
  assertClose(result.criticalDifference / SE, bonferroniDunn05.q);
  for (const comparison of result.comparisons) {
    const key = String(comparison.function) as "1" | "2" | "3";
    assertClose(comparison.z, control_0.z[key], 1e-7);
    assertClose(comparison.pValue, control_0.p[key]);
    assertClose(comparison.holm, control_0.holm[key]);
    assertClose(comparison.hochberg, control_0.hochberg[key]);
    assertClose(comparison.bonferroniDunn, Math.min(1, 3 * control_0.p[key]));
  }
});

const smallScores = fc.integer({ min: 3, max: 6 }).chain((k) =>
  fc.array(fc.array(fc.integer({ min: 0, max: 8 }), { minLength: k, maxLength: k }), { minLength: 2, maxLength: 20 })
);

Deno.test("ranks add up, p-values are probabilities, only the order counts, columns may be swapped", () => {
  fc.assert(
    fc.property(smallScores, fc.integer({ min: 0, max: 1e6 }), (scores, seed) => {
      const k = scores[0].length;
      for (const row of rankCases(scores, { better: "higher" }).ranks) {
        assertEquals(row.reduce((a, b) => a + b), (k * (k + 1)) / 2);
      }
      const result = friedman(ranksOf(scores));
      const control = compareWithControl(ranksOf(scores), { control: 0 });
      const pairs = nemenyi(ranksOf(scores));
      const pValues = [
        result.pValue,
        result.imanDavenport.pValue,
        ...pairs.pValues.flat(),
        ...control.comparisons.flatMap(({ pValue, holm }) => [pValue, holm]),
      ];
      assert(pValues.every((p) => p >= 0 && p <= 1));
      assert(result.kendallW >= 0 && result.kendallW <= 1);
      assertEquals(friedman(ranksOf(scores.map((row) => row.map((x) => Math.exp(x) - 5)))), result);
      const order = random(seed).shuffle([...scores[0].keys()]);
      const shuffled = friedman(ranksOf(scores.map((row) => order.map((j) => row[j]))));
      assertEquals(shuffled, { ...result, meanRanks: order.map((j) => result.meanRanks[j]) });
    }),
    { seed: 4 },
  );
});

Deno.test("the other direction turns ranks round and changes no test", () => {
  fc.assert(
    fc.property(smallScores, (scores) => {
      const [high, low] = (["higher", "lower"] as const).map((better) => friedman(ranksOf(scores, { better })));
      low.meanRanks.forEach((rank, j) => assertClose(rank, scores[0].length + 1 - high.meanRanks[j], 1e-12));
      assertEquals([low.chiSquared, low.imanDavenport], [high.chiSquared, high.imanDavenport]);
      const negated = friedman(ranksOf(scores.map((row) => row.map((x) => -x))));
      assertEquals(negated, low);
    }),
    { seed: 5 },
  );
});

Deno.test("pairs at the critical difference have the level as their p-value", () => {
  const { criticalDifference, pValues, meanRanks } = nemenyi(demsarRanks, { alpha: 0.0741848 });
  assertClose(criticalDifference, meanRanks[0] - meanRanks[3], 1e-5);
  assertClose(pValues[0][3], 0.0741848, 1e-5);
});

Deno.test("missing scores: refused with their list, or their cases dropped", () => {
  const scores = [[1, 2, 3], [NaN, 2, NaN], [2, 3, 1], [3, 1, 2]];
  const error = assertThrows(() => ranksOf(scores), MissingScoresError, "row 1, column 2");
  assertEquals(error.cells, [{ case: 1, function: 0 }, { case: 1, function: 2 }]);
  const complete = scores.filter((_, i) => i !== 1);
  assertEquals(rankCases(scores, { better: "higher", missing: "dropCases" }), {
    ranks: ranksOf(complete),
    cases: [0, 2, 3],
    dropped: [1],
  });
  const many = Array.from({ length: 40 }, () => [NaN, NaN, 1]);
  assertThrows(() => ranksOf(many), MissingScoresError, "in 80 of them");
  assertThrows(() => ranksOf(many), MissingScoresError, "and 30 more");
});

Deno.test("what cannot be compared is refused", () => {
  assertThrows(() => ranksOf([]), RangeError, "at least 2 columns, got 0");
  assertThrows(() => ranksOf([[1, 2, 3]]), RangeError, "at least 2 complete cases, got 1");
  assertThrows(() => ranksOf([[1, 2, 3], [1, 2]]), RangeError, "got 2 in row 1");
  assertThrows(() => ranksOf([[1, 2, 3]], { better: "up" as "higher" }), RangeError, "got up");
  assertThrows(() => friedman([]), RangeError, "at least 3 columns, got 0");
  assertThrows(() => friedman([[1, 2], [2, 1]]), RangeError, "wilcoxonSignedRank");
  assertThrows(() => friedman([[1, 2, 3]]), RangeError, "at least 2 rows, got 1");
  assertThrows(() => friedman([[1, 2, 3], [0.9, 0.8, 0.7]]), RangeError, "got 0.9, 0.8, 0.7; rank scores by rankCases");
  assertThrows(() => nemenyi([[1], [1]]), RangeError, "at least 2 columns");
  assertThrows(() => nemenyi([[1, 2], [2, 1]], { alpha: 1 }), RangeError, "got 1");
  for (const control of [-1, 3, 0.5]) {
    assertThrows(() => compareWithControl([[1, 2, 3], [1, 2, 3]], { control }), RangeError, `got ${control}`);
  }
});
