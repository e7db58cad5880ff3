import { assertAlmostEquals, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { resizeImages } from "./resize.ts";

/** Values computed by hand. */
const CASES: readonly {
  what: string;
  from: number;
  to: number;
  channels: number;
  image: number[];
  expected: number[];
}[] = [
  {
    what: "2 × 2 means",
    from: 4,
    to: 2,
    channels: 1,
    image: [0, 4, 10, 10, 8, 4, 10, 10, 255, 255, 0, 0, 255, 255, 0, 1],
    expected: [4, 10, 255, 0],
  },
  { what: "a half is rounded up", from: 2, to: 1, channels: 1, image: [0, 0, 1, 1], expected: [1] },
  { what: "channels apart", from: 2, to: 1, channels: 2, image: [0, 9, 2, 9, 4, 9, 6, 9], expected: [3, 9] },
  {
    // each pixel of the result covers 1.5 pixels a side: weights 2/3 and 1/3
    what: "a fraction of a pixel counts with its area",
    from: 3,
    to: 2,
    channels: 1,
    image: [90, 0, 0, 0, 0, 0, 0, 0, 180],
    expected: [40, 0, 0, 80],
  },
  {
    // centres at -1/4, 1/4, 3/4, 5/4 of the source: 0, 1/4, 3/4, 1 between the two pixels
    what: "bilinear, borders repeated",
    from: 2,
    to: 4,
    channels: 1,
    image: [0, 100, 0, 100],
    expected: [0, 25, 75, 100, 0, 25, 75, 100, 0, 25, 75, 100, 0, 25, 75, 100],
  },
];

for (const { what, from, to, channels, image, expected } of CASES) {
  Deno.test(`resizing: ${what}`, () => {
    assertEquals([...resizeImages(Uint8Array.from(image), { from, to, channels })], expected);
    const two = resizeImages(Uint8Array.from([...image, ...image]), { from, to, channels });
    assertEquals([...two], [...expected, ...expected]);
  });
}

Deno.test("an image of one value keeps it at every size, and means stay", () => {
  const sizes = fc.record({ from: fc.integer({ min: 1, max: 12 }), to: fc.integer({ min: 1, max: 12 }) });
  fc.assert(
    fc.property(sizes, fc.integer({ min: 0, max: 255 }), ({ from, to }, value) => {
      const result = resizeImages(new Uint8Array(from * from * 3).fill(value), { from, to, channels: 3 });
      assertEquals(result, new Uint8Array(to * to * 3).fill(value));
    }),
    { seed: 1 },
  );
  const mean = (values: Uint8Array) => values.reduce((a, b) => a + b, 0) / values.length;
  fc.assert(
    fc.property(sizes, fc.infiniteStream(fc.integer({ min: 0, max: 255 })), ({ from, to }, stream) => {
      const image = Uint8Array.from([...stream.take(from * from)]);
      const result = resizeImages(image, { from, to, channels: 1 });
      if (to <= from) assertAlmostEquals(mean(result), mean(image), 0.5);
    }),
    { seed: 2 },
  );
});

Deno.test("the same size is the same image, an impossible one is refused", () => {
  const image = new Uint8Array(4);
  assertStrictEquals(resizeImages(image, { from: 2, to: 2, channels: 1 }), image);
  for (const to of [0, -1, 1.5, NaN]) {
    assertThrows(() => resizeImages(image, { from: 2, to, channels: 1 }), RangeError, "at least 1 pixel");
  }
});
