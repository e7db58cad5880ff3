import { assert, assertEquals } from "@std/assert";
import { random } from "../random.ts";
import { type Change, drawChange, normaliseChanged } from "./augment.ts";

/** A change of an image, pixel by pixel, as it is defined. */
function slowly(
  image: Uint8Array,
  { imageSize, channels, change }: { imageSize: number; channels: number; change: Change },
) {
  const { up, left, flip } = change;
  return Array.from({ length: image.length }, (_, i) => {
    const [channel, x, y] = [i % channels, Math.floor(i / channels) % imageSize, Math.floor(i / channels / imageSize)];
    const [row, column] = [y + up, (flip ? imageSize - 1 - x : x) + left];
    const inside = row >= 0 && row < imageSize && column >= 0 && column < imageSize;
    return inside ? image[(row * imageSize + column) * channels + channel] : 0;
  });
}

Deno.test("every shift and mirror image, of one and three channels", () => {
  const imageSize = 5;
  for (const channels of [1, 3]) {
    const table = Float32Array.from({ length: 256 * channels }, (_, i) => (i & 255) + 1000 * (i >> 8));
    const image = Uint8Array.from({ length: imageSize ** 2 * channels }, (_, i) => 1 + i);
    const bytes = Uint8Array.of(...Array(7).fill(99), ...image, 99, 99);
    for (const flip of [false, true]) {
      for (let up = -5; up <= 5; up++) {
        for (let left = -5; left <= 5; left++) {
          const change = { up, left, flip };
          const pixels = new Float32Array(image.length + 4).fill(-1);
          normaliseChanged(bytes, { from: 7, pixels, to: 3, table, imageSize, channels, change });
          const expected = slowly(image, { imageSize, channels, change }).map((value, i) =>
            value + 1000 * (i % channels)
          );
          assertEquals([...pixels], [-1, -1, -1, ...expected, -1], JSON.stringify({ channels, ...change }));
        }
      }
    }
  }
});

Deno.test("all changes come, about as often as each other", () => {
  const rng = random(1);
  const counts = new Map<string, number>();
  for (let i = 0; i < 9_000; i++) {
    const change = drawChange({ pad: 1 / 8, flip: true }, { imageSize: 8, rng });
    const key = JSON.stringify(change);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  assertEquals(counts.size, 18); // three rows, three columns, two sides
  // 500 each, with a standard deviation of 22
  assert([...counts.values()].every((count) => Math.abs(count - 500) < 100), `${[...counts.values()]}`);
  const still = drawChange({ pad: 0, flip: false }, { imageSize: 8, rng });
  assertEquals(still, { up: 0, left: 0, flip: false });
});
