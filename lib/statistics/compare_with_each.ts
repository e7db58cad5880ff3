/**
 * One function beside each of some others, over trainings with the same seeds: differences, intervals and tests.
 *
 * @module
 */
import { bonferroni } from "./adjust.ts";
import { signedRankInterval } from "./signed_rank_interval.ts";
import { mean } from "./summary.ts";
import { wilcoxonSignedRank } from "./wilcoxon.ts";

/** A function with a score for each seed, in the same order for all functions; higher ones are better. */
export interface SeededScores {
  /** The function's name. */
  readonly name: string;
  /** Its scores. */
  readonly scores: readonly number[];
}

/** How the function differs from another one. */
export interface EachDifference {
  /** The other function's name. */
  readonly name: string;
  /** Mean of the differences of all seeds, positive where the function is better. */
  readonly meanDifference: number;
  /** The least difference of a seed. */
  readonly least: number;
  /** The greatest difference of a seed. */
  readonly greatest: number;
  /** Differences that the test does not reject; null where the seeds are too few for any. */
  readonly interval: { readonly low: number; readonly high: number } | null;
  /** The p-value of Wilcoxon's signed-rank test, times the number of others. */
  readonly pValue: number;
  /** Whether test and interval both find a difference, and which. */
  readonly verdict: "better" | "worse" | "not shown";
}

/** What {@linkcode compareWithEach} returns. */
export interface EachComparison {
  /** How many seeds there are. */
  readonly seeds: number;
  /** The level of all comparisons together. */
  readonly alpha: number;
  /** The fewest seeds that can show a difference from one of so many others: with fewer no outcome is significant. */
  readonly fewestSeeds: number;
  /** The comparisons, in the order in which the others were given. */
  readonly others: readonly EachDifference[];
}

/**
 * Compares a function with each of the others by Wilcoxon's signed-rank test over seeds, at the level `alpha` (default
 * 0.05) for all comparisons together: tests and intervals share it evenly (Bonferroni), so that they agree. Throws a
 * RangeError for lists of different or no length, and for scores that are not finite.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { compareWithEach } from "./compare_with_each.ts";
 * const relu = { name: "relu", scores: [0.71, 0.72, 0.73, 0.74, 0.75, 0.76] };
 * const { others, fewestSeeds } = compareWithEach({ name: "f", scores: [0.8, 0.8, 0.8, 0.8, 0.8, 0.8] }, [relu]);
 * assertEquals([others[0].verdict, others[0].pValue, fewestSeeds], ["better", 2 / 2 ** 6, 6]);
 * ```
 */
export function compareWithEach(
  { scores }: SeededScores,
  others: readonly SeededScores[],
  { alpha = 0.05 }: { readonly alpha?: number } = {},
): EachComparison {
  const share = alpha / Math.max(1, others.length);
  const pValues = bonferroni(others.map((other) => wilcoxonSignedRank(scores, other.scores).pValue));
  return {
    seeds: scores.length,
    alpha,
    fewestSeeds: Math.floor(1 - Math.log2(share)) + 1, // the least p-value of n seeds is 2 / 2ⁿ
    others: others.map(({ name, scores: own }, i) => {
      const differences = scores.map((score, seed) => score - own[seed]);
      const { interval } = signedRankInterval(scores, own, { alpha: share });
      const differ = pValues[i] < alpha;
      return {
        name,
        meanDifference: mean(differences),
        least: Math.min(...differences),
        greatest: Math.max(...differences),
        interval,
        pValue: pValues[i],
        verdict: differ && interval && interval.low > 0
          ? "better"
          : differ && interval && interval.high < 0
          ? "worse"
          : "not shown",
      };
    }),
  };
}
