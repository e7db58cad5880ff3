/**
 * The exact distribution of Friedman's statistic of small tables, where the chi-squared distribution is not near it: with 3
 * functions and 4 cases its level of 5 % is 6.9 %.
 *
 * @module
 */
import type { Ranks } from "./rank_cases.ts";

/** The most cases whose orders are counted, by the number of functions; all within a fraction of a second. */
const MOST_CASES: Readonly<Record<number, number>> = { 3: 20, 4: 10, 5: 4 };

/** All different orders of some numbers. */
function orders(numbers: readonly number[]): number[][] {
  if (numbers.length === 0) return [[]];
  return [...new Set(numbers)].flatMap((first) => {
    const rest = numbers.toSpliced(numbers.indexOf(first), 1);
    return orders(rest).map((order) => [first, ...order]);
  });
}

/**
 * The probability of rank sums that differ at least as much as these, when each case gives each order of its ranks (tied
 * ranks stay tied) with the same probability; undefined for tables too large to count. Case by case, the sums and in
 * how many ways they come about are carried on; which function has which sum does not matter, so that sums are kept in ascending order
 * (the recursion of Kendall and Babington Smith, Annals of Mathematical Statistics 10, 1939).
 *
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { exactFriedmanPValue } from "./exact_friedman.ts";
 * const ranks = [[1, 2, 3], [1, 2, 3], [2, 1, 3], [1, 2, 3]]; // sums 5, 7, 12
 * assertAlmostEquals(exactFriedmanPValue(ranks)!, 0.042, 5e-4); // the tables of Siegel and Castellan
 * ```
 */
export function exactFriedmanPValue(ranks: Ranks): number | undefined {
  const functions = ranks[0].length;
  if (ranks.length > (MOST_CASES[functions] ?? 0)) return undefined;
  // Ranks are multiples of 1/2: twice as much is an integer, and all sums of squares are exact.
  const doubled = ranks.map((row) => row.map((rank) => 2 * rank));
  const middle = ranks.length * (functions + 1);
  const spread = (sums: readonly number[]) => sums.reduce((total, sum) => total + (sum - middle) ** 2, 0);
  let states = new Map([["", { sums: new Array<number>(functions).fill(0), count: 1 }]]);
  for (const row of doubled) {
    const different = orders(row);
    const next: typeof states = new Map();
    for (const { sums, count } of states.values()) {
      for (const order of different) {
        const added = sums.map((sum, j) => sum + order[j]).sort((a, b) => a - b);
        const key = added.join();
        const state = next.get(key) ?? { sums: added, count: 0 };
        state.count += count; // at most 6^20, an exact integer
        next.set(key, state);
      }
    }
    states = next;
  }
  const observed = spread(doubled[0].map((_, j) => doubled.reduce((sum, row) => sum + row[j], 0)));
  const total = (all: Iterable<{ readonly count: number }>) => [...all].reduce((sum, { count }) => sum + count, 0);
  return total([...states.values()].filter(({ sums }) => spread(sums) >= observed)) / total(states.values());
}
