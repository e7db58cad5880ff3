import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import { clipPoints, samplePoints, visibleRange } from "./sampling.ts";

const options = { from: -5, to: 5, samples: 401, tolerance: 0.05 };
const gaps = (f: (x: number) => number) =>
  samplePoints(f, options).filter(({ y }) => Number.isNaN(y)).map(({ x }) => x);

Deno.test("A continuous function has no gap, however steep", () => {
  for (const f of [Math.tanh, Math.abs, (x: number) => Math.atan(1e6 * x), (x: number) => Math.cbrt(x), Math.exp]) {
    assertEquals(gaps(f), []);
  }
});

Deno.test("A jump and a pole are gaps at their place, and only there", () => {
  for (
    const { f, at } of [
      { f: (x: number) => (x < 1.01 ? 0 : 1), at: [1.01] },
      { f: (x: number) => 1 / (x - 0.51), at: [0.51] },
      { f: Math.floor, at: [-4, -3, -2, -1, 0, 1, 2, 3, 4, 5] },
      { f: Math.tan, at: [-1.5, -0.5, 0.5, 1.5].map((n) => n * Math.PI) },
    ]
  ) {
    const found = gaps(f);
    for (const x of found) assert(at.some((place) => Math.abs(place - x) <= 0.025), `gap at ${x}`);
    for (const place of at) assert(found.some((x) => Math.abs(place - x) <= 0.025), `no gap at ${place}`);
  }
});

Deno.test("A value that is not finite is a gap", () => {
  assertEquals(samplePoints(Math.log, { from: -1, to: 1, samples: 5, tolerance: 9 }).map(({ y }) => Number.isNaN(y)), [
    true,
    true,
    true,
    false,
    false,
  ]);
});

Deno.test("The visible range is that of all values unless a few are far away", () => {
  const values = (f: (x: number) => number) => Array.from({ length: 401 }, (_, i) => f(-5 + i / 40));
  for (const f of [Math.tanh, Math.exp, (x: number) => Math.max(0, x), (x: number) => x ** 3]) {
    const all = values(f);
    assertEquals(visibleRange(all), [Math.min(...all), Math.max(...all)]);
  }
  const [low, high] = visibleRange(values((x) => 1 / x));
  assert(low > -10 && low < -1 && high > 1 && high < 10, `${low} ${high}`);
  assertEquals(visibleRange([]), [-1, 1]);
  assertEquals(visibleRange([NaN, Infinity]), [-1, 1]);
  assertEquals(visibleRange([2, 2]), [1, 3]);
});

Deno.test("The visible range is finite and shows half of the values, for any values", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: -1e100, max: 1e100 }), { minLength: 2, maxLength: 50 }), (values) => {
      const finite = values.filter(Number.isFinite);
      const [low, high] = visibleRange(values);
      assert(Number.isFinite(low) && Number.isFinite(high) && low < high);
      const inside = finite.filter((y) => y >= low && y <= high);
      assert(
        inside.length >= finite.length / 2 - 1,
        `${inside.length} of ${finite.length} values in ${low} to ${high}`,
      );
    }),
    { seed: 5 },
  );
});

Deno.test("A clipped line ends exactly at the edge", () => {
  const clipped = clipPoints([{ x: 0, y: 0 }, { x: 1, y: 4 }, { x: 2, y: -4 }, { x: 3, y: NaN }], [-1, 1]);
  const shown = clipped.filter(({ y }) => !Number.isNaN(y));
  assertEquals(shown.map(({ y }) => y), [0, 1, 1, -1]);
  for (const [i, x] of [0, 0.25, 1.375, 1.625].entries()) assertAlmostEquals(shown[i].x, x);
  assertEquals(clipped.map(({ y }) => Number.isNaN(y)), [false, false, true, false, false, true, true]);
});
