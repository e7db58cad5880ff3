import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { compareWithControl } from "./control.ts";
import { ranks as ranksOf } from "./ranks.ts";
import { assertClose, RANKS } from "./testdata/reference.ts";

/** p: 2 · SciPy 1.17.1's norm.sf(|z|); Holm and Hochberg: statsmodels 0.15.0's multipletests. */
const COMPARISONS = [
  { function: 0, difference: 1.375, z: 2.130140840414079, p: 0.03315998745884777, holm: 0.0994799623765433 },
  { function: 1, difference: 0.375, z: 0.5809475019311126, p: 0.5612758361345778, holm: 0.5612758361345778 },
  { function: 3, difference: -1, z: -1.5491933384829668, p: 0.12133525035848211, holm: 0.24267050071696422 },
];

Deno.test("a control in the middle: positive where the other ranks better", () => {
  const { comparisons, standardError, criticalDifference } = compareWithControl(RANKS, { control: 2 });
  assertClose(standardError, 0.6454972243679028, 1e-14);
  assertClose(criticalDifference, 1.5453073159756754, 1e-9);
  for (const [i, { p, holm, ...expected }] of COMPARISONS.entries()) {
    const actual = comparisons[i];
    assertEquals([actual.function, actual.difference], [expected.function, expected.difference]);
    assertClose(actual.z, expected.z, 1e-12);
    assertClose(actual.pValue, p, 1e-9);
    assertClose(actual.holm, holm, 1e-9);
    assertClose(actual.hochberg, holm, 1e-9); // the two agree here
    assertClose(actual.bonferroniDunn, Math.min(1, 3 * p), 1e-9);
  }
});

const rankRows = fc.integer({ min: 2, max: 6 }).chain((k) =>
  fc.array(fc.array(fc.integer({ min: 0, max: 5 }), { minLength: k, maxLength: k }).map(ranksOf), {
    minLength: 2,
    maxLength: 30,
  })
);

Deno.test("Bonferroni and Dunn's p-values are below the level exactly beyond their critical difference", () => {
  fc.assert(
    fc.property(rankRows, fc.constantFrom(0.01, 0.05, 0.2), (ranks, alpha) => {
      const { comparisons, criticalDifference } = compareWithControl(ranks, { control: 1, alpha });
      for (const { difference, bonferroniDunn } of comparisons) {
        assertEquals(bonferroniDunn <= alpha, Math.abs(difference) >= criticalDifference);
      }
    }),
    { seed: 1 },
  );
});

Deno.test("two functions compared with each other differ by as much, in opposite directions", () => {
  fc.assert(
    fc.property(rankRows, (ranks) => {
      const k = ranks[0].length;
      const all = Array.from({ length: k }, (_, control) => compareWithControl(ranks, { control }).comparisons);
      for (const [i, comparisons] of all.entries()) {
        assertEquals(comparisons.map((comparison) => comparison.function), [...all.keys()].filter((j) => j !== i));
        for (const comparison of comparisons) {
          const back = all[comparison.function].find((other) => other.function === i)!;
          assertAlmostEquals(comparison.z, -back.z, 1e-12);
          assertEquals(comparison.pValue, back.pValue);
        }
      }
    }),
    { seed: 2 },
  );
});

Deno.test("the control is a column, and the level a probability", () => {
  const ranks = [[1, 2, 3], [1, 2, 3]];
  for (const control of [-1, 3, 1.5, NaN]) {
    assertThrows(() => compareWithControl(ranks, { control }), RangeError, `from 0 to 2, got ${control}`);
  }
  for (const alpha of [0, 1, NaN]) {
    assertThrows(() => compareWithControl(ranks, { control: 0, alpha }), RangeError, `got ${alpha}`);
  }
});
