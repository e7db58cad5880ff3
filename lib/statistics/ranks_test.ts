import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { ranks } from "./ranks.ts";

const TABLE: { values: number[]; expected: number[]; source: string }[] = [
  { values: [0, 2, 3, 2], expected: [1, 2.5, 4, 2.5], source: "example of scipy.stats.rankdata" },
  { values: [3, 1, 3], expected: [2.5, 1, 2.5], source: "by hand" },
  { values: [7, 7, 7, 7], expected: [2.5, 2.5, 2.5, 2.5], source: "by hand" },
  { values: [Infinity, -Infinity, 0, -0], expected: [4, 1, 2.5, 2.5], source: "by hand" },
  { values: [], expected: [], source: "by hand" },
];

for (const { values, expected, source } of TABLE) {
  Deno.test(`ranks of [${values}]: ${source}`, () => assertEquals(ranks(values), expected));
}

Deno.test("ranks: half the number of lower ones and of those not higher, and their sum is n(n + 1)/2", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -5, max: 5 })), (values) => {
      const expected = values.map((value) => {
        const lower = values.filter((other) => other < value).length;
        const notHigher = values.filter((other) => other <= value).length;
        return (lower + 1 + notHigher) / 2;
      });
      assertEquals(ranks(values), expected);
      assertEquals(ranks(values).reduce((sum, rank) => sum + rank, 0), (values.length * (values.length + 1)) / 2);
    }),
    { seed: 1 },
  );
});

Deno.test("ranks: NaN has none", () => {
  assertThrows(() => ranks([1, NaN, 2]), RangeError, "NaN");
});
