/**
 * Wilcoxon's signed-rank test of paired scores. It knows neither which scores are the better ones nor how many tests are
 * made.
 *
 * @module
 */
import { normalUpperTail } from "./distributions.ts";
import { pairedDifferences } from "./paired_differences.ts";
import { rankSumTails, type SignedRanks, signedRanks, type Zeros } from "./signed_ranks.ts";

/** What the test asks: whether the first list is different, greater, or less. */
export type Alternative = "two-sided" | "greater" | "less";

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
  options: WilcoxonOptions = {},
): WilcoxonResult {
  return wilcoxonOfRanks(signedRanks(pairedDifferences(a, b).differences, options.zeros ?? "drop"), options);
}

/** {@linkcode wilcoxonSignedRank} of signed ranks that are there, made with the same `zeros`. */
export function wilcoxonOfRanks(signed: SignedRanks, options: WilcoxonOptions = {}): WilcoxonResult {
  const { alternative = "two-sided", zeros: zerosAre = "drop", method = "auto", ties = "corrected" } = options;
  const { plus, minus, count, positive, negative, zeros } = signed;
  const smooth = signed.ties === 0 && zeros === 0;
  const pairs = positive + negative + zeros;
  const chosen = method === "auto" ? pairs <= (smooth ? 50 : 13) ? "exact" : "normal" : method;
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
