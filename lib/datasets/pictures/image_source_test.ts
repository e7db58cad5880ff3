import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { random } from "../../random.ts";
import { UserError } from "../../user_error.ts";
import { batches } from "../batches.ts";
import { COTTON_SHARES, cottonFormat } from "../sets/cotton_weed_id15.ts";
import type { Dataset, DatasetSource, Images, Progress, SplitKind } from "../dataset.ts";
import { datasetSource } from "../sets/catalog.ts";
import { pictureSet } from "./picture_set.ts";
import { loadDataset, readDataset } from "../load.ts";
import { tarGz, zip } from "../testdata/archives.ts";
import { serveFiles } from "../testdata/file_server.ts";
import { temporaryFolder, writeFiles } from "../testdata/idx_files.ts";
import {
  colourOf,
  smallBeans,
  smallCifar,
  smallColorectal,
  smallCotton,
  smallImagenette,
  type SmallSet,
  smallTinyImagenet,
  sourceOf,
} from "../testdata/small_sets.ts";

const PARTS = ["train", "validation", "test"] as const;
const LIMITS = { retryDelay: 1, retries: 0, connectTimeout: 2_000 };

/** The files of a folder but for the notes that verification leaves. */
const names = (folder: string) =>
  [...Deno.readDirSync(folder)].map(({ name }) => name).filter((name) => !/^(lock|verified\.json)$/.test(name)).sort();

/** Class and number of each image, from its colour; and that its label is the same class. */
function imagesOf(part: Images): string[] {
  const { images, labels, count, imageSize } = part;
  assert(images instanceof Uint8Array);
  return Array.from({ length: count }, (_, i) => {
    const middle = 3 * (i * imageSize ** 2 + (imageSize >> 1) * (imageSize + 1));
    const [red, green] = images.subarray(middle, middle + 2);
    const [label, image] = [Math.round((red - 20) / 15), Math.round((green - 10) / 6)];
    const expected = colourOf(label, image);
    assert(Math.abs(red - expected[0]) <= 5 && Math.abs(green - expected[1]) <= 2, `colour ${red}, ${green}`);
    assertEquals(labels[i], label);
    return `${label}/${image}`;
  }).sort();
}

async function load(
  source: DatasetSource,
  options: {
    folder: string;
    imageSize?: number;
    split?: SplitKind;
    network?: boolean;
    onProgress?: (p: Progress) => void;
  },
) {
  const { folder, imageSize = source.facts.imageSize, network = false, onProgress, split } = options;
  await source.prepare(folder, { network, imageSize, onProgress });
  const data = readDataset(source, { folder, imageSize, split, seed: 1, parts: PARTS });
  return { data, parts: PARTS.map((part) => imagesOf(data[part]!)) };
}

const range = (count: number) => Array.from({ length: count }, (_, i) => i);
const all = (classes: number, images: readonly number[]) =>
  range(classes).flatMap((label) => images.map((image) => `${label}/${image}`)).sort();

/** The sets, and their official parts; where only two are official, the first has training and validation images. */
const SETS: readonly { what: string; make: () => SmallSet | Promise<SmallSet>; official: string[][]; size: number }[] =
  [
    {
      what: "CIFAR-10",
      make: smallCifar,
      official: [range(20).map((i) => `${i % 10}/${i}`), range(4).map((i) => `${i}/${20 + i}`)],
      size: 32,
    },
    { what: "Imagenette", make: smallImagenette, official: [all(10, [0, 1, 2]), all(10, [3])], size: 16 },
    { what: "Beans", make: smallBeans, official: [all(3, [0, 1, 2, 3]), all(3, [0, 1]), all(3, [0])], size: 8 },
    {
      what: "Tiny ImageNet",
      make: smallTinyImagenet,
      official: [all(3, [0, 1, 2, 3]), range(6).map((i) => `${i % 3}/${i}`)],
      size: 8,
    },
  ];

for (const { what, make, official, size } of SETS) {
  Deno.test(`${what}: downloaded, decoded once, every image with its label in its part`, async () => {
    await using folder = await temporaryFolder();
    const set = await make();
    await using server = serveFiles(set.archives, [{ kind: "breaks", after: 500 }, { kind: "good" }]);
    const source = sourceOf(set, { urls: [server.url], limits: { ...LIMITS, retries: 1 } });
    const steps: string[] = [];
    const onProgress = (event: Progress) => event.kind === "step" && steps.push(event.text);
    const options = { folder: folder.path, imageSize: size, network: true, onProgress };
    const { parts, data } = await load(source, options);
    const [train, validation, test] = parts;
    const found = official.length === 3 ? parts : [[...train, ...validation].sort(), test];
    assertEquals(found, official.map((part) => part.sort()));
    assert(official.length === 3 || validation.length > 0);
    assertEquals(data.skipped, []);
    assertEquals(server.requests.length, Object.keys(set.archives).length + 1);
    assertEquals(steps.filter((text) => text.startsWith("decoding")).length, 1);

    const decoded = names(folder.path).filter((name) => !(name in set.archives));
    assertEquals(decoded.length, 1, decoded.join());
    steps.length = 0;
    assertEquals((await load(source, { ...options, network: false })).data, data);
    assertEquals(steps, []);
    await load(source, { ...options, imageSize: 4 });
    // another size is another file, but of small square pictures of one size
    assertEquals(names(folder.path).length, Object.keys(set.archives).length + (what === "Imagenette" ? 2 : 1));
  });
}

Deno.test("Tiny ImageNet: classes in the order of wnids.txt, with the names of words.txt", async () => {
  await using folder = await temporaryFolder();
  const set = await smallTinyImagenet();
  await writeFiles(folder.path, set.archives);
  const { data } = await load(sourceOf(set), { folder: folder.path });
  assertEquals(data.classes, ["European fire salamander", "goldfish", "n03"]);
});

Deno.test("CIFAR-10 at another size than it is stored in", async () => {
  await using folder = await temporaryFolder();
  const set = smallCifar();
  await writeFiles(folder.path, set.archives);
  const { data, parts } = await load(sourceOf(set), { folder: folder.path, imageSize: 16 });
  assertEquals([data.train.imageSize, parts.flat().length], [16, 24]);
});

Deno.test("Colorectal Histology: TIFF, a fixed split by images or by slides, computed statistics", async () => {
  await using folder = await temporaryFolder();
  const set = await smallColorectal();
  await writeFiles(folder.path, set.archives);
  const source = sourceOf(set);
  const images = await load(source, { folder: folder.path, imageSize: 8, split: "image" });
  assertEquals(images.parts.map((part) => part.length), [48, 16, 16]);
  assertEquals(images.parts.flat().sort(), all(8, range(10)));
  for (const part of images.parts) {
    for (const label of range(8)) {
      assertEquals(part.filter((image) => image.startsWith(`${label}/`)).length, part.length / 8);
    }
  }
  const slides = await load(source, { folder: folder.path, imageSize: 8 });
  // five slides of 16 images: 60 % for training are three
  assertEquals(slides.parts.map((part) => part.length), [48, 16, 16]);
  const slideOf = (image: string) => Number(image.split("/")[1]) % 5;
  const [train, validation, test] = slides.parts.map((part) => new Set(part.map(slideOf)));
  assertEquals([train.size, validation.size, test.size], [3, 1, 1]);
  assertEquals(new Set([...train, ...validation, ...test]).size, 5);
  // red is 20 + 15 × label, in equal shares
  assertAlmostEquals(images.data.mean[0], 72.5 / 255, 1e-9);
  assertAlmostEquals(images.data.std[0], 15 * Math.sqrt((8 * 8 - 1) / 12) / 255, 1e-9);
  assertEquals(images.data.std[2], 1 / 255); // blue is always the same
});

Deno.test("a split by groups has the statistics of its own training images", async () => {
  await using folder = await temporaryFolder();
  const set = await smallColorectal();
  await writeFiles(folder.path, set.archives);
  for (const split of ["image", "group"] as const) {
    const { data } = await load(sourceOf(set), { folder: folder.path, imageSize: 8, split });
    const { images, count } = data.train;
    assert(images instanceof Uint8Array);
    const green = Array.from({ length: count * 64 }, (_, i) => images[3 * i + 1] / 255);
    const mean = green.reduce((sum, value) => sum + value, 0) / green.length;
    const variance = green.reduce((sum, value) => sum + (value - mean) ** 2, 0) / green.length;
    assertAlmostEquals(data.mean[1], mean, 1e-9);
    assertAlmostEquals(data.std[1], Math.sqrt(variance), 1e-9);
  }
});

Deno.test("the digest stands for files and parts, whatever the size of the images", async () => {
  await using folder = await temporaryFolder();
  const set = await smallColorectal();
  await writeFiles(folder.path, set.archives);
  const digest = async (options: { imageSize: number; split?: SplitKind }) =>
    (await load(sourceOf(set), { folder: folder.path, ...options })).data.digest;
  const bySlides = await digest({ imageSize: 8 });
  assertEquals(await digest({ imageSize: 8, split: "group" }), bySlides);
  assertEquals(await digest({ imageSize: 150 }), bySlides);
  const byImages = await digest({ imageSize: 8, split: "image" });
  const source = sourceOf(set, { shares: { validation: 10, test: 20 } });
  const { data } = await load(source, { folder: folder.path, imageSize: 8, split: "image" });
  assertEquals(new Set([bySlides, byImages, data.digest]).size, 3);
});

Deno.test("a set that has no groups can't be split by them", async () => {
  await using folder = await temporaryFolder();
  const set = await smallImagenette();
  await writeFiles(folder.path, set.archives);
  const run = () => load(sourceOf(set), { folder: folder.path, split: "group" });
  await assertRejects(run, UserError, "Imagenette can't be split by groups");
});

/** Archives that are not CottonWeedID15, and what is said of them. */
async function notCotton(): Promise<{ bytes: Uint8Array; message: string }[]> {
  const { facts: { classes } } = datasetSource("cotton-weed-id15");
  const archive = (images: number, names: readonly string[]) =>
    zip(Array.from({ length: images }, (_, i) => ({ path: `set/${names[i % names.length]}/${i}.jpg` })));
  return [
    { bytes: Uint8Array.of(0x50, 0x4b, 3, 4), message: "it is no whole zip archive" },
    { bytes: (await smallCotton()).slice(0, -30), message: "it is no whole zip archive" },
    { bytes: zip([{ path: "notes.txt" }]), message: "has no images of CottonWeedID15" },
    { bytes: archive(59, classes), message: "is not the whole CottonWeedID15: got 59 of 60 images" },
    { bytes: archive(60, classes.slice(1)), message: "expected images of 15 classes, got 14 (none of Carpetweeds)" },
    { bytes: archive(60, [...classes, "Wheat"]), message: "Wheat/15.jpg is of an unknown class" },
    { bytes: tarGz([{ path: "set/Eclipta/1.jpg" }]), message: "expected images of 15 classes, got 1 (none of " },
  ];
}

Deno.test("CottonWeedID15: from an archive that the user names, which is not copied", async () => {
  await using folder = await temporaryFolder();
  await using elsewhere = await temporaryFolder();
  const archive = `${elsewhere.path}/archive.zip`;
  const { facts: real } = datasetSource("cotton-weed-id15");
  const facts = { ...real, trainImages: 30, validationImages: 15, testImages: 15 };
  const source = pictureSet({ facts, format: cottonFormat, shares: COTTON_SHARES });
  const missing = () => load(source, { folder: folder.path });
  await assertRejects(missing, UserError, "deno task data --get cotton-weed-id15 --from PATH");
  assertEquals((await source.check(folder.path))[0].kind, "missing");
  const prepare = () => source.prepare(folder.path, { network: false, from: archive });
  await assertRejects(prepare, UserError, `${archive} is missing`);
  await Deno.writeTextFile(archive, "<html>sign in</html>");
  await assertRejects(prepare, UserError, "wrong magic number");

  await Deno.writeFile(archive, await smallCotton());
  await prepare();
  const { parts } = await load(source, { folder: folder.path, imageSize: 16 });
  assertEquals(parts.map((part) => part.length), [30, 15, 15]); // of each class of 4: ⌈.8⌉, ⌈.6⌉, and the rest
  assertEquals(parts.flat().sort(), all(15, range(4)));
  assertEquals((await source.check(folder.path, { deep: true }))[0], {
    path: await Deno.realPath(archive),
    kind: "whole",
  });

  const other = `${elsewhere.path}/other.zip`;
  const name = (path: string) => source.prepare(folder.path, { network: false, from: path });
  for (const { bytes, message } of await notCotton()) {
    await Deno.writeFile(other, bytes);
    await assertRejects(() => name(other), UserError, message);
    assertEquals(await source.check(folder.path), [{ path: await Deno.realPath(archive), kind: "whole" }]);
  }

  await Deno.truncate(archive, 1_000);
  assertEquals((await source.check(folder.path))[0].kind, "damaged");
  await assertRejects(missing, UserError, `${await Deno.realPath(archive)} is another file now`);
  await Deno.remove(archive);
  await assertRejects(missing, UserError, "is gone");
});

Deno.test("CottonWeedID15: the shares of the real counts are the published ones", () => {
  // counts by class, and sizes of the parts, as published
  const counts = [763, 111, 254, 216, 1115, 273, 689, 129, 450, 129, 240, 234, 61, 72, 451];
  const share = (percent: number) => counts.reduce((sum, count) => sum + Math.ceil(percent * count / 100), 0);
  const { facts } = datasetSource("cotton-weed-id15");
  const { validation, test } = COTTON_SHARES;
  assertEquals([share(validation), share(test)], [facts.validationImages, facts.testImages]);
  assertEquals(counts.reduce((a, b) => a + b) - share(validation) - share(test), facts.trainImages);
});

// the file stays open as long as its images can be read
Deno.test("a part that would take too much memory stays in its file, and gives the same batches", {
  sanitizeResources: false,
}, async () => {
  await using folder = await temporaryFolder();
  const set = await smallImagenette();
  await writeFiles(folder.path, set.archives);
  const source = sourceOf(set);
  await source.prepare(folder.path, { network: false, imageSize: 8 });
  const read = (memory?: number) => readDataset(source, { folder: folder.path, imageSize: 8, seed: 1, memory });
  const values = 8 * 8 * 3;
  const [inMemory, fromFile] = [read(), read(10 * values)]; // 25 images to train on, 5 for validation
  assertEquals(inMemory.train.images instanceof Uint8Array, true);
  assertEquals(fromFile.train.images instanceof Uint8Array, false);
  assertEquals(fromFile.validation, inMemory.validation);
  const all = ({ train, mean, std }: Dataset) => [...batches(train, { size: 4, mean, std, rng: random(1) })];
  assertEquals(all(fromFile), all(inMemory));
  for (const { name } of Deno.readDirSync(folder.path)) {
    if (name.endsWith(".images")) await Deno.remove(`${folder.path}/${name}`); // as a process that decodes it anew does
  }
  assertEquals(all(fromFile), all(inMemory));
});

Deno.test("an image size that is none is refused before anything is fetched", async () => {
  for (const imageSize of [0, -1, 1.5, NaN, 1_025, 1e9]) {
    await assertRejects(
      () => loadDataset("beans", { seed: 1, imageSize, fetch: false }),
      RangeError,
      "expected an image size of 1 to 1024 pixels",
    );
  }
});
