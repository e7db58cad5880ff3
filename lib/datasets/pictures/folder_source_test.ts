import { assert, assertEquals, assertNotEquals, assertRejects, assertThrows } from "@std/assert";
import { UserError } from "../../user_error.ts";
import { datasetName, datasetSource } from "../sets/catalog.ts";
import type { Images, Progress } from "../dataset.ts";
import { inspectDataset, loadDataset } from "../load.ts";
import { temporaryFolder } from "../testdata/idx_files.ts";
import { bmp, picture, type PictureOptions } from "../testdata/pictures.ts";
import { resizeImages } from "./resize.ts";
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
  assertEquals((await inspectDataset(name, { cacheFolder: cache.path, imageSize: 8 })).counts, {
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

Deno.test("content decides what is decoded anew, and not a file's size or time", async () => {
  await using pictures = await temporaryFolder();
  await using cache = await temporaryFolder();
  await write(pictures.path, ["a", "b"].flatMap((name) => numbers(5).map((i) => `${name}/${i}.tif`)));
  const path = `${pictures.path}/a/0.tif`;
  const before = await loadWithSteps(pictures.path, { cacheFolder: cache.path });
  const old = await Deno.stat(path);
  const bytes = await Deno.readFile(path);
  // an uncompressed TIFF of another colour
  await Deno.writeFile(path, await picture(colourOf(0, 9), { format: "tiff", width: 10, height: 12 }));
  await Deno.utime(path, old.atime!, old.mtime!);
  const now = await Deno.stat(path);
  assertEquals([now.size, now.mtime], [old.size, old.mtime]);
  const changed = await loadWithSteps(pictures.path, { cacheFolder: cache.path });
  assertNotEquals(changed.data.digest, before.data.digest);
  assertEquals(PARTS.flatMap((part) => imagesOf(changed.data[part]!)).includes("a9"), true);
  await Deno.writeFile(path, bytes); // at another time
  const again = await loadWithSteps(pictures.path, { cacheFolder: cache.path });
  assertEquals(again.data, before.data);
  await Deno.utime(path, 1e9, 1e9);
  assertEquals((await loadWithSteps(pictures.path, { cacheFolder: cache.path })).steps, []); // nothing is decoded
});

Deno.test("small square pictures of one size are decoded once, and resized when they are loaded", async () => {
  await using pictures = await temporaryFolder();
  await using cache = await temporaryFolder();
  const add = async (path: string, options: PictureOptions) => {
    await Deno.mkdir(`${pictures.path}/${path.slice(0, 1)}`, { recursive: true });
    await Deno.writeFile(`${pictures.path}/${path}`, await picture([200, 40, 80], { ...options, left: [10, 60, 220] }));
  };
  for (const name of ["a", "b"]) {
    for (const i of numbers(6)) await add(`${name}/${i}.png`, { format: "png", width: 8, height: 8 });
  }
  const load = async (imageSize: number) => {
    const steps: string[] = [];
    const onProgress = (event: Progress) => event.kind === "step" && steps.push(event.text);
    const options = { cacheFolder: cache.path, imageSize, onProgress };
    const { train } = await loadDataset(`folder:${pictures.path}`, options);
    assert(train.images instanceof Uint8Array);
    return {
      pixels: train.images,
      size: train.imageSize,
      decodings: steps.filter((text) => text.startsWith("decoding")),
    };
  };
  const own = await load(8);
  assertEquals(own.decodings, [`decoding ${pictures.path} to 8 × 8 pixels (once)`]);
  assertEquals(
    [...own.pixels.subarray(0, 24)],
    [...Array(4).fill([10, 60, 220]), ...Array(4).fill([200, 40, 80])].flat(),
  );
  for (const to of [4, 12]) {
    const { pixels, size, decodings } = await load(to);
    assertEquals([size, decodings], [to, []]);
    assertEquals(pixels, resizeImages(own.pixels, { from: 8, to, channels: 3 }));
  }
  for (const other of [{ width: 9, height: 9 }, { width: 8, height: 9 }, { width: 100, height: 100 }]) {
    await add("b/7.png", { format: "png", ...other });
    for (const size of [8, 4]) assertEquals((await load(size)).decodings.length, 2, JSON.stringify(other));
    await Deno.remove(`${pictures.path}/b/7.png`);
  }
});

Deno.test("when a folder is loaded again, its pictures are looked at once and not read", async () => {
  await using pictures = await temporaryFolder();
  await using cache = await temporaryFolder();
  await write(pictures.path, ["a", "b"].flatMap((name) => numbers(5).map((i) => `${name}/${i}.png`)));
  await loadWithSteps(pictures.path, { cacheFolder: cache.path });
  await new Promise((resolve) => setTimeout(resolve, 2_100)); // what was just changed is not believed
  await loadWithSteps(pictures.path, { cacheFolder: cache.path });
  const calls: string[] = [];
  const originals = { statSync: Deno.statSync, readFileSync: Deno.readFileSync, readFile: Deno.readFile };
  for (const [name, original] of Object.entries(originals)) {
    Deno[name as "statSync"] = (path) => {
      if (String(path).endsWith(".png")) calls.push(name);
      return (original as typeof Deno.statSync)(path);
    };
  }
  try {
    await loadWithSteps(pictures.path, { cacheFolder: cache.path });
  } finally {
    Object.assign(Deno, originals);
  }
  assertEquals(calls, Array(10).fill("statSync"));
});

Deno.test("what was decoded is read by its digest, whatever has become of the files", async () => {
  await using pictures = await temporaryFolder();
  await using cache = await temporaryFolder();
  const path = `${await Deno.realPath(pictures.path)}/set`;
  await write(path, ["a", "b"].flatMap((name) => numbers(5).map((i) => `${name}/${i}.png`)));
  const name = `folder:${path}`;
  const options = { cacheFolder: cache.path, imageSize: 8, parts: PARTS };
  const before = await loadDataset(name, options);
  await write(path, ["a", "b"].map((name) => `${name}/5.png`));
  assertEquals(await loadDataset(name, { ...options, digest: before.digest }), before);
  const after = await loadDataset(name, options); // decoded anew, and what was decoded before is removed
  assertNotEquals(after.digest, before.digest);
  const again = () => loadDataset(name, { ...options, digest: before.digest });
  await assertRejects(again, UserError, `The images of ${name} are not those of the study: expected the digest`);
});

Deno.test("pictures that are called otherwise, and classes that macOS wrote", async () => {
  await using pictures = await temporaryFolder();
  await using cache = await temporaryFolder();
  const [composed, decomposed] = ["caf\u00e9", "cafe\u0301"];
  const jpeg = await picture([200, 40, 80], { format: "jpeg" });
  const bitmap = bmp(() => 0, { width: 8, height: 8, bits: 24, colours: [[200, 40, 80]] });
  const files = [
    ...numbers(4).map((i) => ({ path: `${composed}/${i}.jfif`, bytes: jpeg })),
    ...numbers(3).map((i) => ({ path: `${decomposed}/${i}.JPE`, bytes: jpeg })),
    ...numbers(7).map((i) => ({ path: `other/${i}.bmp`, bytes: bitmap })),
  ];
  for (const { path, bytes } of files) {
    await Deno.mkdir(`${pictures.path}/${path.split("/")[0]}`, { recursive: true });
    await Deno.writeFile(`${pictures.path}/${path}`, bytes);
  }
  const { data } = await loadWithSteps(pictures.path, { cacheFolder: cache.path });
  assertEquals([data.classes, data.skipped], [[composed, "other"], []]);
  assertEquals(PARTS.reduce((sum, part) => sum + data[part]!.count, 0), 14);
  for (const label of [0, 1]) {
    assertEquals(PARTS.flatMap((part) => [...data[part]!.labels]).filter((other) => other === label).length, 7);
  }
});

Deno.test("a deep check decodes all pictures, and names those that can't be", async () => {
  await using pictures = await temporaryFolder();
  await using cache = await temporaryFolder();
  await write(pictures.path, ["a", "b"].flatMap((name) => numbers(4).map((i) => `${name}/${i}.jpg`)));
  const check = (deep: boolean) => datasetSource(`folder:${pictures.path}`).check(cache.path, { deep });
  assertEquals(await check(true), [{ path: pictures.path, kind: "whole" }]);
  const jpeg = await Deno.readFile(`${pictures.path}/a/1.jpg`);
  await Deno.writeFile(`${pictures.path}/a/1.jpg`, jpeg.slice(0, jpeg.length / 2));
  await Deno.symlink("gone.jpg", `${pictures.path}/b/9.jpg`);
  assertEquals(await check(false), [{ path: pictures.path, kind: "whole" }]);
  const states = await check(true);
  assertEquals(states.map(({ path, kind }) => [path, kind]), [
    [`${pictures.path}/a/1.jpg`, "damaged"],
    [`${pictures.path}/b/9.jpg`, "damaged"],
  ]);
  assert(states[0].reason!.startsWith("can't be decoded ("), states[0].reason);
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
  for (const name of ["a/1.heic", "b/2.HEIC", "a/notes.txt", "README.md", "c/readme.txt", "a/.DS_Store"]) {
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
    "files that are not called JPEG, PNG, TIFF, WebP, GIF or BMP: 5 (1 .md, 2 .heic, 2 .txt: README.md, a/1.heic, a/notes.txt, …)",
    "links to what is there without them: 1 (a/up)",
    "hidden, or the system's own: 1 (a/.DS_Store)",
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
