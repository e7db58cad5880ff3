import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { pairedDifferences } from "./paired_differences.ts";

/** `sizes` by hand: the larger absolute value of the pair, 0 where the scores are equal. */
const PAIRS: readonly { a: number[]; b: number[]; differences: number[]; sizes: number[] }[] = [
  { a: [3, 1, 2], b: [1, 4, 2], differences: [2, -3, 0], sizes: [3, 4, 0] },
  { a: [-3, 5], b: [1, -7], differences: [-4, 12], sizes: [3, 7] },
  // 0.1 + 0.2 and 0.3 are neighbours in float64: no difference.
  { a: [0.1 + 0.2, 1], b: [0.3, 0.5], differences: [0, 0.5], sizes: [0, 1] },
  { a: [Infinity, 1], b: [0, -Infinity], differences: [Infinity, Infinity], sizes: [Infinity, Infinity] },
];

for (const { a, b, ...expected } of PAIRS) {
  Deno.test(`differences of [${a}] and [${b}]`, () => assertEquals(pairedDifferences(a, b), expected));
}

Deno.test("tenths differ by as much as the integers that they are tenths of, up to rounding errors that say nothing", () => {
  const tenths = fc.array(fc.tuple(fc.integer({ min: -99, max: 99 }), fc.integer({ min: -99, max: 99 })), {
    minLength: 1,
    maxLength: 20,
  });
  fc.assert(
    fc.property(tenths, (pairs) => {
      const [a, b] = [pairs.map(([x]) => x), pairs.map(([, y]) => y)];
      const exact = pairedDifferences(a, b).differences;
      const noisy = pairedDifferences(a.map((x) => x / 10), b.map((x) => x / 10)).differences;
      assertEquals(exact, a.map((x, i) => x - b[i]));
      // Which sizes are equal, and which one is the greater, is what signed ranks are made of.
      const order = (numbers: readonly number[]) =>
        numbers.map((x) => numbers.map((y) => Math.sign(Math.abs(x) - Math.abs(y))));
      assertEquals(order(noisy), order(exact));
      assertEquals(noisy.map(Math.sign), exact.map(Math.sign));
      assert(noisy.every((x, i) => Math.abs(x - exact[i] / 10) < 1e-12));
      const swapped = pairedDifferences(b, a).differences;
      assertEquals(swapped, exact.map((x) => 0 - x));
    }),
    { seed: 2 },
  );
});

Deno.test("what is no list of pairs is refused", () => {
  assertThrows(() => pairedDifferences([], []), RangeError, "at least 1, got 0 and 0");
  assertThrows(() => pairedDifferences([1, 2], [1]), RangeError, "got 2 and 1 numbers");
});

Deno.test("a difference of large scores equals that of small ones within the large ones' rounding errors", () => {
  const [large, small, other] = pairedDifferences([1e6 + 0.3, 0.2, 0.21], [1e6 + 0.1, 0, 0]).differences;
  assertEquals([large === small, other === small], [true, false]);
});
