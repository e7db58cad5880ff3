/**
 * The Bayesian signed-rank test with a region of practical equivalence: how small a difference is too small to matter is
 * for the user to say.
 *
 * @module
 */
import type { Random } from "../random.ts";
import { pairedDifferences } from "./paired_differences.ts";
import type { Better } from "./scores.ts";

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

/**
 * For each pair of z's, row by row, whether their sum lies above the bound: 1, 0, or 1/2 at the very edge, which is as wide
 * as the rounding errors of numbers of these sizes.
 */
function pairsAbove(z: readonly number[], { sizes, bound }: { sizes: readonly number[]; bound: number }): Float64Array {
  return Float64Array.from(z.flatMap((first, i) =>
    z.map((second, j) => {
      const noise = 1e-12 * (sizes[i] + sizes[j] + Math.abs(bound));
      const distance = first + second - bound;
      return Math.abs(distance) <= noise ? 0.5 : distance > 0 ? 1 : 0;
    })
  ));
}

/**
 * Says how probable it is that one of two lists of paired scores is better, or that they are equivalent (Benavoli, Corani,
 * Demšar, Zaffalon, JMLR 18, 2017, section 4.2.1): the differences' distribution has a Dirichlet process as its prior, of
 * strength 1/2, centred at 0; each sample of the posterior weighs the differences by a draw of the Dirichlet distribution
 * and sums the weights of all pairs of differences whose mean lies left of, in, or right of the region. The same as
 * `SignedRankTest` of the Python package baycomp.
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
  const { rope, rng, samples = 50_000 } = options;
  const paired = options.better === "higher" ? pairedDifferences(a, b) : pairedDifferences(b, a);
  if (!(rope >= 0 && rope < Infinity)) {
    throw new RangeError(
      `Cannot use a region of practical equivalence: expected a finite rope of at least 0, got ${rope}`,
    );
  }
  if (!Number.isSafeInteger(samples) || samples < 1) {
    throw new RangeError(`Cannot sample: expected an integer of at least 1 as samples, got ${samples}`);
  }
  const wrong = paired.differences.find((d) => !Number.isFinite(d));
  if (wrong !== undefined) {
    throw new RangeError(`Cannot compare pairs: expected finite differences, got ${wrong}`);
  }
  // With the prior's 0, in ascending order.
  const sorted = [{ z: 0, size: 0 }, ...paired.differences.map((z, i) => ({ z, size: paired.sizes[i] }))]
    .sort((a, b) => a.z - b.z);
  const z = sorted.map(({ z }) => z);
  const sizes = sorted.map(({ size }) => size);
  const prior = z.indexOf(0);
  const above = pairsAbove(z, { sizes, bound: 2 * rope });
  const below = pairsAbove(z, { sizes, bound: -2 * rope }).map((part) => 1 - part);
  const weights = new Float64Array(z.length);
  const wins = [0, 0, 0];
  const totals = [0, 0, 0];
  for (let s = 0; s < samples; s++) {
    for (let i = 0; i < weights.length; i++) {
      const exponential = -Math.log1p(-rng.next());
      // Gamma numbers: of shape 1, and for the prior of shape 1/2, which is half the square of a normal one (Box, Muller).
      weights[i] = i === prior ? exponential * Math.cos(2 * Math.PI * rng.next()) ** 2 : exponential;
    }
    const [superior, worse, all] = pairWeights(weights, [above, below]);
    const shares = [superior, all - superior - worse, worse].map((weight) => Math.max(0, weight / all));
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

/** The sums of w_i w_j over the pairs of each kind, and over all. */
function pairWeights(weights: Float64Array, kinds: readonly [Float64Array, Float64Array]): [number, number, number] {
  const count = weights.length;
  let [first, second, total] = [0, 0, 0];
  for (let i = 0; i < count; i++) {
    let [one, other] = [0, 0];
    for (let j = 0; j < count; j++) {
      one += weights[j] * kinds[0][i * count + j];
      other += weights[j] * kinds[1][i * count + j];
    }
    first += weights[i] * one;
    second += weights[i] * other;
    total += weights[i];
  }
  return [first, second, total * total];
}
