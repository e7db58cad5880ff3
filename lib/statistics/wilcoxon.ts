/**
 * Wilcoxon's signed-rank test of paired scores.
 *
 * @module
 */
import { normalUpperTail } from "./distributions.ts";
import { pairedDifferences } from "./paired_differences.ts";
import { ranks as ranksOf } from "./ranks.ts";

/** What the test asks: whether the first list is different, greater, or less. */
export type Alternative = "two-sided" | "greater" | "less";

/** What to do about differences of zero, as SciPy's `zero_method` wilcox, pratt and zsplit. */
export type Zeros = "drop" | "pratt" | "split";

/** Options of {@linkcode wilcoxonSignedRank}. */
export interface WilcoxonOptions {
  /** Default: `"two-sided"`. */
  readonly alternative?: Alternative;
  /** What to do about pairs of equal scores (default: `"drop"`). */
  readonly zeros?: Zeros;
  /**
   * Whether all signs are counted or the normal distribution is used (default: `"auto"`, which is exact for up to 50 pairs
   * without ties and zeros, and for up to 13 with them).
   */
  readonly method?: "auto" | "exact" | "normal";
  /** Whether the normal approximation is corrected for ties (default) or not, as in many printed examples. */
  readonly ties?: "corrected" | "ignored";
}

/** What {@linkcode wilcoxonSignedRank} returns. */
export interface WilcoxonResult {
  /** The smaller one of the two rank sums; of a one-sided test the sum for the first list. */
  readonly statistic: number;
  /** The p-value; 1 where all pairs are equal. */
  readonly pValue: number;
  /** Sum of the ranks of the pairs whose first score is greater. */
  readonly plus: number;
  /** Sum of the ranks of the pairs whose second score is greater. */
  readonly minus: number;
  /** Number of pairs that are ranked; the dropped ones are not. */
  readonly count: number;
  /** Number of pairs of equal scores. */
  readonly zeros: number;
  /** How the p-value was found. */
  readonly method: "exact" | "normal";
  /** The effect size, (plus − minus) / (plus + minus), in [−1, 1]: the matched-pairs rank-biserial correlation. */
  readonly rankBiserial: number;
}

/**
 * Tests whether the differences of paired scores are symmetric about 0 (Wilcoxon 1945; the same choices as the default of
 * SciPy's `wilcoxon`). With ties an exact test counts the signs given the tied ranks. Differences are those of
 * {@linkcode pairedDifferences}: what only rounding errors tell apart is a tie or 0, where SciPy wants rounded numbers.
 *
 * The effect size is Kerby's (Comprehensive Psychology 3, 2014).
 *
 * Throws a RangeError for lists of different or no length, for differences that are not finite, and for exact tests of
 * more than 1,000 pairs.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { wilcoxonSignedRank } from "./wilcoxon.ts";
 * const { statistic, pValue } = wilcoxonSignedRank([5, 7, 9, 8, 6], [4, 5, 6, 4, 1]);
 * assertEquals([statistic, pValue], [0, 2 / 32]);
 * ```
 */
export function wilcoxonSignedRank(
  a: readonly number[],
  b: readonly number[],
  { alternative = "two-sided", zeros: zerosAre = "drop", method = "auto", ties = "corrected" }: WilcoxonOptions = {},
): WilcoxonResult {
  const signed = signedRanks(pairedDifferences(a, b).differences, zerosAre);
  const { plus, minus, count, zeros } = signed;
  const smooth = signed.ties === 0 && zeros === 0;
  const chosen = method === "auto" ? a.length <= (smooth ? 50 : 13) ? "exact" : "normal" : method;
  const { lower, upper } = chosen === "exact"
    ? rankSumTails(signed.ranks, plus - halfOfZeros(signed, zerosAre))
    : normalTails(signed, { zerosAre, ties });
  return {
    statistic: alternative === "two-sided" ? Math.min(plus, minus) : plus,
    pValue: alternative === "greater"
      ? upper
      : alternative === "less"
      ? lower
      : Math.min(1, 2 * Math.min(lower, upper)),
    plus,
    minus,
    count,
    zeros,
    method: chosen,
    rankBiserial: plus + minus === 0 ? 0 : (plus - minus) / (plus + minus),
  };
}

const halfOfZeros = ({ zeros }: SignedRanks, zerosAre: Zeros) => zerosAre === "split" ? (zeros * (zeros + 1)) / 4 : 0;

/** Mean and variance of the sum with Pratt's zeros: Cureton, JASA 62, 1967. */
function normalTails(
  { plus, minus, count, zeros, ties }: SignedRanks,
  { zerosAre, ties: tiesAre }: { zerosAre: Zeros; ties: "corrected" | "ignored" },
): { lower: number; upper: number } {
  const cubes = (n: number) => n * (n + 1) * (2 * n + 1);
  const tied = ties + (zerosAre === "split" ? zeros ** 3 - zeros : 0);
  const whole = cubes(count) - (zerosAre === "pratt" ? cubes(zeros) : 0) - (tiesAre === "corrected" ? tied / 2 : 0);
  const z = plus === minus ? 0 : (plus - minus) / 2 / Math.sqrt(whole / 24);
  return { lower: normalUpperTail(-z), upper: normalUpperTail(z) };
}

/** The signed ranks of a list of differences. */
interface SignedRanks {
  /** Sum of the ranks of the positive differences, with its half of the zeros' where they are split. */
  readonly plus: number;
  /** Sum of the ranks of the negative differences, likewise. */
  readonly minus: number;
  /** Number of differences that are ranked; zeros that are dropped are not. */
  readonly count: number;
  /** Number of zeros. */
  readonly zeros: number;
  /** Ranks of the differences that are not 0; equal sizes share their average. */
  readonly ranks: readonly number[];
  /** Sum of t³ − t over the groups of t equal sizes that are not 0. */
  readonly ties: number;
}

/**
 * Ranks the sizes of differences and adds them up by sign. `"drop"` leaves zeros out before ranking, `"pratt"` after it,
 * `"split"` ranks them and gives half of their ranks to each side. Throws a RangeError for a difference that is not
 * finite.
 */
function signedRanks(differences: readonly number[], zerosAre: Zeros): SignedRanks {
  const wrong = differences.find((difference) => !Number.isFinite(difference));
  if (wrong !== undefined) {
    throw new RangeError(`Cannot rank differences: expected finite numbers, got a difference of ${wrong}`);
  }
  const kept = differences.filter((difference) => difference !== 0);
  const zeros = differences.length - kept.length;
  const below = zerosAre === "drop" ? 0 : zeros;
  const ranks = ranksOf(kept.map(Math.abs)).map((rank) => below + rank);
  const half = zerosAre === "split" ? (zeros * (zeros + 1)) / 4 : 0;
  const sum = (sign: number) =>
    ranks.reduce((total, rank, i) => Math.sign(kept[i]) === sign ? total + rank : total, half);
  const groups = [...Map.groupBy(ranks, (rank) => rank).values()];
  return {
    plus: sum(1),
    minus: sum(-1),
    count: below + kept.length,
    zeros,
    ranks,
    ties: groups.reduce((total, { length }) => total + length ** 3 - length, 0),
  };
}

/** The most ranks of which {@linkcode rankSumTails} knows the distribution: 2^−1000 is still a float64. */
const MOST_EXACT_RANKS = 1000;

/**
 * The exact probabilities of a sum of the given ranks (multiples of 1/2), each taken or left with probability 1/2, to be
 * at most, and at least, `sum`. All sums are counted (dynamic programming), so ties are no approximation.
 *
 * Throws a RangeError for more than 1,000 ranks.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { rankSumTails } from "./wilcoxon.ts";
 * assertEquals(rankSumTails([1, 2, 3], 5), { lower: 7 / 8, upper: 2 / 8 });
 * ```
 */
export function rankSumTails(ranks: readonly number[], sum: number): { lower: number; upper: number } {
  if (ranks.length > MOST_EXACT_RANKS) {
    throw new RangeError(
      `Cannot count rank sums: expected at most ${MOST_EXACT_RANKS} ranks, got ${ranks.length}; use the normal approximation`,
    );
  }
  const doubled = ranks.map((rank) => Math.round(2 * rank));
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
