import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import { spread } from "./spread.ts";

const TABLE = [
  { what: "nothing", positions: [], expected: [] },
  { what: "what is apart stays", positions: [80, 0, 20], expected: [80, 0, 20] },
  { what: "three of one position", positions: [50, 50, 50], expected: [40, 50, 60] },
  { what: "at the lower border", positions: [2, 3], expected: [0, 10] },
  { what: "at the upper border", positions: [99, 100, 98], expected: [90, 100, 80] },
  {
    what: "too many begin at the lower border",
    positions: Array(12).fill(70),
    expected: [...Array(12).keys()].map((i) => 10 * i),
  },
];

for (const { what, positions, expected } of TABLE) {
  Deno.test(`Positions move apart: ${what}`, () => {
    const moved = spread(positions, { gap: 10, low: 0, high: 100 });
    assertEquals(moved.length, expected.length);
    for (const [i, position] of moved.entries()) assertAlmostEquals(position, expected[i], 1e-9);
  });
}

Deno.test("Any positions are apart afterwards, inside the borders, in the same order", () => {
  const number = fc.double({ min: 0, max: 100, noNaN: true });
  fc.assert(fc.property(fc.array(number, { maxLength: 11 }), (positions) => {
    const moved = spread(positions, { gap: 10, low: 0, high: 100 });
    const sorted = [...moved].sort((a, b) => a - b);
    assert(sorted.every((y, i) => y >= -1e-9 && y <= 100 + 1e-9 && (i === 0 || y - sorted[i - 1] >= 10 - 1e-9)));
    for (const [i, a] of positions.entries()) {
      for (const [j, b] of positions.entries()) assert(!(a < b) || moved[i] < moved[j]);
    }
  }));
});
