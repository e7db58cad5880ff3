/**
 * Signed ranks of paired differences, and the distribution of their sum. It does not decide anything.
 *
 * @module
 */

import { sortBySize } from "./sort_by_size.ts";

/** What to do about differences of zero, as SciPy's `zero_method` wilcox, pratt and zsplit. */
export type Zeros = "drop" | "pratt" | "split";

/** The signed ranks of a list of differences. */
export interface SignedRanks {
  /** Sum of the ranks of the positive differences, with its half of the zeros' where they are split. */
  readonly plus: number;
  /** Sum of the ranks of the negative differences, likewise. */
  readonly minus: number;
  /** Number of differences that are ranked; zeros that are dropped are not. */
  readonly count: number;
  /** Number of positive differences. */
  readonly positive: number;
  /** Number of negative differences. */
  readonly negative: number;
  /** Number of zeros. */
  readonly zeros: number;
  /** Ranks of the differences that are not 0, ascending; equal sizes share their average. */
  readonly ranks: Float64Array;
  /** Sum of t³ − t over the groups of t equal sizes that are not 0. */
  readonly ties: number;
}

/**
 * Ranks the sizes of differences and adds them up by sign. `"drop"` leaves zeros out before ranking, `"pratt"` after it,
 * `"split"` ranks them and gives half of their ranks to each side. Throws a RangeError for a difference that is not
 * finite.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { signedRanks } from "./signed_ranks.ts";
 * const { plus, minus } = signedRanks([3, -1, 0, 1], "drop");
 * assertEquals([plus, minus], [4.5, 1.5]);
 * ```
 */
export function signedRanks(differences: ArrayLike<number>, zerosAre: Zeros): SignedRanks {
  const sorted = sortBySize(nonzero(differences));
  const zeros = differences.length - sorted.length;
  const below = zerosAre === "drop" ? 0 : zeros;
  const ranks = new Float64Array(sorted.length);
  let [plus, minus, positive, ties] = [0, 0, 0, 0];
  for (let start = 0; start < sorted.length;) {
    const size = Math.abs(sorted[start]);
    let [end, positives] = [start, 0];
    for (; end < sorted.length && Math.abs(sorted[end]) === size; end++) if (sorted[end] > 0) positives++;
    const equal = end - start;
    const rank = below + (start + 1 + end) / 2;
    for (let i = start; i < end; i++) ranks[i] = rank;
    plus += rank * positives;
    minus += rank * (equal - positives);
    positive += positives;
    ties += equal ** 3 - equal;
    start = end;
  }
  const half = zerosAre === "split" ? (zeros * (zeros + 1)) / 4 : 0;
  return {
    plus: plus + half,
    minus: minus + half,
    count: below + sorted.length,
    positive,
    negative: sorted.length - positive,
    zeros,
    ranks,
    ties,
  };
}

/** The differences that are not 0. Throws a RangeError for one that is not finite. */
function nonzero(differences: ArrayLike<number>): Float64Array {
  const kept = new Float64Array(differences.length);
  let count = 0;
  for (let i = 0; i < differences.length; i++) {
    const difference = differences[i];
    if (!Number.isFinite(difference)) {
      throw new RangeError(`Cannot rank differences: expected finite numbers, got a difference of ${difference}`);
    }
    if (difference !== 0) kept[count++] = difference;
  }
  return kept.subarray(0, count);
}

/** The most ranks of which {@linkcode rankSumTails} knows the distribution: 2^−1000 is still a float64. */
export const MOST_EXACT_RANKS = 1000;

/**
 * The exact probabilities of a sum of the given ranks (multiples of 1/2), each taken or left with probability 1/2, to be
 * at most, and at least, `sum`. All sums are counted (dynamic programming), so ties are no approximation.
 *
 * Throws a RangeError for more than {@linkcode MOST_EXACT_RANKS} ranks.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { rankSumTails } from "./signed_ranks.ts";
 * assertEquals(rankSumTails([1, 2, 3], 5), { lower: 7 / 8, upper: 2 / 8 });
 * ```
 */
export function rankSumTails(ranks: ArrayLike<number>, sum: number): { lower: number; upper: number } {
  if (ranks.length > MOST_EXACT_RANKS) {
    throw new RangeError(
      `Cannot count rank sums: expected at most ${MOST_EXACT_RANKS} ranks, got ${ranks.length}; use the normal approximation`,
    );
  }
  const doubled = Array.from(ranks, (rank) => Math.round(2 * rank));
  const probability = new Float64Array(doubled.reduce((total, rank) => total + rank, 0) + 1);
  probability[0] = 1;
  let largest = 0;
  for (const rank of doubled) {
    largest += rank;
    for (let s = largest; s >= 0; s--) {
      probability[s] = (probability[s] + (s >= rank ? probability[s - rank] : 0)) / 2;
    }
  }
  const at = Math.round(2 * sum);
  const add = (part: Float64Array) => Math.min(1, part.reduce((total, p) => total + p, 0));
  return { lower: add(probability.subarray(0, at + 1)), upper: add(probability.subarray(at)) };
}
