import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import { compareFunctions } from "./comparison.ts";
import { equalScores, mergeEqualScores } from "./equal_scores.ts";
import { ranks } from "./ranks.ts";
import { mean } from "./summary.ts";

const table = (columns: readonly (readonly number[])[]) => ({
  functions: ["a", "b", "c", "d"].slice(0, columns.length),
  cases: columns[0].map((_, i) => `case ${i + 1}`),
  scores: columns[0].map((_, i) => columns.map((column) => column[i])),
});

Deno.test("what rounding errors alone tell apart is equal, at every size; what 12 digits tell apart is not", () => {
  for (const size of [1e-300, 1e-9, 1, 1e13, 1e300]) {
    const [sum, other] = [(0.724 + 0.98) * size, (0.806 + 0.898) * size];
    assert(equalScores(sum, other) && equalScores(other, sum));
    assert(!equalScores(size, size * (1 + 1e-11)));
  }
  assert(equalScores(0, -0) && !equalScores(0, 1e-300) && !equalScores(1, -1));
  assert(equalScores(Infinity, Infinity) && !equalScores(Infinity, 5) && !equalScores(NaN, NaN));
});

Deno.test("a chain of equal neighbours is one score, whatever the order and the sign", () => {
  const chain = [1, 1 + 0.9e-12, 1 + 1.8e-12];
  assert(!equalScores(chain[0], chain[2]));
  assertEquals(mergeEqualScores([...chain, 2, NaN]), [1, 1, 1, 2, NaN]);
  const scores = fc.array(fc.constantFrom(...chain, 0, 0.5, 0.1 + 0.2, 0.3, 1e13, -1e13, 2, -Infinity));
  fc.assert(
    fc.property(scores, (values) => {
      const merged = mergeEqualScores(values);
      assertEquals(mergeEqualScores(merged), merged);
      assertEquals(mergeEqualScores(values.toReversed()), merged.toReversed());
      const groups = (numbers: readonly number[]) => numbers.map((x) => numbers.map((y) => x === y));
      assertEquals(groups(mergeEqualScores(values.map((x) => -x))), groups(merged));
      const n = values.length;
      assertEquals(ranks(values.map((x) => -x)), ranks(values).map((rank) => n + 1 - rank));
    }),
    { seed: 9 },
  );
});

Deno.test("means over seeds of equal sums share their rank in every case, and are ties for every test", () => {
  const [relu, gelu] = [mean([0.724, 0.98]), mean([0.806, 0.898])];
  const { functions, pairs, cases, friedman } = compareFunctions(
    table([Array(12).fill(relu), Array(12).fill(gelu), Array(12).fill(0.5)]),
    { better: "higher" },
  );
  assertEquals(functions.map(({ meanRank, wins, sharedWins }) => [meanRank, wins, sharedWins]), [
    [1.5, 0, 12],
    [1.5, 0, 12],
    [3, 0, 0],
  ]);
  const [{ wins, losses, ties, signTest, wilcoxon }] = pairs;
  assertEquals([wins, losses, ties, signTest, wilcoxon.pValue, wilcoxon.rankBiserial], [0, 0, 12, 1, 1, 0]);
  assertEquals(cases[0].winners, ["a", "b"]);
  assertEquals(friedman!.kendallW, 1);
});

Deno.test("a large score of another function or case makes no others equal", () => {
  const a = Array.from({ length: 12 }, (_, i) => 0.5 + i / 100);
  const b = a.map((score) => score + 0.05);
  for (const c of [Array(12).fill(0.1), [1e13, ...Array(11).fill(0.1)]]) {
    const { pairs } = compareFunctions(table([a, b, c]), { better: "higher" });
    const { wins, losses, ties, signTest } = pairs.find(({ first, second }) => `${first}${second}` === "ba")!;
    assertEquals([wins, losses, ties], [12, 0, 0]);
    assertAlmostEquals(signTest, 2 / 2 ** 12, 1e-12); // 0.000488
  }
  // A case in which both are large and equal: 12 wins of 13, one tie.
  const { pairs } = compareFunctions(table([[...a, 1e13], [...b, 1e13], Array(13).fill(0)]), { better: "higher" });
  const { wins, ties, wilcoxon } = pairs[0];
  assertEquals([wins, ties, wilcoxon.pValue], [12, 1, 2 / 2 ** 12]);
});
