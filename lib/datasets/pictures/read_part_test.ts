import { assertEquals } from "@std/assert";
import type { ImagePool } from "../dataset.ts";
import { readPart } from "./read_part.ts";

const COUNT = 20;
const CHANNELS = 3;

/** A pool of images, and which of its functions were called. */
function poolOf(imageSize: number): { pool: ImagePool; calls: string[] } {
  const values = imageSize ** 2 * CHANNELS;
  const all = Uint8Array.from({ length: COUNT * values }, (_, i) => (i * i) >> 4);
  const image = (index: number) => all.subarray(index * values, (index + 1) * values);
  const calls: string[] = [];
  const pool: ImagePool = {
    labels: new Uint8Array(COUNT),
    imageSize,
    read(indices) {
      calls.push("read");
      return Uint8Array.from([...indices].flatMap((index) => [...image(index)]));
    },
    store(indices) {
      calls.push("store");
      return { open: () => ({ read: (i, target) => target.set(image(indices[i])), [Symbol.dispose]() {} }) };
    },
  };
  return { pool, calls };
}

/** Sizes, memory in images of the size `to`, how the pool is read, and whether the pixels come into memory. */
const CASES: readonly { from: number; to: number; images: number; calls: string; stored: boolean }[] = [
  { from: 8, to: 8, images: 10, calls: "read", stored: false },
  { from: 8, to: 8, images: 9, calls: "store", stored: true },
  { from: 8, to: 16, images: 10, calls: "read", stored: false },
  { from: 8, to: 16, images: 9, calls: "read", stored: true }, // the small ones fit
  { from: 8, to: 16, images: 2, calls: "store", stored: true },
  { from: 8, to: 4, images: 40, calls: "read", stored: false },
  { from: 8, to: 4, images: 39, calls: "store", stored: false }, // only the result fits
  { from: 8, to: 4, images: 9, calls: "store", stored: true },
];

for (const { from, to, images, calls: expected, stored } of CASES) {
  Deno.test(`10 images of ${from}² as ${to}², memory for ${images}: ${expected}, ${stored ? "stored" : "in memory"}`, () => {
    const indices = Uint32Array.from({ length: 10 }, (_, i) => (7 * i + 3) % COUNT);
    const values = to ** 2 * CHANNELS;
    const { pool, calls } = poolOf(from);
    const size = { from, to, channels: CHANNELS };
    const part = readPart(pool, { indices, size, memory: images * values });
    assertEquals([calls, part instanceof Uint8Array], [[expected], !stored]);
    const whole = readPart(pool, { indices, size, memory: Infinity });
    if (part instanceof Uint8Array) return assertEquals(part, whole as Uint8Array);
    using reader = part.open();
    const target = new Uint8Array(values);
    for (const i of [3, 0, 9, 9, 1]) {
      reader.read(i, target);
      assertEquals(target, (whole as Uint8Array).slice(i * values, (i + 1) * values));
    }
  });
}
