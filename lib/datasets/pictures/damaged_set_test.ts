import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { UserError } from "../../user_error.ts";
import type { Progress } from "../dataset.ts";
import { readDataset } from "../load.ts";
import { type Entry, tarGz, zip } from "../testdata/archives.ts";
import { temporaryFolder, writeFiles } from "../testdata/idx_files.ts";
import { picture } from "../testdata/pictures.ts";
import { smallBeans, smallCifar, type SmallSet, smallTinyImagenet, sourceOf } from "../testdata/small_sets.ts";

const text = (value: string) => new TextEncoder().encode(value);
const names = (folder: string) =>
  [...Deno.readDirSync(folder)].map(({ name }) => name).filter((name) => !/^(lock|verified\.json)$/.test(name)).sort();

/** A set of one archive with other entries than it should have. */
async function damaged(make: () => SmallSet | Promise<SmallSet>, archive: Uint8Array): Promise<SmallSet> {
  const set = await make();
  return { ...set, archives: { [Object.keys(set.archives)[0]]: archive } };
}

const cifar = (...entries: Entry[]) => () =>
  damaged(smallCifar, tarGz(entries.map((entry) => ({ ...entry, path: `cifar-10-batches-bin/${entry.path}` }))));
const records = (...labels: number[]) => Uint8Array.from(labels.flatMap((label) => [label, ...Array(3072).fill(7)]));

/** Sets whose checksums are right but whose contents are not, and what is said; `ARCHIVE` stands for the archive's path. */
const DAMAGES: readonly { what: string; make: () => Promise<SmallSet>; messages: string[] }[] = [
  {
    what: "CIFAR: a truncated batch",
    make: cifar({ path: "data_batch_1.bin", bytes: records(1, 2).slice(0, -1) }),
    messages: ["ARCHIVE/cifar-10-batches-bin/data_batch_1.bin is damaged", "got a file of 6145 bytes"],
  },
  {
    what: "CIFAR: an empty batch",
    make: cifar({ path: "data_batch_1.bin" }),
    messages: ["expected records of 3073 bytes, got a file of 0 bytes"],
  },
  {
    what: "CIFAR: a label out of range",
    make: cifar({ path: "test_batch.bin", bytes: records(9, 10) }),
    messages: ["test_batch.bin has a label out of range: expected 0 to 9, got 10 for image 1"],
  },
  {
    what: "CIFAR: a batch is missing",
    make: cifar({ path: "data_batch_1.bin", bytes: records(1, 2) }, {
      path: "test_batch.bin",
      bytes: records(1, 2, 3, 4),
    }),
    messages: ["is not the whole CIFAR-10: expected 20 training images, got 2"],
  },
  {
    what: "a link",
    make: cifar({ path: "data_batch_1.bin", kind: "link" }),
    messages: ["ARCHIVE is not to be trusted", "is a link"],
  },
  {
    what: "a path that leaves the folder",
    make: cifar({ path: "../../data_batch_1.bin", bytes: records(1) }),
    messages: ["ARCHIVE is not to be trusted", "leaves the folder"],
  },
  {
    what: "Tiny ImageNet: an image without an annotation",
    make: () => smallTinyImagenet({ "tiny/val/val_annotations.txt": "val_0.JPEG\tn01\t0\t0\t1\t1\n" }),
    messages: ["tiny/val/images/val_1.JPEG has no line in val_annotations.txt"],
  },
  {
    what: "Tiny ImageNet: an annotation of an unknown class",
    make: () => smallTinyImagenet({ "tiny/val/val_annotations.txt": "val_0.JPEG\tn77\t0\t0\t1\t1\n" }),
    messages: ["val_0.JPEG is of an unknown class: expected one of wnids.txt, got n77"],
  },
  {
    what: "Tiny ImageNet: more classes than there are",
    make: () => smallTinyImagenet({ "tiny/wnids.txt": "n00\nn02\nn01\nn03\n" }),
    messages: ["has a label out of range: expected 0 to 2, got 3"],
  },
  {
    what: "Tiny ImageNet: no list of classes",
    make: () => damaged(smallTinyImagenet, zip([{ path: "tiny/words.txt", bytes: text("n01\tfish\n") }])),
    messages: ["wnids.txt is missing"],
  },
  {
    what: "Beans: an unknown class",
    make: async () => damaged(smallBeans, zip([{ path: "train/coffee/1.jpg", bytes: await picture([1, 2, 3]) }])),
    messages: ["train/coffee/1.jpg is of an unknown class", "got coffee"],
  },
];

for (const { what, make, messages } of DAMAGES) {
  Deno.test(`refused, with nothing left behind: ${what}`, async () => {
    await using folder = await temporaryFolder();
    const set = await make();
    await writeFiles(folder.path, set.archives);
    const archive = `${folder.path}/${Object.keys(set.archives)[0]}`;
    const prepare = () => sourceOf(set).prepare(folder.path, { network: false, imageSize: 32 });
    for (const message of messages) {
      await assertRejects(prepare, UserError, message.replace("ARCHIVE", archive));
    }
    assertEquals(names(folder.path), Object.keys(set.archives).sort());
  });
}

Deno.test("refused, with nothing left behind: an archive that unpacks to more than its limit", async () => {
  await using folder = await temporaryFolder();
  const set = smallCifar();
  await writeFiles(folder.path, set.archives);
  const source = sourceOf(set, { unpackLimits: { total: 30_000 } });
  const prepare = () => source.prepare(folder.path, { network: false, imageSize: 32 });
  await assertRejects(prepare, UserError, "makes it unpack to more than 30000 bytes");
  assertEquals(names(folder.path), Object.keys(set.archives));
});

/** A set of many pictures of which some are bad. */
async function withBad(bad: number, { of }: { of: number }): Promise<SmallSet> {
  const good = await picture([20, 10, 100], { width: 4, height: 4 });
  const entries = Array.from({ length: of }, (_, i) => ({
    path: `train/healthy/${i}.jpg`,
    bytes: i % 7 === 3 && i < 7 * bad ? good.slice(0, 200) : good,
  }));
  const { facts, ...set } = await damaged(smallBeans, zip(entries));
  return { ...set, facts: { ...facts, trainImages: of, validationImages: undefined, testImages: 0 } };
}

for (const { bad, of } of [{ bad: 1, of: 10 }, { bad: 2, of: 200 }]) {
  Deno.test(`${bad} of ${of} pictures bad: left out, counted, reported`, async () => {
    await using folder = await temporaryFolder();
    const set = await withBad(bad, { of });
    await writeFiles(folder.path, set.archives);
    const steps: string[] = [];
    const onProgress = (event: Progress) => event.kind === "step" && steps.push(event.text);
    const source = sourceOf(set);
    await source.prepare(folder.path, { network: false, imageSize: 4, onProgress });
    const { skipped, train, validation } = readDataset(source, { folder: folder.path, imageSize: 4, seed: 1 });
    assertEquals([skipped.length, train.count + validation.count], [bad, of - bad]);
    assertStringIncludes(skipped[0], `${folder.path}/train.zip/train/healthy/3.jpg can't be decoded`);
    assertEquals(steps.filter((text) => text.startsWith("left out: ")).length, bad);
  });
}

Deno.test("more than 1 % of the pictures bad: refused, naming the first", async () => {
  await using folder = await temporaryFolder();
  const set = await withBad(3, { of: 200 });
  await writeFiles(folder.path, set.archives);
  const prepare = () => sourceOf(set).prepare(folder.path, { network: false, imageSize: 4 });
  await assertRejects(prepare, UserError, "expected at most 1 % of bad images, got 3 of 200");
  await assertRejects(prepare, UserError, "train/healthy/3.jpg can't be decoded");
  assertEquals(names(folder.path), ["train.zip"]);
});

Deno.test("a damaged file of decoded images is made anew, also after a kill", async () => {
  await using folder = await temporaryFolder();
  const set = smallCifar();
  await writeFiles(folder.path, set.archives);
  const source = sourceOf(set);
  const load = async () => {
    await source.prepare(folder.path, { network: false, imageSize: 32 });
    return readDataset(source, { folder: folder.path, seed: 1 });
  };
  const expected = await load();
  const path = `${folder.path}/${names(folder.path).find((name) => name.endsWith(".images"))}`;
  const bytes = await Deno.readFile(path);
  for (
    const damage of [
      bytes.slice(0, -1),
      bytes.slice(1),
      new Uint8Array(),
      bytes.map((b, i) => i === bytes.length - 9 ? b ^ 9 : b),
      bytes.map((b, i) => i === bytes.length - 200 ? b ^ 1 : b), // in the index
    ]
  ) {
    await Deno.writeFile(path, damage);
    assertEquals(await load(), expected);
  }
  await Deno.rename(path, `${path}.partial`); // as a killed process leaves it
  assertEquals(await load(), expected);
  assertEquals(names(folder.path).filter((name) => name.endsWith(".partial")), []);
});

Deno.test("damaged pixels of decoded images are found when all bytes are checked", async () => {
  await using folder = await temporaryFolder();
  const set = smallCifar();
  await writeFiles(folder.path, set.archives);
  const source = sourceOf(set);
  await source.prepare(folder.path, { network: false, imageSize: 32 });
  const path = `${folder.path}/${names(folder.path).find((name) => name.endsWith(".images"))}`;
  const archive = { path: `${folder.path}/cifar.tar.gz`, kind: "whole" as const };
  const check = () => source.check(folder.path, { deep: true });
  assertEquals(await check(), [archive, { path, kind: "whole", decoded: true }]);
  const bytes = await Deno.readFile(path);
  bytes[5_000] ^= 1;
  await Deno.writeFile(path, bytes);
  assertEquals(await check(), [archive, { path, kind: "damaged", decoded: true }]);
  await Deno.writeFile(path, bytes.slice(0, 100));
  assertEquals(await check(), [archive, { path, kind: "damaged", decoded: true }]);
  assertEquals(await source.check(folder.path), [archive]);
});

Deno.test("of several processes that prepare at once, one decodes", async () => {
  await using folder = await temporaryFolder();
  const set = await smallBeans();
  await writeFiles(folder.path, set.archives);
  const steps: string[] = [];
  const onProgress = (event: Progress) => event.kind === "step" && steps.push(event.text);
  const options = { network: false, imageSize: 8, onProgress };
  await Promise.all([1, 2, 3].map(() => sourceOf(set).prepare(folder.path, options)));
  assertEquals(steps.filter((text) => text.startsWith("decoding")).length, 1);
});
