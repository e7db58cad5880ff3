/**
 * Nemenyi's test of all pairs of functions, by their mean ranks.
 *
 * @module
 */
import { meanRanks as meansOf, type Ranks } from "./rank_cases.ts";
import { studentizedRangeUpperQuantile, studentizedRangeUpperTail } from "./studentized_range.ts";

/** Options of {@linkcode nemenyi}. */
export interface NemenyiOptions {
  /** The probability of a false difference among all pairs (default: 0.05). */
  readonly alpha?: number;
}

/** What {@linkcode nemenyi} returns; everything that a plot of critical differences needs. */
export interface NemenyiResult {
  /** The level. */
  readonly alpha: number;
  /** The mean rank of each function, 1 for one that is the best in every case. */
  readonly meanRanks: readonly number[];
  /** Mean ranks that are at least so far apart differ. */
  readonly criticalDifference: number;
  /** The p-value of each pair, adjusted for the number of pairs; 1 on the diagonal. */
  readonly pValues: readonly (readonly number[])[];
  /** Largest groups of two or more functions that don't differ, each from the best rank to the worst, as columns. */
  readonly groups: readonly (readonly number[])[];
}

/** The standard error of a difference of mean ranks: √(k(k + 1)/(6N)). */
export function rankStandardError(
  { cases, functions }: { readonly cases: number; readonly functions: number },
): number {
  return Math.sqrt((functions * (functions + 1)) / (6 * cases));
}

/**
 * Compares all pairs of functions (Nemenyi 1963; Demšar, JMLR 7, 2006, section 3.2.2): the difference of two mean ranks,
 * in standard errors times √2, has a studentized range with infinite degrees of freedom. A pair's result depends on which
 * other functions are compared (Benavoli, Corani, Mangili, JMLR 17, 2016).
 *
 * Throws a RangeError for fewer than 2 cases or functions, for rows that are no ranks, and unless alpha is above 0 and
 * below 1.
 *
 * ```ts
 * import { assertAlmostEquals, assertEquals } from "@std/assert";
 * import { nemenyi } from "./nemenyi.ts";
 * const ranks = Array.from({ length: 20 }, (_, i) => i % 2 === 0 ? [1, 2, 3] : [1, 3, 2]);
 * const { criticalDifference, groups } = nemenyi(ranks, { alpha: 0.05 });
 * assertAlmostEquals(criticalDifference, 2.343701 * Math.sqrt(12 / (6 * 20)), 1e-6);
 * assertEquals(groups, [[1, 2]]);
 * ```
 */
export function nemenyi(ranks: Ranks, { alpha = 0.05 }: NemenyiOptions = {}): NemenyiResult {
  const meanRanks = meansOf(ranks);
  const functions = meanRanks.length;
  const error = rankStandardError({ cases: ranks.length, functions });
  const criticalDifference = (studentizedRangeUpperQuantile(alpha, functions) / Math.SQRT2) * error;
  const tail = (i: number, j: number) =>
    studentizedRangeUpperTail((Math.abs(meanRanks[i] - meanRanks[j]) / error) * Math.SQRT2, functions);
  const upper = meanRanks.map((_, i) => meanRanks.map((_, j) => i < j ? tail(i, j) : 1));
  return {
    alpha,
    meanRanks,
    criticalDifference,
    pValues: upper.map((row, i) => row.map((p, j) => i > j ? upper[j][i] : p)),
    groups: similarGroups(meanRanks, criticalDifference),
  };
}

/**
 * The largest groups of at least two neighbours, in the order of their ranks, whose ends are less than the critical
 * difference apart. Groups may overlap; a group within another is left out.
 */
export function similarGroups(meanRanks: readonly number[], criticalDifference: number): number[][] {
  const order = [...meanRanks.keys()].sort((i, j) => meanRanks[i] - meanRanks[j]);
  const groups: number[][] = [];
  let reached = 0;
  for (let start = 0; start < order.length; start++) {
    let end = start + 1;
    while (end < order.length && meanRanks[order[end]] - meanRanks[order[start]] < criticalDifference) end++;
    if (end - start > 1 && end > reached) groups.push(order.slice(start, end));
    reached = Math.max(reached, end);
  }
  return groups;
}
