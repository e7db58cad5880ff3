import { assert, assertEquals, assertNotEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { Buffer } from "node:buffer";
import { dirname } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { UserError } from "../../user_error.ts";
import { type Dataset, type Images, type Part, PARTS, type Progress } from "../dataset.ts";
import { readArchive } from "../fetch/archive.ts";
import { readDataset } from "../load.ts";
import { joined, tarGz, zip } from "../testdata/archives.ts";
import type { PictureSetOptions } from "./picture_set.ts";
import { serveFiles } from "../testdata/file_server.ts";
import { temporaryFolder, writeFiles } from "../testdata/idx_files.ts";
import { picture } from "../testdata/pictures.ts";
import {
  colourOf,
  pickledCifar,
  smallBeans,
  smallCifar,
  smallColorectal,
  smallImagenette,
  type SmallSet,
  smallTinyImagenet,
  sourceOf,
} from "../testdata/small_sets.ts";

const SETS: readonly { what: string; make: () => SmallSet | Promise<SmallSet> }[] = [
  { what: "CIFAR-10", make: smallCifar },
  { what: "Imagenette", make: smallImagenette },
  { what: "Beans", make: smallBeans },
  { what: "Colorectal Histology", make: smallColorectal },
  { what: "Tiny ImageNet", make: smallTinyImagenet },
];

/** The files in a set's archives. */
async function filesOf(set: SmallSet): Promise<{ path: string; bytes: Uint8Array }[]> {
  await using folder = await temporaryFolder();
  await writeFiles(folder.path, set.archives);
  const names = Object.keys(set.archives);
  const all = names.map((name) => Array.fromAsync(readArchive(`${folder.path}/${name}`, { wanted: () => true })));
  return (await Promise.all(all)).flat();
}

async function writeAt(root: string, files: readonly { path: string; bytes: Uint8Array }[]): Promise<void> {
  for (const { path, bytes } of files) {
    await Deno.mkdir(dirname(`${root}/${path}`), { recursive: true });
    await Deno.writeFile(`${root}/${path}`, bytes);
  }
}

/** Labels and pixels of the images of a part, in an order that does not depend on that of the files. */
function contents({ images, labels, count }: Images): string[] {
  assert(images instanceof Uint8Array);
  const values = images.length / count;
  return Array.from({ length: count }, (_, i) => `${labels[i]}: ${images.slice(i * values, (i + 1) * values)}`).sort();
}

/** What is the same whatever the validation images are. */
function imagesOf(data: Dataset): string[][] {
  const { train, validation, test } = data;
  return [[...contents(train), ...contents(validation)].sort(), contents(test!)];
}

/** Prepares a set, without the network. */
async function load(
  set: SmallSet & Pick<PictureSetOptions, "pictures">,
  { folder, from, subset }: { folder: string; from?: string; subset?: boolean },
) {
  const source = sourceOf(set);
  const steps: string[] = [];
  const onProgress = (event: Progress) => event.kind === "step" && steps.push(event.text);
  await source.prepare(folder, { network: false, imageSize: 16, from, subset, onProgress });
  return { data: readDataset(source, { folder, imageSize: 16, seed: 1, parts: PARTS }), steps, source };
}

for (const { what, make } of SETS) {
  Deno.test(`${what}: from a folder that has its files, and from another edition of its archive`, async () => {
    const set = await make();
    await using published = await temporaryFolder();
    await writeFiles(published.path, set.archives);
    const { data: expected, steps } = await load(set, { folder: published.path });
    assertEquals([expected.origin, steps.some((step) => step.includes("published"))], [undefined, false]);
    const files = await filesOf(set);
    const editions = ["folder", "edition.zip", "edition.tar.gz"];
    // the last one's names are too long for a simple tar archive
    for (const edition of what === "Colorectal Histology" ? editions.slice(0, 2) : editions) {
      await using folder = await temporaryFolder();
      await using elsewhere = await temporaryFolder();
      const from = `${await Deno.realPath(elsewhere.path)}/${edition}`;
      if (edition === "folder") await writeAt(from, [...files, { path: "@eaDir/x.jpg", bytes: new Uint8Array(3) }]);
      else await Deno.writeFile(from, (edition.endsWith("zip") ? zip : tarGz)(files.toReversed()));
      const given = await load(set, { folder: folder.path, from });
      assertEquals([imagesOf(given.data), given.data.classes], [imagesOf(expected), expected.classes]);
      assertEquals(given.data.origin, from);
      assertNotEquals(given.data.digest, expected.digest);
      const said = `${set.facts.title} is read from ${from}, not from the published files: ${given.data.edition}`;
      assert(given.steps.includes(said));
      assertStringIncludes(given.data.edition!, "their bytes were not compared");
      assertEquals(given.source.notes!(folder.path), [said]);
      assertEquals(await given.source.check(folder.path), [{ path: from, kind: "whole" }]);
      const again = await load(set, { folder: folder.path }); // it is remembered
      assertEquals(again.data, given.data);
    }
  });
}

/** Pictures of a set in folders PART/CLASS, or CLASS where it has no parts. */
async function classFolders(
  { facts }: SmallSet,
  { folders, parts }: {
    folders: readonly string[];
    parts: Partial<Record<Part | "all", [folder: string, count: number]>>;
  },
): Promise<{ path: string; bytes: Uint8Array }[]> {
  const files = [];
  for (const [folder, count] of Object.values(parts)) {
    for (const [label, name] of folders.entries()) {
      for (let i = 0; i < count / facts.classes.length; i++) {
        const bytes = await picture(colourOf(label, i), { format: "png", width: 20, height: 16 });
        files.push({ path: [folder, name, `${folder}${i}.png`].filter((part) => part !== "").join("/"), bytes });
      }
    }
  }
  return files;
}

Deno.test("from folders of classes, called as in the published paths or as the classes", async () => {
  const [cifar, imagenette, beans] = [smallCifar(), await smallImagenette(), await smallBeans()];
  const colorectal = await smallColorectal();
  const twenty = { train: ["train", 20], test: ["test", 10] } as const;
  for (
    const { set, folders, parts } of [
      { set: cifar, folders: cifar.facts.classes, parts: twenty },
      { set: imagenette, folders: imagenette.facts.classes, parts: { train: ["Train", 30], test: ["val", 10] } },
      { set: imagenette, folders: imagenette.format.folders!, parts: { train: ["train", 30], test: ["test", 10] } },
      {
        set: beans,
        folders: ["Angular_Leaf_Spot", "Bean_Rust", "Healthy"],
        parts: { train: ["training", 12], validation: ["val", 6], test: ["testing", 3] },
      },
      { set: colorectal, folders: colorectal.facts.classes, parts: { all: ["", 80] } },
    ] as const
  ) {
    await using folder = await temporaryFolder();
    await using from = await temporaryFolder();
    const facts = set === cifar ? { ...set.facts, testImages: 10 } : set.facts;
    const small = { ...set, facts: { ...facts, split: facts.split && "image" as const } };
    await writeAt(from.path, await classFolders(set, { folders, parts: { ...parts } as never }));
    const { data } = await load(small, { folder: folder.path, from: from.path });
    const counts = PARTS.map((part) => data[part]!.count);
    assertEquals(counts.reduce((a, b) => a + b), Object.values(parts).reduce((sum, [, count]) => sum + count, 0));
    for (const part of PARTS) {
      const { images, labels, count } = data[part]!;
      assert(images instanceof Uint8Array);
      const values = images.length / count;
      labels.forEach((label, i) => assertEquals(Math.round((images[i * values] - 20) / 15), label));
    }
  }
});

Deno.test("CIFAR-10 from its edition for Python", async () => {
  const set = smallCifar();
  await using published = await temporaryFolder();
  await writeFiles(published.path, set.archives);
  const { data: expected } = await load(set, { folder: published.path });
  await using folder = await temporaryFolder();
  const from = `${folder.path}/cifar-10-python.tar.gz`;
  await Deno.writeFile(from, pickledCifar());
  const { data } = await load(set, { folder: `${folder.path}/set`, from });
  assertEquals(imagesOf(data), imagesOf(expected));
  for (const damage of ["labels", "data"]) {
    await Deno.writeFile(from, gzipSync(cut(gunzipSync(await Deno.readFile(from)), damage)));
    await assertRejects(() => load(set, { folder: `${folder.path}/set`, from }), UserError, "it is no pickled batch");
  }
});

/** A tar archive in which all keys of that name are called otherwise. */
function cut(bytes: Uint8Array, key: string): Uint8Array {
  const all = Buffer.from(bytes).toString("latin1");
  return Buffer.from(
    all.replaceAll(`U${String.fromCharCode(key.length)}${key}`, (text) => text.replace(key, "x".repeat(key.length))),
    "latin1",
  );
}

Deno.test("the published archive from elsewhere is the published one", async () => {
  const set = smallCifar();
  const [[name, bytes]] = Object.entries(set.archives);
  await using published = await temporaryFolder();
  await using folder = await temporaryFolder();
  await writeFiles(published.path, set.archives);
  const { data: expected } = await load(set, { folder: published.path });
  await Deno.writeFile(`${folder.path}/${name}`, bytes);
  const { data, steps } = await load(set, { folder: `${folder.path}/set`, from: `${folder.path}/${name}` });
  assertEquals(data, expected);
  assertEquals(steps.some((step) => step.includes("published")), false);
});

Deno.test("what was named and is not the same any more is not used", async () => {
  const set = await smallBeans();
  const files = await filesOf(set);
  for (const kind of ["folder", "archive"] as const) {
    await using folder = await temporaryFolder();
    await using elsewhere = await temporaryFolder();
    const from = `${await Deno.realPath(elsewhere.path)}/beans`;
    const write = (list: typeof files) => kind === "folder" ? writeAt(from, list) : Deno.writeFile(from, zip(list));
    await write(files);
    const { data, source } = await load(set, { folder: folder.path, from });
    const [{ path }] = files.filter((file) => file.path.endsWith(".jpg"));
    await write(files.map((file) => file.path === path ? { path, bytes: files[1].bytes.with(-1, 0) } : file));
    const [state] = await source.check(folder.path);
    assertEquals([state.path, state.kind], [from, "damaged"]);
    const use = () => load(set, { folder: folder.path });
    const changed = kind === "folder" ? "has other files now" : "is another file now";
    const error = await assertRejects(use, UserError, `${from} ${changed}: put it back, name another one with `);
    assertStringIncludes(error.message, "`deno task data --get beans --from PATH`");
    await write(files);
    assertEquals((await load(set, { folder: folder.path })).data.digest, data.digest);
    await Deno.remove(from, { recursive: true });
    await assertRejects(use, UserError, `${from} is gone: `);
  }
});

Deno.test("refused, and not remembered: what is not the whole set", async () => {
  const set = await smallBeans();
  const files = await filesOf(set);
  const isOf = (part: string) => ({ path }: { path: string }) => path.startsWith(part);
  const cases: { files: typeof files; message: string }[] = [
    {
      files: files.toSpliced(files.findIndex(isOf("train/healthy/")), 1),
      message: "is not the whole Beans: got 11 of 12 training images; with --subset it is used as a part of the set",
    },
    {
      files: files.filter((file) => !/healthy/i.test(file.path)),
      message: "is another task than Beans: expected images of 3 classes, got 2 (none of healthy)",
    },
    {
      files: files.map((file) => ({ ...file, path: file.path.replace(/^validation/, "test") })),
      message: "expected 6 validation images, got 0",
    },
    { files: [{ path: "notes.txt", bytes: new Uint8Array(1) }], message: "has no images of Beans: expected files as" },
    {
      files: [...files, { ...files.find(isOf("train/healthy/"))!, path: "train/healthy/more.jpg" }],
      message: "is not Beans: expected 12 training images, got 13",
    },
  ];
  for (const { files, message } of cases) {
    await using folder = await temporaryFolder();
    await using from = await temporaryFolder();
    await writeAt(from.path, files);
    await assertRejects(() => load(set, { folder: folder.path, from: from.path }), UserError, message);
    await assertRejects(() => load(set, { folder: folder.path }), UserError, "Beans is missing: run");
  }
  const colorectal = await smallColorectal();
  const unnamed = await classFolders(colorectal, { folders: colorectal.facts.classes, parts: { all: ["", 80] } });
  await using from = await temporaryFolder();
  await writeAt(from.path, unnamed);
  await using folder = await temporaryFolder();
  const bySlides = () => load(colorectal, { folder: folder.path, from: from.path });
  await assertRejects(bySlides, UserError, `${from.path} can't be split by groups, as Colorectal Histology is`);
  const none = `${folder.path}/none`;
  await assertRejects(() => load(set, { folder: folder.path, from: none }), UserError, `${none} is missing`);
});

Deno.test("some of a set's images: with consent, of all classes, and said", async () => {
  const set = await smallBeans();
  const files = await filesOf(set);
  const without = (pattern: RegExp) => files.filter(({ path }) => !pattern.test(path));
  const read = async (files: { path: string; bytes: Uint8Array }[]) => {
    await using folder = await temporaryFolder();
    await using from = await temporaryFolder();
    await writeAt(from.path, files);
    const options = { folder: folder.path, from: await Deno.realPath(from.path), subset: true };
    const { data, steps, source } = await load(set, options);
    const { data: again } = await load(set, { folder: folder.path }); // it is remembered
    assertEquals(again, data);
    const { counts } = source.open(folder.path, { imageSize: 16 });
    assertEquals(PARTS.map((part) => data[part]!.count), PARTS.map((part) => counts[part]));
    assert(steps.some((step) => step.endsWith(`not from the published files: ${data.edition}`)));
    return { edition: data.edition, counts, digest: data.digest };
  };
  const fewer = await read(without(/train\/bean_rust\/train\.[12]|validation\/healthy\/validation\.0/));
  assertEquals(fewer.counts, { train: 10, validation: 5, test: 3 });
  assertEquals(fewer.edition, "10 of 12 training images; 5 of 6 validation images");
  const whole = await read(files);
  assertEquals(whole.counts, { train: 12, validation: 6, test: 3 });
  assertStringIncludes(whole.edition!, "numbers, kinds and sizes of the images are as published");
  assertNotEquals(fewer.digest, whole.digest);
  for (
    const { lost, message } of [
      { lost: /healthy/i, message: "is another task than Beans: expected images of 3 classes, got 2" },
      { lost: /^validation/, message: "is not Beans: expected 6 validation images, got 0" },
      { lost: /test\/Healthy/, message: "expected images of 3 classes among the test images, got 2 (none of healthy)" },
    ]
  ) await assertRejects(() => read(without(lost)), UserError, message);

  const colorectal = await smallColorectal(); // no official parts: it is split by slides
  const tiles = (await filesOf(colorectal)).filter(({ path }) => !path.includes("CRC-Prim-HE-05"));
  await using folder = await temporaryFolder();
  await using from = await temporaryFolder();
  await writeAt(from.path, tiles);
  const { data } = await load(colorectal, { folder: folder.path, from: from.path, subset: true });
  assertEquals(data.edition, "64 of 80 images");
  assertEquals(PARTS.reduce((sum, part) => sum + data[part]!.count, 0), 64);
});

Deno.test("other kinds and sizes of files than the published ones are said", async () => {
  const cifar = smallCifar();
  const facts = { ...cifar.facts, testImages: 10 };
  const pictures = { kind: "raw pixels", size: "32 × 32 pixels" };
  await using folder = await temporaryFolder();
  await using from = await temporaryFolder();
  const parts = { train: ["train", 20], test: ["test", 10] } as never;
  await writeAt(from.path, await classFolders(cifar, { folders: facts.classes, parts }));
  const { data } = await load({ ...cifar, facts, pictures }, { folder: folder.path, from: from.path });
  assertEquals(data.edition, "PNG, published as raw pixels; 20 × 16 pixels, published with 32 × 32 pixels");
});

Deno.test("Tiny ImageNet with its validation images in folders of classes", async () => {
  const set = await smallTinyImagenet();
  await using published = await temporaryFolder();
  await writeFiles(published.path, set.archives);
  const { data: expected } = await load(set, { folder: published.path });
  const ids = ["n02", "n01", "n03"];
  const sorted = (await filesOf(set)).filter(({ path }) => !/val_annotations|words|tiny\/test/.test(path)).map((
    file,
  ) => ({
    ...file,
    path: file.path.replace(/val\/images\/val_(\d)/, (_, image) => `val/${ids[image % 3]}/images/val_${image}`),
  }));
  await using folder = await temporaryFolder();
  await using from = await temporaryFolder();
  await writeAt(from.path, sorted);
  const { data } = await load(set, { folder: folder.path, from: from.path });
  assertEquals(imagesOf(data), imagesOf(expected));
  assertEquals(data.classes, ids); // without words.txt
  await writeAt(from.path, [{ path: "tiny/wnids.txt", bytes: new TextEncoder().encode("n02\nn01\n") }]);
  const fewer = () => load(set, { folder: folder.path, from: from.path });
  await assertRejects(fewer, UserError, "is of an unknown class: expected one of wnids.txt, got n03");
});

Deno.test("another edition in the place of the published archive is neither called damaged nor replaced", async () => {
  const set = smallCifar();
  const [[name, bytes]] = Object.entries(set.archives);
  await using server = serveFiles(set.archives, [{ kind: "good" }]);
  for (
    const { what, found, kind } of [
      { what: "packed otherwise", found: gzipSync(gunzipSync(bytes), { level: 1 }), kind: "other" },
      { what: "with more files", found: tarGz([...await filesOf(set), { path: "new.txt" }]), kind: "other" },
      { what: "cut off", found: bytes.slice(0, -9), kind: "damaged" },
      {
        what: "with wrong bytes",
        found: bytes.map((byte, i) => i > 99 && i < 140 ? byte ^ 0x55 : byte),
        kind: "damaged",
      },
      { what: "with more behind it", found: joined([bytes, bytes.slice(0, 50)]), kind: "damaged" },
      { what: "empty", found: new Uint8Array(), kind: "damaged" },
      { what: "a web page", found: new TextEncoder().encode("<html>"), kind: "damaged" },
    ] as const
  ) {
    await using folder = await temporaryFolder();
    const path = `${folder.path}/${name}`;
    await Deno.writeFile(path, found);
    const source = sourceOf(set, { urls: [server.url] });
    assertEquals((await source.check(folder.path)).map((state) => state.kind), [kind], what);
    const steps: string[] = [];
    const onProgress = (event: Progress) => event.kind === "step" && steps.push(event.text);
    const prepare = () => source.prepare(folder.path, { network: true, onProgress });
    if (kind === "other") {
      const way = `use it with \`deno task data --get cifar-10 --from ${path}\``;
      await assertRejects(prepare, UserError, `${path} is a good file, but not the published one: ${way}`);
      assertEquals(await Deno.readFile(path), Uint8Array.from(found));
      const { data } = await load(set, { folder: folder.path, from: path });
      assertEquals(data.origin, await Deno.realPath(path));
    } else {
      await prepare();
      assertEquals(steps[0], `${path} is damaged: it is fetched anew`);
      assertEquals(await Deno.readFile(path), bytes);
    }
  }
});
