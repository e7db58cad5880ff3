import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { nemenyi, rankStandardError, similarGroups } from "./nemenyi.ts";
import { ranks as ranksOf } from "./ranks.ts";
import { assertClose, RANKS } from "./testdata/reference.ts";

Deno.test("the standard error of a difference of mean ranks: √(k(k + 1)/(6N))", () => {
  assertClose(rankStandardError({ cases: 14, functions: 4 }), Math.sqrt(20 / 84), 1e-15); // Demšar 2006, section 3.2.4
  assertClose(rankStandardError({ cases: 2, functions: 3 }), 1, 1e-15);
});

// SciPy 1.17.1: studentized_range.sf(difference / standard error · √2, 4, inf), and isf(0.05, 4, inf).
Deno.test("a table with ties: mean ranks 1.3125, 2.3125, 2.6875, 3.6875", () => {
  const { meanRanks, pValues, criticalDifference, groups } = nemenyi(RANKS);
  assertEquals(meanRanks, [1.3125, 2.3125, 2.6875, 3.6875]);
  assertClose(pValues[0][1], 0.4080496978656374, 1e-9);
  assertClose(pValues[0][2], 0.14353380536908777, 1e-9);
  assertClose(pValues[0][3], 0.001336443983168567, 1e-9);
  assertClose(pValues[1][2], 0.9378418919172389, 1e-9);
  assertClose(criticalDifference, 1.6583028784917075, 1e-6);
  assertEquals(groups, [[0, 1, 2], [1, 2, 3]]);
});

const rankRows = fc.integer({ min: 2, max: 6 }).chain((k) =>
  fc.array(fc.array(fc.integer({ min: 0, max: 5 }), { minLength: k, maxLength: k }).map(ranksOf), {
    minLength: 2,
    maxLength: 30,
  })
);

Deno.test("a pair's p-value is below the level exactly where its ranks are a critical difference apart", () => {
  fc.assert(
    fc.property(rankRows, fc.constantFrom(0.01, 0.05, 0.1, 0.3), (ranks, alpha) => {
      const { meanRanks, criticalDifference, pValues } = nemenyi(ranks, { alpha });
      for (const [i, row] of pValues.entries()) {
        for (const [j, p] of row.entries()) {
          assertEquals(p <= alpha, Math.abs(meanRanks[i] - meanRanks[j]) >= criticalDifference);
          assertEquals(p, pValues[j][i]);
        }
      }
    }),
    { seed: 1 },
  );
});

Deno.test("groups are the largest sets whose ends are less than the critical difference apart", () => {
  const rank = fc.integer({ min: 4, max: 24 }).map((quarters) => quarters / 4);
  const difference = fc.integer({ min: 0, max: 12 }).map((eighths) => eighths / 8);
  fc.assert(
    fc.property(fc.array(rank, { minLength: 1, maxLength: 8 }), difference, (meanRanks, criticalDifference) => {
      const order = [...meanRanks.keys()].sort((i, j) => meanRanks[i] - meanRanks[j]);
      // All runs of neighbours that are near enough, less those that lie within another.
      const runs = order.flatMap((_, start) => order.map((_, end) => order.slice(start, end + 1)))
        .filter((run) => run.length > 1)
        .filter((run) => meanRanks[run.at(-1)!] - meanRanks[run[0]] < criticalDifference);
      const isWithin = (run: readonly number[], other: readonly number[]) =>
        other.length > run.length && run.every((column) => other.includes(column));
      assertEquals(
        similarGroups(meanRanks, criticalDifference),
        runs.filter((run) => !runs.some((other) => isWithin(run, other))),
      );
    }),
    { seed: 2, numRuns: 300 },
  );
});

Deno.test("the level is a probability", () => {
  for (const alpha of [0, 1, -0.1, NaN]) {
    assertThrows(() => nemenyi([[1, 2], [2, 1]], { alpha }), RangeError, `got ${alpha}`);
  }
});
