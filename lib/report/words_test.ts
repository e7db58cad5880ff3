import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { joined, listed, pValueText, significant } from "./words.ts";

/** Names, with commas between them, and in a sentence. */
const LISTS: readonly (readonly [names: readonly string[], joined: string, listed: string])[] = [
  [[], "", ""],
  [["a"], "a", "a"],
  [["max(x,0)"], "max(x,0)", "max(x,0)"],
  [["a", "b"], "a, b", "a and b"],
  [["a", "b", "c", "d"], "a, b, c, d", "a, b, c and d"],
  [["a", "max(x,0)"], "a; max(x,0)", "a; and max(x,0)"],
  [["a", "b", "max(x,0)"], "a; b; max(x,0)", "a; b; and max(x,0)"],
];

for (const [names, expectedJoined, expectedListed] of LISTS) {
  Deno.test(`names in a sentence: ${JSON.stringify(names)}`, () => {
    assertEquals([joined(names), listed(names)], [expectedJoined, expectedListed]);
  });
}

Deno.test("a list can be told apart into its names again", () => {
  const name = fc.string({ unit: fc.constantFrom("x", "(", ")", ","), minLength: 1 });
  fc.assert(
    fc.property(fc.array(name, { minLength: 2 }), (names) => {
      fc.pre(names.every((text) => text === text.trim()));
      assertEquals(joined(names).split(names.join("").includes(",") ? "; " : ", "), names);
    }),
    { seed: 1 },
  );
});

/** p-values about the borders of each way of writing them. */
const P_VALUES: readonly (readonly [number, string])[] = [
  [1, "1.00"],
  [0.9999, "1.00"],
  [0.05, "0.0500"],
  [0.04996, "0.0500"],
  [1e-4, "0.000100"],
  [9.99e-5, "1.0e-4"],
  [1.26e-7, "1.3e-7"],
  [1e-300, "1.0e-300"],
  [9.9e-301, "< 1e-300"],
  [0, "< 1e-300"],
];

for (const [p, text] of P_VALUES) {
  Deno.test(`the p-value ${p} is written ${text}`, () => assertEquals(pValueText(p), text));
}

Deno.test("12 digits are kept, rounding errors are not", () => {
  assertEquals([0.1 + 0.2, 100 * (0.57 - 0.5), -0.07 * 100].map(significant), [0.3, 7, -7]);
  assertEquals([0, 1e-320, 123456789012, 1e300].map(significant), [0, 1e-320, 123456789012, 1e300]);
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e300, max: 1e300 }), (value) => {
      const rounded = significant(value);
      assertEquals(significant(rounded), rounded);
      assert(Math.abs(rounded - value) <= 5.1e-12 * Math.abs(value) || Math.abs(value) < 1e-300);
    }),
    { seed: 2 },
  );
});
