/**
 * Signed ranks of paired differences, and the distribution of their sum. It does not decide anything.
 *
 * @module
 */

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
export function signedRanks(differences: readonly number[], zerosAre: Zeros): SignedRanks {
  const wrong = differences.find((d) => !Number.isFinite(d));
  if (wrong !== undefined) {
    throw new RangeError(`Cannot rank differences: expected finite numbers, got a difference of ${wrong}`);
  }
  const positive = Float64Array.from(differences.filter((d) => d > 0)).sort();
  const negative = Float64Array.from(differences.filter((d) => d < 0)).sort().reverse().map(Math.abs);
  const nonzero = positive.length + negative.length;
  const zeros = differences.length - nonzero;
  const below = zerosAre === "drop" ? 0 : zeros;
  const ranks = new Float64Array(nonzero);
  let [plus, minus] = [0, 0];
  let ties = 0;
  for (let p = 0, n = 0; p + n < nonzero;) {
    const [start, p0, n0] = [p + n, p, n];
    const size = Math.min(positive[p] ?? Infinity, negative[n] ?? Infinity);
    while (positive[p] === size) p++;
    while (negative[n] === size) n++;
    const rank = below + (start + 1 + p + n) / 2;
    ranks.fill(rank, start, p + n);
    plus += rank * (p - p0);
    minus += rank * (n - n0);
    const equal = p + n - start;
    ties += equal ** 3 - equal;
  }
  const half = zerosAre === "split" ? (zeros * (zeros + 1)) / 4 : 0;
  return { plus: plus + half, minus: minus + half, count: below + nonzero, zeros, ranks, ties };
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
