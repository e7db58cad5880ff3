import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { bonferroni, hochberg, holm } from "./adjust.ts";
import { assertClose, reference } from "./testdata/reference.ts";

Deno.test("Holm: the example worked by hand", () => {
  const { p, adjusted } = reference.holm_hand;
  holm(p).forEach((value, i) => assertClose(value, adjusted[i], 1e-12));
});

/** R 4.2's p.adjust(c(0.01, 0.02, 0.022, 0.09, 0.6)), by its formulas worked by hand. */
const P = [0.6, 0.02, 0.01, 0.09, 0.022];
for (
  const { name, adjust, expected } of [
    { name: "Bonferroni", adjust: bonferroni, expected: [1, 0.1, 0.05, 0.45, 0.11] },
    { name: "Holm", adjust: holm, expected: [0.6, 0.08, 0.05, 0.18, 0.08] },
    { name: "Hochberg", adjust: hochberg, expected: [0.6, 0.066, 0.05, 0.18, 0.066] },
  ]
) {
  Deno.test(`${name}: five p-values, by hand`, () => {
    adjust(P).forEach((value, i) => assertClose(value, expected[i], 1e-12));
    assertEquals([adjust([]), adjust([0.3])], [[], [0.3]]);
    for (const wrong of [NaN, -0.1, 1.1]) {
      assertThrows(() => adjust([0.5, wrong]), RangeError, `got ${wrong}`);
    }
  });
}

Deno.test("adjusted p-values keep the order, and Bonferroni ≥ Holm ≥ Hochberg ≥ the p-value", () => {
  const probability = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(fc.array(probability, { maxLength: 12 }), (p) => {
      const [b, s, u] = [bonferroni(p), holm(p), hochberg(p)];
      p.forEach((value, i) => {
        assert(1 >= b[i] && b[i] >= s[i] && s[i] >= u[i] && u[i] >= value);
        p.forEach((other, j) => {
          if (value <= other) assert(b[i] <= b[j] && s[i] <= s[j] && u[i] <= u[j]);
        });
      });
    }),
    { seed: 6 },
  );
});
