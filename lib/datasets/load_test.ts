import { assert, assertAlmostEquals, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { random } from "../random.ts";
import { UserError } from "../user_error.ts";
import { batches } from "./batches.ts";
import type { Images } from "./dataset.ts";
import { datasetSource } from "./sets/catalog.ts";
import { loadDataset, readDataset } from "./load.ts";
import { CONTENTS, pixel, smallSource, temporaryFolder, writeFiles } from "./testdata/idx_files.ts";

const counts = ({ labels }: Images, classes: number) =>
  Array.from({ length: classes }, (_, label) => labels.filter((other) => other === label).length);

/** Pixels of images that are in memory. */
function inMemory({ images }: Images): Uint8Array {
  assert(images instanceof Uint8Array);
  return images;
}

/** The indices of a small data set's images, from their pixels; none of 300 has the pixels of another but by 256. */
function originals(part: Images): string[] {
  const { labels, count } = part;
  const images = inMemory(part);
  return Array.from({ length: count }, (_, i) => `${images[16 * i]} of class ${labels[i]}`);
}

Deno.test("a small set: parts, their sizes, pixels with their labels", async () => {
  await using folder = await temporaryFolder();
  await writeFiles(folder.path, CONTENTS);
  const source = smallSource();
  const read = (options = {}) => readDataset(source, { seed: 1, folder: folder.path, ...options });
  const data = read();
  assertEquals([data.train.count, data.validation.count, data.test], [250, 50, undefined]);
  assertEquals([data.name, data.classes, data.mean, data.std], ["small", ["zero", "one", "two"], [0.5], [0.25]]);
  assertEquals([data.train.imageSize, data.train.channels, inMemory(data.train).length], [4, 1, 250 * 16]);
  // the images that the file has, each with its own label
  const known = new Set(Array.from({ length: 300 }, (_, i) => `${pixel(i, 0)} of class ${i % 3}`));
  const all = [...originals(data.train), ...originals(data.validation)];
  assertEquals(new Set(all), known);
  assertEquals(read(), data);

  const few = read({ train: 30, validation: 12, parts: ["train", "validation", "test"], test: 6 });
  assertEquals(counts(few.train, 3), [10, 10, 10]);
  assertEquals(counts(few.validation, 3), [4, 4, 4]);
  assertEquals(counts(few.test!, 3), [2, 2, 2]);
  const onlyTest = read({ parts: ["test"] });
  assertEquals([onlyTest.train.count, onlyTest.validation.count, onlyTest.test?.count], [0, 0, 60]);
  assertEquals(read({ train: 30, validation: 12, parts: ["validation"] }).validation, few.validation);

  const half = read({ train: 30, validation: 12, imageSize: 2 });
  assertEquals([half.train.imageSize, inMemory(half.train).length], [2, 30 * 4]);
  const corner = (k: number) => inMemory(few.train)[k];
  assertEquals(inMemory(half.train)[0], Math.floor((corner(0) + corner(1) + corner(4) + corner(5) + 2) / 4));

  assertThrows(() => read({ train: 300 }), RangeError, "expected at most 250 beside 50 for validation");
  assertThrows(() => read({ seed: -1 }), RangeError, "Cannot seed");
  assertThrows(() => read({ imageSize: 0 }), RangeError, "at least 1 pixel");
});

Deno.test("without the test part, the test files are not opened", async () => {
  await using folder = await temporaryFolder();
  await writeFiles(folder.path, { "train-images": CONTENTS["train-images"], "train-labels": CONTENTS["train-labels"] });
  const read = (parts: ("train" | "test")[]) => readDataset(smallSource(), { seed: 1, folder: folder.path, parts });
  assertEquals(read(["train"]).train.count, 250);
  assertThrows(() => read(["test"]), UserError, "test-images is missing");
});

Deno.test("an unknown name is refused with the known ones, a missing set with the way to get it", async () => {
  await assertRejects(() => loadDataset("fashion", { seed: 1 }), UserError, 'Unknown data set "fashion": expected ');
  await using folder = await temporaryFolder();
  const installed = await Deno.stat("/usr/share/datasets/fashion-mnist").then(() => true, () => false);
  if (installed) return; // Debian's package would be found
  const load = () => loadDataset("fashion-mnist", { seed: 1, cacheFolder: folder.path, fetch: false });
  await assertRejects(load, UserError, "Fashion-MNIST is missing: run `deno task data --get fashion-mnist`");
});

Deno.test("Fashion-MNIST: counts, balance, facts", async () => {
  const data = await loadDataset("fashion-mnist", { seed: 1, parts: ["train", "validation", "test"] });
  const { train, validation, test } = data;
  assertEquals([train.count, validation.count, test?.count], [50_000, 10_000, 10_000]);
  assertEquals(counts(train, 10), Array(10).fill(5_000));
  assertEquals(counts(validation, 10), Array(10).fill(1_000));
  assertEquals(counts(test!, 10), Array(10).fill(1_000));
  // sha256sum of the lines that sha256sum prints for the four files
  assertEquals(data.digest, "5cf0562c46b89a77940b86f40a9a4325e7bed59d53ec555c4d14f0bed41ca53a");
  const histogram = new Float64Array(256);
  for (const part of [train, validation]) for (const value of inMemory(part)) histogram[value]++;
  const mean = histogram.reduce((sum, n, value) => sum + n * value / 255, 0) / (60_000 * 784);
  const square = histogram.reduce((sum, n, value) => sum + n * (value / 255) ** 2, 0) / (60_000 * 784);
  assertAlmostEquals(mean, data.mean[0], 1e-4);
  assertAlmostEquals(Math.sqrt(square - mean ** 2), data.std[0], 1e-4);
  const { facts } = datasetSource("fashion-mnist");
  assertEquals([facts.trainImages, facts.testImages], [60_000, 10_000]);
});

Deno.test("a part that memory does not hold when it is enlarged gives the same batches", async () => {
  await using folder = await temporaryFolder();
  await writeFiles(folder.path, CONTENTS);
  const read = (memory?: number) => readDataset(smallSource(), { seed: 1, folder: folder.path, imageSize: 9, memory });
  const all = ({ train }: { train: Images }) => [...batches(train, { size: 64, rng: random(1) })];
  const expected = all(read());
  for (const memory of [250 * 16, 100]) { // the images as published, then not even these
    const data = read(memory);
    assert(!(data.train.images instanceof Uint8Array));
    assertEquals(all(data), expected);
  }
});

Deno.test("Fashion-MNIST at 128 × 128 does not take a gigabyte", async () => {
  const before = Deno.memoryUsage();
  const { train } = await loadDataset("fashion-mnist", { seed: 1, imageSize: 128, parts: ["train"], fetch: false });
  const after = Deno.memoryUsage();
  assertEquals(train.images instanceof Uint8Array, false);
  const megabytes = (after.external - before.external) / 1e6;
  assert(megabytes < 150, `expected the 39 MB of the images as published, got ${megabytes} MB`);
});

Deno.test("Fashion-MNIST: few small images, each class with its share, by default with the seed 1", async () => {
  const options = { train: 4_000, validation: 1_000, imageSize: 14, fetch: false };
  const { train, validation } = await loadDataset("fashion-mnist", options);
  assertEquals([counts(train, 10), counts(validation, 10)], [Array(10).fill(400), Array(10).fill(100)]);
  assertEquals((await loadDataset("fashion-mnist", { ...options, seed: 1 })).train, train);
});
