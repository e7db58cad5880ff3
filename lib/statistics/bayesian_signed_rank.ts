/**
 * The Bayesian signed-rank test with a region of practical equivalence. It does not choose the region: how small a
 * difference is too small to matter is for the user to say.
 *
 * @module
 */
import type { Random } from "../random.ts";
import type { Better } from "./scores.ts";
import { pairedDifferences } from "./wilcoxon.ts";

/** Options of {@linkcode bayesianSignedRank}. */
export interface BayesianOptions {
  /** Which scores are the better ones. */
  readonly better: Better;
  /** Differences of at most this size make no practical difference; at least 0, in the unit of the scores. */
  readonly rope: number;
  /** Draws the samples. */
  readonly rng: Random;
  /** Number of samples of the posterior (default: 50,000). */
  readonly samples?: number;
}

/** Three numbers that add up to 1. */
export interface Regions {
  /** The first list is better, by more than the region of practical equivalence. */
  readonly aBetter: number;
  /** The difference lies in the region. */
  readonly equivalent: number;
  /** The second list is better. */
  readonly bBetter: number;
}

/** What {@linkcode bayesianSignedRank} returns. */
export interface BayesianResult {
  /** The posterior probability that a region is the most probable of the three, to be compared with 0.95. */
  readonly probabilities: Regions;
  /** The posterior mean of the probability of each region. */
  readonly means: Regions;
}

/** For each z the numbers of z's that give a sum below, and not above, the bound. */
function ends(sorted: Float64Array, bound: number): { below: Int32Array; notAbove: Int32Array } {
  const [below, notAbove] = [new Int32Array(sorted.length), new Int32Array(sorted.length)];
  // The greater z is, the fewer of the others stay below the bound.
  let [less, lessOrEqual] = [sorted.length, sorted.length];
  sorted.forEach((z, i) => {
    while (less > 0 && z + sorted[less - 1] >= bound) less--;
    while (lessOrEqual > 0 && z + sorted[lessOrEqual - 1] > bound) lessOrEqual--;
    [below[i], notAbove[i]] = [less, lessOrEqual];
  });
  return { below, notAbove };
}

/**
 * Says how probable it is that one of two lists of paired scores is better, or that they are equivalent (Benavoli, Corani,
 * Demšar, Zaffalon, JMLR 18, 2017, section 4.2.1): the differences' distribution has a Dirichlet process as its prior, of
 * strength 1/2, centred at 0; each sample of the posterior weighs the differences by a draw of the Dirichlet distribution
 * and sums the weights of all pairs of differences whose mean lies left of, in, or right of the region. The same as
 * `SignedRankTest` of the Python package baycomp, in n instead of n² steps a sample.
 *
 * Throws a RangeError for lists of different or no length, differences that are not finite, a region that is negative or
 * not finite, and fewer than 1 sample.
 *
 * ```ts
 * import { assert } from "@std/assert";
 * import { random } from "../random.ts";
 * import { bayesianSignedRank } from "./bayesian_signed_rank.ts";
 * const [a, b] = [[0.9, 0.91, 0.92, 0.93, 0.95], [0.8, 0.8, 0.8, 0.8, 0.8]];
 * const { probabilities } = bayesianSignedRank(a, b, { better: "higher", rope: 0.01, rng: random(1) });
 * assert(probabilities.aBetter > 0.95);
 * ```
 */
export function bayesianSignedRank(
  a: readonly number[],
  b: readonly number[],
  options: BayesianOptions,
): BayesianResult {
  const differences = options.better === "higher" ? pairedDifferences(a, b) : pairedDifferences(b, a);
  return bayesianOfDifferences(differences, options);
}

/** {@linkcode bayesianSignedRank} of differences that are there, above 0 where the first list is better. */
export function bayesianOfDifferences(
  differences: ArrayLike<number>,
  { rope, rng, samples = 50_000 }: Omit<BayesianOptions, "better">,
): BayesianResult {
  if (!(rope >= 0 && rope < Infinity)) {
    throw new RangeError(
      `Cannot use a region of practical equivalence: expected a finite rope of at least 0, got ${rope}`,
    );
  }
  if (!Number.isSafeInteger(samples) || samples < 1) {
    throw new RangeError(`Cannot sample: expected an integer of at least 1 as samples, got ${samples}`);
  }
  const sorted = new Float64Array(differences.length + 1); // with the prior's 0
  sorted.set(differences, 1);
  sorted.sort();
  const wrong = sorted.find((d) => !Number.isFinite(d));
  if (wrong !== undefined) {
    throw new RangeError(`Cannot compare pairs: expected finite differences, got ${wrong}`);
  }
  const prior = sorted.indexOf(0);
  const [left, right] = [ends(sorted, -2 * rope), ends(sorted, 2 * rope)];
  const size = sorted.length;
  const [weights, sums] = [new Float64Array(size), new Float64Array(size + 1)];
  const wins = [0, 0, 0];
  const totals = [0, 0, 0];
  for (let s = 0; s < samples; s++) {
    for (let i = 0; i < size; i++) {
      const exponential = -Math.log1p(-rng.next());
      // Gamma numbers: of shape 1, and for the prior of shape 1/2, which is half the square of a normal one (Box, Muller).
      weights[i] = i === prior ? exponential * Math.cos(2 * Math.PI * rng.next()) ** 2 : exponential;
      sums[i + 1] = sums[i] + weights[i];
    }
    const all = sums[size];
    let [worse, superior] = [0, 0];
    for (let i = 0; i < size; i++) {
      // Sums at the very edge of the region count half.
      worse += weights[i] * (sums[left.below[i]] + sums[left.notAbove[i]]) / 2;
      superior += weights[i] * (all - (sums[right.below[i]] + sums[right.notAbove[i]]) / 2);
    }
    const shares = [superior, all * all - superior - worse, worse].map((value) => Math.max(0, value / (all * all)));
    const most = Math.max(...shares);
    const winners = shares.filter((share) => share === most).length;
    shares.forEach((share, region) => {
      totals[region] += share;
      if (share === most) wins[region] += 1 / winners;
    });
  }
  const regions = ([aBetter, equivalent, bBetter]: readonly number[]): Regions => ({ aBetter, equivalent, bBetter });
  return {
    probabilities: regions(wins.map((count) => count / samples)),
    means: regions(totals.map((total) => total / samples)),
  };
}
