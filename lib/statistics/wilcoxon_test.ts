import { assert, assertEquals, assertLess, assertThrows } from "@std/assert";
import fc from "fast-check";
import { type Random, random } from "../random.ts";
import { ranks } from "./ranks.ts";
import { signTest } from "./signs.ts";
import { assertClose, demsarScores, reference, scipy } from "./testdata/reference.ts";
import { rankSumTails, type WilcoxonOptions, wilcoxonSignedRank } from "./wilcoxon.ts";

const ZEROS = { wilcox: "drop", pratt: "pratt", zsplit: "split" } as const;

for (const { a, b, results } of scipy.wilcoxon) {
  for (const { statistic, pValue, ...scipyOptions } of results) {
    const { alternative, zero_method, method }: { alternative?: string; zero_method?: string; method?: string } =
      scipyOptions;
    const options = {
      ...alternative && { alternative },
      ...zero_method && { zeros: ZEROS[zero_method as keyof typeof ZEROS] },
      ...method && { method: "normal" },
    } as WilcoxonOptions;
    Deno.test(`Wilcoxon: ${a.length} pairs, ${JSON.stringify(scipyOptions)}, ${scipy.source}`, () => {
      const result = wilcoxonSignedRank(a, b, options);
      assertEquals(result.statistic, statistic);
      assertClose(result.pValue, pValue, 1e-9);
    });
  }
}

const table2 = reference.demsar2006_table2_wilcoxon;
const [first, second] = table2.columns_used.map((column) => demsarScores.map((row) => row[column]));

Deno.test("Wilcoxon and the sign test: Demšar's table 2", () => {
  const plain = wilcoxonSignedRank(second, first, { zeros: "split", method: "normal", ties: "ignored" });
  assertEquals([plain.plus, plain.minus, plain.statistic], [table2.Rplus, table2.Rminus, table2.T]);
  assertClose(plain.pValue, table2.p);
  const corrected = wilcoxonSignedRank(first, second, { zeros: "split", method: "normal" });
  assertClose(corrected.pValue, table2.scipy_zsplit_approx_p);
  const signs = signTest(second, first, { zeros: "split" });
  assertEquals(signs.wins + signs.ties / 2, table2.sign_test_wins);
});

Deno.test("Wilcoxon: the exact distribution about its critical value for 14 pairs", () => {
  const ranks = Array.from({ length: 14 }, (_, i) => i + 1);
  assertClose(2 * rankSumTails(ranks, table2.exact_critical_T_N14_05).lower, table2["exact_2P(T<=21)"], 1e-14);
  assertClose(2 * rankSumTails(ranks, table2.exact_critical_T_N14_05 + 1).lower, table2["exact_2P(T<=22)"], 1e-14);
});

/** p-values of SciPy 1.17.1's binomtest; `of`: throws of the coin that are left. */
for (
  const { wins, losses, ties, zeros, alternative, pValue } of [
    { wins: 10, losses: 2, ties: 2, zeros: "drop", alternative: "two-sided", pValue: 0.03857421875 },
    { wins: 10, losses: 2, ties: 2, zeros: "split", alternative: "two-sided", pValue: 0.057373046875 },
    { wins: 10, losses: 2, ties: 3, zeros: "split", alternative: "two-sided", pValue: 0.057373046875 },
    { wins: 10, losses: 2, ties: 0, zeros: "drop", alternative: "greater", pValue: 0.019287109375 },
    { wins: 10, losses: 2, ties: 0, zeros: "drop", alternative: "less", pValue: 0.998046875 - 0.001220703125 },
    { wins: 3, losses: 3, ties: 0, zeros: "drop", alternative: "two-sided", pValue: 1 },
    { wins: 0, losses: 0, ties: 3, zeros: "drop", alternative: "two-sided", pValue: 1 },
  ] as const
) {
  Deno.test(`sign test: ${wins} to ${losses}, ${ties} ties (${zeros}), ${alternative}`, () => {
    const scores = [...Array(wins).fill(1), ...Array(losses).fill(-1), ...Array(ties).fill(0)];
    const result = signTest(scores, scores.map(() => 0), { zeros, alternative });
    assertEquals([result.wins, result.losses, result.ties], [wins, losses, ties]);
    assertClose(result.pValue, pValue, 1e-10);
  });
}

Deno.test("Wilcoxon: small cases by hand, with ties counted exactly", () => {
  const zero = [0, 0, 0];
  assertEquals(wilcoxonSignedRank(zero, zero), {
    statistic: 0,
    pValue: 1,
    plus: 0,
    minus: 0,
    count: 0,
    zeros: 3,
    method: "exact",
    rankBiserial: 0,
  });
  // Ranks 1.5, 1.5, 3, all positive but the last: the sums 0 … 6 in steps of 1.5 have 1, 2, 2, 2, 1 of 8 ways.
  assertClose(wilcoxonSignedRank([1, 1, -2], zero).pValue, 1, 1e-15);
  assertClose(wilcoxonSignedRank([1, 1, 2], zero, { alternative: "greater" }).pValue, 1 / 8, 1e-15);
  assertClose(wilcoxonSignedRank([1, -1, 2], zero, { alternative: "greater" }).pValue, 3 / 8, 1e-15);
  assertEquals(wilcoxonSignedRank([1, -1, 2], zero).rankBiserial, 0.5);
});

Deno.test("Wilcoxon: exact up to 50 pairs, and up to 13 with ties or zeros, as SciPy's method auto", () => {
  const method = (count: number, last: number) => {
    const differences = Array.from({ length: count }, (_, i) => i === 0 ? last : i + 1);
    return wilcoxonSignedRank(differences, differences.map(() => 0)).method;
  };
  assertEquals([50, 51].map((count) => method(count, 1)), ["exact", "normal"]);
  for (const tieOrZero of [2, 0]) {
    assertEquals([13, 14].map((count) => method(count, tieOrZero)), ["exact", "normal"]);
  }
});

/** Signed ranks by their definition: ranks of the sizes, added up by sign. */
function plainSignedRanks(differences: readonly number[]) {
  const kept = differences.filter((d) => d !== 0);
  const ranked = ranks(kept.map(Math.abs));
  const sum = (sign: number) =>
    ranked.reduce((total, rank, i) => Math.sign(kept[i]) === sign ? total + rank : total, 0);
  return { plus: sum(1), minus: sum(-1), count: kept.length, zeros: differences.length - kept.length };
}

/** Draws of differences: with many ties and zeros, spread evenly, and crowded beside a few that are far off. */
const DIFFERENCES: Readonly<Record<string, (rng: Random) => number>> = {
  "with ties and zeros": (rng) => rng.integer(21) - 10,
  even: (rng) => rng.next() - 0.4,
  crowded: (rng) => (rng.next() - 0.5) ** 9 * (rng.integer(50) === 0 ? 1e6 : 1),
};

for (const [what, draw] of Object.entries(DIFFERENCES)) {
  Deno.test(`signed ranks are those of the definition: differences ${what}`, () => {
    const rng = random(11);
    for (const length of [1, 2, 13, 51, 400]) {
      const differences = Array.from({ length }, () => draw(rng));
      const { plus, minus, count, zeros } = wilcoxonSignedRank(differences, differences.map(() => 0));
      assertEquals({ plus, minus, count, zeros }, plainSignedRanks(differences));
    }
  });
}

Deno.test("Wilcoxon and signs: swapped lists mirror, p-values are probabilities, exact is near normal", () => {
  const scores = fc.array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 })), {
    minLength: 1,
    maxLength: 40,
  });
  fc.assert(
    fc.property(scores, (pairs) => {
      const [a, b] = [pairs.map(([x]) => x), pairs.map(([, y]) => y)];
      for (const zeros of ["drop", "pratt", "split"] as const) {
        const [forward, back] = [wilcoxonSignedRank(a, b, { zeros }), wilcoxonSignedRank(b, a, { zeros })];
        assert(forward.pValue >= 0 && forward.pValue <= 1);
        assertEquals([forward.plus, forward.pValue], [back.minus, back.pValue]);
        assertEquals(forward.rankBiserial, 0 - back.rankBiserial);
        const tails = (["greater", "less"] as const).map((alternative) =>
          wilcoxonSignedRank(a, b, { zeros, alternative }).pValue
        );
        assertClose(Math.min(1, 2 * Math.min(...tails)), forward.pValue, 1e-12);
      }
      const [exact, normal] = (["exact", "normal"] as const).map((method) => wilcoxonSignedRank(a, b, { method }));
      if (exact.count > 12) assertLess(Math.abs(exact.pValue - normal.pValue), 0.06);
      assertEquals(signTest(a, b).pValue, signTest(b, a).pValue);
      assert(signTest(a, b).pValue <= 1);
    }),
    { seed: 7 },
  );
});

Deno.test("Wilcoxon and signs: what cannot be compared is refused", () => {
  for (const test of [wilcoxonSignedRank, signTest]) {
    assertThrows(() => test([], []), RangeError, "at least 1");
    assertThrows(() => test([1], [1, 2]), RangeError, "1 and 2");
    assertThrows(() => test([NaN], [1]), RangeError, "NaN");
  }
  const long = Array.from({ length: 1001 }, (_, i) => i + 1);
  const zero = long.map(() => 0);
  assertThrows(() => wilcoxonSignedRank(long, zero, { method: "exact" }), RangeError, "at most 1000");
  assertThrows(() => wilcoxonSignedRank([Infinity], [0]), RangeError, "Infinity");
  assert(wilcoxonSignedRank(long, zero).pValue > 0);
});
