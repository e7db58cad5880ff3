/**
 * Differences of paired scores without the noise of their floating-point arithmetic.
 *
 * @module
 */
import { equalScores, mergeEqualScores } from "./equal_scores.ts";

/** What {@linkcode pairedDifferences} returns. */
export interface PairedDifferences {
  /** The differences a − b. */
  readonly differences: readonly number[];
  /**
   * The larger one of each pair's absolute values, by which rounding errors of its difference are measured; 0 for a
   * difference of 0, which is exact.
   */
  readonly sizes: readonly number[];
}

/**
 * The differences of paired scores: 0 where the scores are equal ({@linkcode equalScores}), and of one size where the sizes
 * differ only by the rounding errors of the scores. In float64 0.3 − 0.1 and 0.2 − 0 differ, and a signed-rank test would
 * take them for two sizes. Throws a RangeError for lists of different or no length.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { pairedDifferences } from "./paired_differences.ts";
 * const [first, second] = pairedDifferences([0.3, 0.2], [0.1, 0]).differences;
 * assertEquals(first, second);
 * ```
 */
export function pairedDifferences(a: readonly number[], b: readonly number[]): PairedDifferences {
  if (a.length !== b.length || a.length === 0) {
    throw new RangeError(
      `Cannot compare pairs: expected two lists of the same length, at least 1, got ${a.length} and ${b.length} numbers`,
    );
  }
  const raw = a.map((value, i) => Number.isFinite(value) && equalScores(value, b[i]) ? 0 : value - b[i]);
  const sizes = a.map((value, i) => raw[i] === 0 ? 0 : Math.max(Math.abs(value), Math.abs(b[i])));
  const merged = mergeEqualScores(raw.map(Math.abs), { sizes });
  return { differences: merged.map((size, i) => raw[i] < 0 ? -size : size), sizes };
}
