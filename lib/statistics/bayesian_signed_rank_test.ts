import { assert, assertAlmostEquals, assertEquals, assertGreater, assertThrows } from "@std/assert";
import { random } from "../random.ts";
import { bayesianSignedRank, type Regions } from "./bayesian_signed_rank.ts";
import { demsarScores } from "./testdata/reference.ts";

const column = (index: number) => demsarScores.map((row) => row[index]);
const list = ({ aBetter, equivalent, bBetter }: Regions) => [aBetter, equivalent, bBetter];

/** Shares of the most probable region in 200,000 samples of baycomp 1.0.3's SignedRankTest. */
for (
  const { a, b, rope, probabilities } of [
    { a: column(1), b: column(0), rope: 0, probabilities: [0.9991, 0, 0.0009] },
    { a: column(1), b: column(0), rope: 0.005, probabilities: [0.9618, 0.0382, 0.0001] },
    { a: column(1), b: column(0), rope: 0.01, probabilities: [0.6714, 0.3286, 0] },
    { a: column(1), b: column(0), rope: 0.02, probabilities: [0.1153, 0.8847, 0] },
    { a: column(3), b: column(2), rope: 0.01, probabilities: [0.7799, 0.2194, 0.0007] },
    { a: [1, 2, 3, 4], b: [1, 1, 1, 1], rope: 1, probabilities: [0.718, 0.282, 0] },
  ]
) {
  Deno.test(`Bayesian signed ranks: baycomp's probabilities for a region of ±${rope}, ${a.length} pairs`, () => {
    const result = bayesianSignedRank(a, b, { better: "higher", rope, rng: random(1), samples: 40_000 });
    list(result.probabilities).forEach((value, i) => assertAlmostEquals(value, probabilities[i], 0.01));
  });
}

/**
 * The posterior means in closed form: of Dirichlet weights with parameters s, 1, … and sum A the means of products are
 * s_i s_j / (A(A + 1)), and s_i (s_i + 1) / (A(A + 1)) where i = j.
 */
function exactMeans(differences: readonly number[], rope: number): number[] {
  const z = [0, ...differences];
  const strength: number[] = z.map((_, i) => i === 0 ? 0.5 : 1);
  const total = strength.reduce((a, b) => a + b);
  const shares = [0, 0, 0];
  z.forEach((x, i) =>
    z.forEach((y, j) => {
      const weight = strength[i] * (strength[j] + (i === j ? 1 : 0)) / (total * (total + 1));
      const sum = x + y;
      const above = sum > 2 * rope ? 1 : sum === 2 * rope ? 0.5 : 0;
      const below = -sum > 2 * rope ? 1 : -sum === 2 * rope ? 0.5 : 0;
      [above, 1 - above - below, below].forEach((part, region) => shares[region] += weight * part);
    })
  );
  return shares;
}

for (const rope of [0, 0.5, 1, 2.5]) {
  Deno.test(`Bayesian signed ranks: the means are those of the closed form, region ±${rope}`, () => {
    const differences = [3, 1, -1, 0, 2, 2, -4, 0.5, 1];
    const zero = differences.map(() => 0);
    const { means } = bayesianSignedRank(differences, zero, {
      better: "higher",
      rope,
      rng: random(2),
      samples: 20_000,
    });
    list(means).forEach((value, i) => assertAlmostEquals(value, exactMeans(differences, rope)[i], 0.005));
  });
}

Deno.test("Bayesian signed ranks: symmetry, equal lists, all wins, direction and seed", () => {
  const options = { better: "higher", rope: 0.1, samples: 20_000 } as const;
  const zero = [0, 0, 0, 0, 0, 0];
  const even = bayesianSignedRank([1, -1, 2, -2, 3, -3], zero, { ...options, rng: random(3) }).probabilities;
  assertAlmostEquals(even.aBetter, even.bBetter, 0.03);
  const same = bayesianSignedRank(zero, zero, { ...options, rng: random(4) });
  assertEquals([same.probabilities, same.means], [{ aBetter: 0, equivalent: 1, bBetter: 0 }, {
    aBetter: 0,
    equivalent: 1,
    bBetter: 0,
  }]);
  const undecided = bayesianSignedRank(zero, zero, { ...options, rope: 0, rng: random(4) });
  assertEquals(list(undecided.probabilities), [0.5, 0, 0.5]);
  const wins = Array.from({ length: 20 }, (_, i) => i + 1);
  const losses = wins.map(() => 0);
  const won = bayesianSignedRank(wins, losses, { ...options, rng: random(5) });
  assertGreater(won.probabilities.aBetter, 0.999);
  const lower = bayesianSignedRank(losses, wins, { ...options, better: "lower", rng: random(5) });
  assertEquals(lower, won);
  for (const { probabilities, means } of [won, same, undecided]) {
    for (const regions of [probabilities, means]) {
      assertAlmostEquals(list(regions).reduce((a, b) => a + b), 1, 1e-9);
      assert(list(regions).every((p) => p >= 0 && p <= 1));
    }
  }
});

Deno.test("Bayesian signed ranks: equal scores of every size are equivalent", () => {
  for (const score of [0, 1e-9, 0.3, 1e13]) {
    const { probabilities, means } = bayesianSignedRank([score, score, score], [score, score, score], {
      better: "higher",
      rope: 0.01,
      rng: random(1),
      samples: 100,
    });
    assertEquals([list(probabilities), list(means)], [[0, 1, 0], [0, 1, 0]]);
  }
});

Deno.test("Bayesian signed ranks: what cannot be compared is refused", () => {
  const options = { better: "higher", rng: random(1) } as const;
  for (const rope of [-1, NaN, Infinity]) {
    assertThrows(() => bayesianSignedRank([1], [2], { ...options, rope }), RangeError, `got ${rope}`);
  }
  assertThrows(() => bayesianSignedRank([1], [], { ...options, rope: 0 }), RangeError, "1 and 0");
  assertThrows(() => bayesianSignedRank([NaN], [1], { ...options, rope: 0 }), RangeError, "NaN");
  assertThrows(() => bayesianSignedRank([1], [1], { ...options, rope: 0, samples: 0 }), RangeError, "got 0");
});
