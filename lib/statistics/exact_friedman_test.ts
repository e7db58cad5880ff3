import { assertAlmostEquals, assertEquals } from "@std/assert";
import { random } from "../random.ts";
import { exactFriedmanPValue } from "./exact_friedman.ts";
import { ranks as ranksOf } from "./ranks.ts";

/** All permutations of a row, tied ranks told apart. */
function permutations(row: readonly number[]): number[][] {
  return row.length === 0
    ? [[]]
    : row.flatMap((first, i) => permutations(row.toSpliced(i, 1)).map((rest) => [first, ...rest]));
}

/** The share of all tables, a permutation for each row, whose rank sums are spread at least as much. */
function byEnumeration(ranks: readonly (readonly number[])[]): number {
  const spread = (sums: readonly number[]) => sums.reduce((total, sum) => total + sum * sum, 0);
  const add = (sums: readonly number[], row: readonly number[]) => sums.map((sum, j) => sum + row[j]);
  const observed = spread(ranks.reduce(add));
  let all: readonly (readonly number[])[] = [ranks[0].map(() => 0)];
  for (const row of ranks) all = all.flatMap((sums) => permutations(row).map((order) => add(sums, order)));
  return all.filter((sums) => spread(sums) >= observed).length / all.length;
}

for (
  const { functions, cases, tables } of [
    { functions: 3, cases: 5, tables: 12 },
    { functions: 4, cases: 3, tables: 12 },
    { functions: 5, cases: 2, tables: 6 },
  ]
) {
  Deno.test(`${functions} functions and ${cases} cases, with ties: as by going through all tables`, () => {
    const rng = random(functions);
    for (let i = 0; i < tables; i++) {
      const ranks = Array.from(
        { length: cases },
        () => ranksOf(Array.from({ length: functions }, () => rng.integer(functions + 1))),
      );
      assertAlmostEquals(exactFriedmanPValue(ranks)!, byEnumeration(ranks), 1e-12);
    }
  });
}

/**
 * The largest exact level of at most 5 % for the statistic of most extreme tables: all cases agree, 1 / (k!)^(n − 1).
 */
for (const [functions, cases, orders] of [[3, 20, 6], [4, 10, 24], [5, 4, 120]]) {
  Deno.test(`${functions} functions: counted up to ${cases} cases, and no further`, () => {
    const row = Array.from({ length: functions }, (_, j) => j + 1);
    const agreed = (count: number) => exactFriedmanPValue(Array.from({ length: count }, () => row));
    assertAlmostEquals(agreed(cases)! * orders ** (cases - 1), 1, 1e-9);
    assertEquals(agreed(cases + 1), undefined);
  });
}

Deno.test("two functions, and six, are not counted; ties in every case say nothing", () => {
  assertEquals(exactFriedmanPValue([[1, 2], [1, 2]]), undefined);
  assertEquals(exactFriedmanPValue([[1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 5, 6]]), undefined);
  assertEquals(exactFriedmanPValue([[2, 2, 2], [2, 2, 2]]), 1);
});
