import { assert, assertEquals, assertNotEquals, assertRejects, assertThrows } from "@std/assert";
import { UserError } from "../../user_error.ts";
import { datasetName, datasetSource } from "../sets/catalog.ts";
import type { Images } from "../dataset.ts";
import { countImages, loadDataset } from "../load.ts";
import { temporaryFolder } from "../testdata/idx_files.ts";
import { picture } from "../testdata/pictures.ts";
import { colourOf } from "../testdata/small_sets.ts";

/** Writes pictures of the class that is the index of their folder's name in the alphabet, and of number `image`. */
async function write(root: string, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    const [, label, image] = /([a-z])\/(\d+)\.\w+$/.exec(path)!;
    await Deno.mkdir(`${root}/${path.replace(/\/[^/]*$/, "")}`, { recursive: true });
    const format = path.endsWith(".png") ? "png" : path.endsWith(".tif") ? "tiff" : "jpeg";
    const colour = colourOf(label.charCodeAt(0) - 97, Number(image));
    await Deno.writeFile(`${root}/${path}`, await picture(colour, { format, width: 10, height: 12 }));
  }
}

/** Class and number of each image, from its colour. */
function imagesOf({ images, labels, count, imageSize }: Images): string[] {
  assert(images instanceof Uint8Array);
  return Array.from({ length: count }, (_, i) => {
    const [red, green] = images.subarray(3 * i * imageSize ** 2);
    assertEquals(labels[i], Math.round((red - 20) / 15));
    return `${"abc"[labels[i]]}${Math.round((green - 10) / 6)}`;
  }).sort();
}

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);
const PARTS = ["train", "validation", "test"] as const;

Deno.test("a folder for each class: a fixed split, stratified", async () => {
  await using pictures = await temporaryFolder();
  await using cache = await temporaryFolder();
  const types = ["jpg", "png", "tif"];
  await write(pictures.path, ["a", "b", "c"].flatMap((name, k) => numbers(10).map((i) => `${name}/${i}.${types[k]}`)));
  await Deno.writeTextFile(`${pictures.path}/a/notes.txt`, "no picture");
  await Deno.writeTextFile(`${pictures.path}/README.md`, "no picture");
  await Deno.mkdir(`${pictures.path}/.hidden`);
  const name = `folder:${pictures.path}`;
  const options = { seed: 1, cacheFolder: cache.path, imageSize: 8, parts: PARTS };
  const data = await loadDataset(name, options);
  assertEquals([data.name, data.classes, data.augmentation], [name, ["a", "b", "c"], undefined]);
  const parts = PARTS.map((part) => imagesOf(data[part]!));
  assertEquals(parts.map((part) => part.length), [18, 6, 6]);
  assertEquals(parts.flat().sort(), ["a", "b", "c"].flatMap((name) => numbers(10).map((i) => `${name}${i}`)));
  for (const label of [0, 1, 2]) assertEquals(data.test!.labels.filter((other) => other === label).length, 2);
  const other = await loadDataset(name, { ...options, seed: 2 });
  assertEquals(PARTS.map((part) => imagesOf(other[part]!)), parts); // the seed orders the images, no more
  assertEquals(await countImages(name, { cacheFolder: cache.path, imageSize: 8 }), {
    train: 18,
    validation: 6,
    test: 6,
  });
  await assertRejects(() => loadDataset(name, { ...options, validation: 7 }), RangeError, "expected at most 6,");
});

Deno.test("train/ and test/ above the classes: validation images are split off, or have a folder", async () => {
  await using pictures = await temporaryFolder();
  await using cache = await temporaryFolder();
  const train = ["a", "b"].flatMap((name) => numbers(6).map((i) => `train/${name}/${i}.jpg`));
  await write(pictures.path, [...train, "test/a/7.jpg", "test/b/8.jpg"]);
  const name = `folder:${pictures.path}`;
  const options = { seed: 1, cacheFolder: cache.path, imageSize: 8, parts: PARTS };
  const split = await loadDataset(name, options);
  assertEquals([split.train.count, split.validation.count, imagesOf(split.test!)], [10, 2, ["a7", "b8"]]);
  await write(pictures.path, ["validation/a/9.png", "validation/b/9.png"]);
  const official = await loadDataset(name, options);
  assertEquals([official.train.count, imagesOf(official.validation)], [12, ["a9", "b9"]]);
  assertNotEquals(official.digest, split.digest);

  await write(pictures.path, ["test/c/1.jpg"]);
  await assertRejects(
    () => loadDataset(name, options),
    UserError,
    "test/c/1.jpg is of a class without training pictures",
  );
});

Deno.test("what changes in the folder is decoded anew, and what was decoded before is removed", async () => {
  await using pictures = await temporaryFolder();
  await using cache = await temporaryFolder();
  await write(pictures.path, ["a", "b"].flatMap((name) => numbers(5).map((i) => `${name}/${i}.png`)));
  const load = (imageSize = 8) =>
    loadDataset(`folder:${pictures.path}`, { seed: 1, cacheFolder: cache.path, imageSize, parts: PARTS });
  const before = await load();
  assertEquals(await load(), before);
  await write(pictures.path, ["a/5.png"]);
  const after = await load();
  assertEquals(after.train.count + after.validation.count + after.test!.count, 11);
  assertNotEquals(after.digest, before.digest);
  await Deno.remove(`${pictures.path}/a/5.png`);
  const again = await load();
  assertEquals([again.digest, again.train], [before.digest, before.train]);
  await load(4);
  const [folder] = [...Deno.readDirSync(`${cache.path}/folders`)];
  const files = [...Deno.readDirSync(`${cache.path}/folders/${folder.name}`)].map(({ name }) => name.slice(0, 10));
  assertEquals(files.sort(), ["decoded-4-", "decoded-8-", "lock", "verified.j"]);
});

/** Loads all parts of a folder of pictures, with what is said on the way. */
async function loadWithSteps(path: string, { cacheFolder }: { cacheFolder: string }) {
  const steps: string[] = [];
  const data = await loadDataset(`folder:${path}`, {
    seed: 1,
    cacheFolder,
    imageSize: 8,
    parts: PARTS,
    onProgress: (event) => event.kind === "step" && steps.push(event.text),
  });
  return { data, steps };
}

Deno.test("train/ and val/ without test/: test images are split off, which is reported", async () => {
  await using pictures = await temporaryFolder();
  await using cache = await temporaryFolder();
  const of = (part: string, count: number) =>
    ["a", "b"].flatMap((name) => numbers(count).map((i) => `${part}/${name}/${i}.png`));
  await write(pictures.path, [...of("Train", 10), ...of("val", 3)]);
  const { data, steps } = await loadWithSteps(pictures.path, { cacheFolder: cache.path });
  assertEquals(data.classes, ["a", "b"]);
  assertEquals(PARTS.map((part) => imagesOf(data[part]!).length), [16, 6, 4]);
  assertEquals(imagesOf(data.validation), ["a0", "a1", "a2", "b0", "b1", "b2"]);
  assertEquals(new Set([...imagesOf(data.train), ...imagesOf(data.test!)]).size, 20);
  assert(steps.includes(`${pictures.path} has no test folder: 20 % of each class's training images are for tests`));
});

Deno.test("what is left out of a folder is counted and reported", async () => {
  await using pictures = await temporaryFolder();
  await using cache = await temporaryFolder();
  const at = (name: string) => `${pictures.path}/${name}`;
  await write(pictures.path, ["a", "b"].flatMap((name) => numbers(20).map((i) => `${name}/${i}.png`)));
  for (const name of ["a/1.heic", "b/2.HEIC", "a/notes.txt", "README.md", "c/readme.txt"]) {
    await Deno.mkdir(at(name.replace(/[^/]*$/, "")), { recursive: true });
    await Deno.writeTextFile(at(name), "no picture");
  }
  await Deno.copyFile(at("a/0.png"), at("loose.png"));
  await Deno.symlink("..", at("a/up"));
  await Deno.symlink("gone.png", at("b/broken.png"));
  const { data, steps } = await loadWithSteps(pictures.path, { cacheFolder: cache.path });
  assertEquals(PARTS.flatMap((part) => imagesOf(data[part]!)).length, 40);
  assertEquals(data.skipped.length, 1);
  assert(data.skipped[0].startsWith(`${at("b/broken.png")} can't be read (`), data.skipped[0]);
  const left = steps.filter((text) => text.startsWith("left out of ")).map((text) =>
    text.slice(`left out of ${pictures.path}: `.length)
  );
  assertEquals(left, [
    "pictures beside the folders of the classes: 1 (loose.png)",
    "files that are not called JPEG, PNG, TIFF, WebP, GIF or BMP: 4 (2 .heic, 2 .txt: a/1.heic, a/notes.txt, b/2.HEIC, …)",
    "links to what is there without them: 1 (a/up)",
    "folders without pictures: 1 (c)",
  ]);
});

Deno.test("refused: bad pictures that were the last ones of a class or of a part", async () => {
  await using pictures = await temporaryFolder();
  await using cache = await temporaryFolder();
  const load = () =>
    loadDataset(`folder:${pictures.path}`, { seed: 1, cacheFolder: cache.path, imageSize: 8, parts: PARTS });
  await write(pictures.path, [...numbers(10).map((i) => `a/${i}.png`), ...numbers(3).map((i) => `b/${i}.png`)]);
  await Deno.writeTextFile(`${pictures.path}/b/1.png`, "no picture");
  await assertRejects(
    load,
    UserError,
    "expected at least 1 training image of the class b, got none that can be decoded",
  );
  await Deno.rename(`${pictures.path}/b`, `${pictures.path}/.b`);
  await Deno.rename(`${pictures.path}/a`, `${pictures.path}/.a`);
  await write(pictures.path, ["train/a/1.png", "train/a/2.png", "train/b/1.png", "train/b/2.png", "test/a/3.png"]);
  await Deno.writeTextFile(`${pictures.path}/test/a/3.png`, "no picture");
  await assertRejects(load, UserError, "expected at least 1 test image, got none that can be decoded");
});

Deno.test("refused: no folder, no classes, one class", async () => {
  await using pictures = await temporaryFolder();
  const name = `folder:${pictures.path}`;
  assertThrows(() => datasetSource(`${name}/none`), UserError, `${pictures.path}/none is no folder`);
  assertThrows(() => datasetSource(name), UserError, "expected 2 to 256 folders with pictures");
  await write(pictures.path, ["a/1.jpg"]);
  assertThrows(() => datasetSource(name), UserError, "got 1");
});

Deno.test("the name of a folder is its absolute path", () => {
  assertEquals(datasetName("folder:x/../y", { base: "/data" }), "folder:/data/y");
  assertEquals(datasetName("folder:/data/y"), "folder:/data/y");
  for (const name of ["folder:", "fashion", "folder"]) {
    assertThrows(
      () => datasetName(name),
      UserError,
      `Unknown data set "${name}": expected cifar-10, imagenette, mnist, `,
    );
  }
});
