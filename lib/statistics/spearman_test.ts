import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { spearman } from "./spearman.ts";

const TABLE: { first: number[]; second: number[]; expected: number; source: string }[] = [
  {
    first: [106, 100, 86, 101, 99, 103, 97, 113, 112, 110],
    second: [7, 27, 2, 50, 28, 29, 20, 12, 6, 17],
    expected: 1 - (6 * 194) / (10 * (10 ** 2 - 1)),
    source: "by hand: squared differences of the ranks add up to 194, no ties",
  },
  {
    first: [1, 2, 2, 3],
    second: [1, 2, 3, 4],
    expected: 4.5 / Math.sqrt(4.5 * 5),
    source: "by hand: ranks 1, 2.5, 2.5, 4 and 1, 2, 3, 4",
  },
  {
    first: [1, 2, 3, 4, 5],
    second: [5, 6, 7, 8, 7],
    expected: 0.8207826816681233,
    source: "example of scipy.stats.spearmanr",
  },
  {
    first: [1, 1, 2, 3, 3, 3, 7],
    second: [2, 5, 5, 1, 0, -4, 0],
    expected: -0.7717436331412899,
    source: "SciPy 1.17.1",
  },
  {
    first: [0.5, 0, 0, 0, 2.25],
    second: [1, 0, 1e-3, 0, 9],
    expected: 0.9176629354822471,
    source: "SciPy 1.17.1",
  },
];

for (const { first, second, expected, source } of TABLE) {
  Deno.test(`Spearman's correlation of ${first.length} pairs: ${source}`, () => {
    assertAlmostEquals(spearman(first, second), expected, 1e-15);
    assertAlmostEquals(spearman(second, first), expected, 1e-15);
    assertAlmostEquals(spearman(first, second.map((value) => -value)), -expected, 1e-15);
  });
}

Deno.test("Spearman's correlation: only the order counts", () => {
  const numbers = fc.uniqueArray(fc.integer({ min: -50, max: 50 }), { minLength: 2, maxLength: 30 });
  fc.assert(
    fc.property(numbers, fc.infiniteStream(fc.integer({ min: 0, max: 9 })), (first, stream) => {
      assertEquals(spearman(first, first.map((value) => value ** 3)), 1);
      assertEquals(spearman(first, first.map((value) => Math.exp(-value))), -1);
      const second = first.map((_, i) => i === 0 ? -1 : stream.next().value!);
      const correlation = spearman(first, second);
      assert(Math.abs(correlation) <= 1);
      assertEquals(spearman(first.map(Math.exp), second), correlation);
    }),
    { seed: 2 },
  );
});

Deno.test("Spearman's correlation: where there is none", () => {
  assertThrows(() => spearman([1, 2], [1, 2, 3]), RangeError, "2 and 3");
  assertThrows(() => spearman([1], [1]), RangeError, "at least 2 pairs");
  assertThrows(() => spearman([], []), RangeError, "at least 2 pairs");
  assertThrows(() => spearman([1, 2, 3], [4, 4, 4]), RangeError, "equal");
  assertThrows(() => spearman([1, NaN, 3], [4, 5, 6]), RangeError, "NaN");
});
