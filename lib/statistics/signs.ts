/**
 * The sign test: only which score of a pair is greater counts.
 *
 * @module
 */
import { coinUpperTail } from "./distributions.ts";
import { pairedDifferences } from "./paired_differences.ts";
import type { Alternative } from "./wilcoxon.ts";

/** Options of {@linkcode signTest}. */
export interface SignTestOptions {
  /** Default: `"two-sided"`. */
  readonly alternative?: Alternative;
  /** Whether equal pairs are left out (default), or given half to each side, an odd one left out (Demšar 2006). */
  readonly zeros?: "drop" | "split";
}

/** What {@linkcode signTest} returns. */
export interface SignTestResult {
  /** Pairs whose first score is greater. */
  readonly wins: number;
  /** Pairs whose second score is greater. */
  readonly losses: number;
  /** Pairs of equal scores. */
  readonly ties: number;
  /** The exact p-value; 1 where nothing is left. */
  readonly pValue: number;
}

/**
 * Tests whether either score of a pair is greater with probability 1/2, by the binomial distribution. Throws a RangeError
 * for lists of different or no length, and for NaN.
 *
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { signTest } from "./signs.ts";
 * assertAlmostEquals(signTest([1, 2, 3, 4], [0, 0, 0, 0]).pValue, 2 / 16);
 * ```
 */
export function signTest(
  a: readonly number[],
  b: readonly number[],
  { alternative = "two-sided", zeros = "drop" }: SignTestOptions = {},
): SignTestResult {
  const { differences } = pairedDifferences(a, b);
  if (differences.some(Number.isNaN)) throw new RangeError("Cannot compare pairs: expected numbers, got NaN");
  const wins = differences.filter((d) => d > 0).length;
  const losses = differences.filter((d) => d < 0).length;
  const ties = differences.length - wins - losses;
  const each = zeros === "split" ? Math.floor(ties / 2) : 0;
  const of = wins + losses + 2 * each;
  const [upper, lower] = [wins, losses].map((count) => of === 0 ? 1 : coinUpperTail(count + each, of));
  const pValue = alternative === "greater"
    ? upper
    : alternative === "less"
    ? lower
    : Math.min(1, 2 * Math.min(lower, upper));
  return { wins, losses, ties, pValue };
}
