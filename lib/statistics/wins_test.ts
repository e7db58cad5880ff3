import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { rankCases } from "./rank_cases.ts";
import { wins } from "./wins.ts";

Deno.test("the best of each case: alone, shared by some, shared by all", () => {
  const ranks = [[3, 1, 2], [1.5, 3, 1.5], [2, 2, 2], [2, 1, 3]];
  assertEquals(wins(ranks), { winners: [[1], [0, 2], [0, 1, 2], [1]], alone: [0, 2, 0], shared: [2, 1, 2] });
  assertEquals(wins([]), { winners: [], alone: [], shared: [] });
});

Deno.test("winners have the best score of their case, in either direction, and each case counts once", () => {
  const scores = fc.integer({ min: 2, max: 5 }).chain((functions) =>
    fc.array(fc.array(fc.integer({ min: 0, max: 4 }), { minLength: functions, maxLength: functions }), {
      minLength: 2,
      maxLength: 10,
    })
  );
  fc.assert(
    fc.property(scores, fc.constantFrom("higher" as const, "lower" as const), (scores, better) => {
      const { winners, alone, shared } = wins(rankCases(scores, { better }).ranks);
      const best = (row: readonly number[]) => better === "higher" ? Math.max(...row) : Math.min(...row);
      assertEquals(winners, scores.map((row) => [...row.keys()].filter((j) => row[j] === best(row))));
      const total = (counts: readonly number[]) => counts.reduce((a, b) => a + b);
      assertEquals(total(alone), winners.filter(({ length }) => length === 1).length);
      assertEquals(total(alone) + total(shared), winners.flat().length);
    }),
    { seed: 1 },
  );
});
