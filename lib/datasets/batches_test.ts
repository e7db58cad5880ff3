import { assert, assertAlmostEquals, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { random } from "../random.ts";
import { batches } from "./batches.ts";
import type { Images } from "./dataset.ts";

/** Images of 2 × 2 pixels; image `i` has the values i, i + 1 … and the label i. */
function numbered(count: number, channels: number): Images {
  const values = 4 * channels;
  return {
    images: Uint8Array.from({ length: count * values }, (_, i) => Math.floor(i / values) + i % values),
    labels: Uint8Array.from({ length: count }, (_, i) => i),
    count,
    imageSize: 2,
    channels,
  };
}

const order = (images: Images, options: Parameters<typeof batches>[1]) =>
  [...batches(images, options)].flatMap(({ labels }) => [...labels]);

Deno.test("without a generator the images keep their order; the last batch is smaller", () => {
  const sizes = [...batches(numbered(10, 1), { size: 4 })].map(({ pixels, labels }) => [pixels.length, labels.length]);
  assertEquals(sizes, [[16, 4], [16, 4], [8, 2]]);
  assertEquals(order(numbered(10, 1), { size: 4 }), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  assertEquals([...batches(numbered(0, 1), { size: 4 })], []);
});

Deno.test("with a generator every image comes once, in an order that the seed decides", () => {
  const images = numbered(100, 1);
  const shuffled = (seed: number) => order(images, { size: 7, rng: random(seed) });
  assertEquals(shuffled(1).toSorted((a, b) => a - b), order(images, { size: 7 }));
  assertEquals(shuffled(1), shuffled(1));
  assertNotEquals(shuffled(1), shuffled(2));
  assertNotEquals(shuffled(1), order(images, { size: 7 }));
});

for (const channels of [1, 2, 3]) {
  Deno.test(`pixels of ${channels} channels are normalised, and stay with their label`, () => {
    const [mean, std] = [[0.1, 0.2, 0.3].slice(0, channels), [0.5, 0.25, 2].slice(0, channels)];
    for (const { pixels, labels } of batches(numbered(20, channels), { size: 8, mean, std, rng: random(1) })) {
      for (const [i, value] of pixels.entries()) {
        const k = i % (4 * channels);
        const raw = labels[Math.floor(i / (4 * channels))] + k;
        assertAlmostEquals(value, (raw / 255 - mean[k % channels]) / std[k % channels], 1e-6);
      }
    }
  });
}

Deno.test("without mean and std pixels lie in [0, 1]", () => {
  const images = { ...numbered(1, 1), images: Uint8Array.of(0, 51, 204, 255) };
  const [{ pixels }] = batches(images, { size: 1 });
  assertEquals(pixels, Float32Array.of(0, 0.2, 0.8, 1));
});

Deno.test("no two batches share memory", () => {
  const all = [...batches(numbered(6, 1), { size: 2 })];
  const buffers = new Set(all.flatMap(({ pixels, labels }) => [pixels.buffer, labels.buffer]));
  assert(buffers.size === 6);
});

/** The same images, read one by one. */
function stored(images: Images): Images & { opened: number; closed: number } {
  const bytes = images.images as Uint8Array;
  const values = bytes.length / images.count;
  const self = {
    ...images,
    opened: 0,
    closed: 0,
    images: {
      open() {
        self.opened++;
        return {
          read: (index: number, target: Uint8Array) => target.set(bytes.subarray(index * values, (index + 1) * values)),
          [Symbol.dispose]: () => void self.closed++,
        };
      },
    },
  };
  return self;
}

Deno.test("images that stay in a file give the same batches, and the file is closed, also after a break", () => {
  const images = numbered(10, 3);
  const fromFile = stored(images);
  const augment = { pad: 0.5, flip: true };
  const shuffled = () => ({ size: 3, rng: random(1) });
  for (const options of [() => ({ size: 4 }), shuffled, () => ({ ...shuffled(), augment })]) {
    assertEquals([...batches(fromFile, options())], [...batches(images, options())]);
  }
  for (const _ of batches(fromFile, { size: 2 })) break;
  assertEquals([fromFile.opened, fromFile.closed], [4, 4]);
});

Deno.test("augmentation: the seed decides, whatever the size of the batches; labels stay with their images", () => {
  const images = numbered(40, 1);
  const augment = { pad: 0.5, flip: true };
  const all = (options: Partial<Parameters<typeof batches>[1]>) => {
    const found = [...batches(images, { size: 8, rng: random(1), augment, ...options })];
    return { pixels: found.flatMap(({ pixels }) => [...pixels]), labels: found.flatMap(({ labels }) => [...labels]) };
  };
  assertEquals(all({}), all({}));
  assertEquals(all({ size: 7 }), all({}));
  assertNotEquals(all({ rng: random(2) }).pixels, all({}).pixels);
  const plain = all({ augment: undefined });
  assertEquals(all({}).labels, plain.labels);
  assertNotEquals(all({}).pixels, plain.pixels);
  assertEquals(all({ augment: { pad: 0, flip: false } }), plain);
  // image i has the values i … i + 3, or 0 where the border is
  const { pixels, labels } = all({});
  for (const [i, value] of pixels.entries()) {
    const offset = Math.round(value * 255) - labels[i >> 2];
    assert(value === 0 || (offset >= 0 && offset < 4), `${value} in image ${labels[i >> 2]}`);
  }
  assertThrows(() => batches(images, { size: 2, augment }), RangeError, "expected a generator (rng), got none");
});

Deno.test("impossible sizes and normalisations are refused at once", () => {
  for (const size of [0, -1, 1.5, NaN]) {
    assertThrows(() => batches(numbered(3, 1), { size }), RangeError, "expected a size of at least 1 image");
  }
  for (const options of [{ mean: [0, 0] }, { std: [0] }, { std: [] }]) {
    assertThrows(() => batches(numbered(3, 1), { size: 1, ...options }), RangeError, "Cannot normalise");
  }
});
