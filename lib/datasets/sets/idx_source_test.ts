import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { gzipSync } from "node:zlib";
import { UserError } from "../../user_error.ts";
import type { Progress } from "../dataset.ts";
import { readDataset } from "../load.ts";
import { serveFiles } from "../testdata/file_server.ts";
import {
  CONTENTS,
  hash,
  idxBytes,
  imageFile,
  labelFile,
  PUBLISHED,
  smallSource,
  temporaryFolder,
  writeFiles,
} from "../testdata/idx_files.ts";

const NAMES = Object.keys(CONTENTS);
const LIMITS = { retryDelay: 1, retries: 0, connectTimeout: 2_000 };
const kinds = async (source: ReturnType<typeof smallSource>, folder: string, deep = false) =>
  (await source.check(folder, { deep })).map(({ kind }) => kind);

/** The files of the data set, and what else is there. */
async function assertWhole(folder: string, extra: readonly string[] = []): Promise<void> {
  for (const name of NAMES) assertEquals(await Deno.readFile(`${folder}/${name}`), CONTENTS[name]);
  const names = [...Deno.readDirSync(folder)].map(({ name }) => name);
  assertEquals(names.sort(), [...NAMES, ...extra, "lock", "verified.json"].sort());
}

Deno.test("files that are there are used, without a lock or a request", async () => {
  await using folder = await temporaryFolder();
  await writeFiles(folder.path, CONTENTS);
  const source = smallSource({ urls: ["http://127.0.0.1:1/"] });
  await source.prepare(folder.path, { network: true });
  assertEquals([...Deno.readDirSync(folder.path)].map(({ name }) => name).includes("lock"), false);
});

Deno.test("gzipped files in the folder are unpacked, also without the network, and kept", async () => {
  await using folder = await temporaryFolder();
  await writeFiles(folder.path, PUBLISHED);
  await smallSource().prepare(folder.path, { network: false });
  await assertWhole(folder.path, Object.keys(PUBLISHED));
});

Deno.test("gzipped files are found where they lie, before they are unpacked", async () => {
  await using folder = await temporaryFolder();
  await using debian = await temporaryFolder();
  const { "train-images.gz": images, "train-labels.gz": _, ...others } = PUBLISHED;
  await writeFiles(folder.path, { "train-images.gz": images });
  await writeFiles(debian.path, { ...others, "train-labels.gz": gzipSync(CONTENTS["train-labels"], { level: 1 }) });
  const source = smallSource({ debian: { package: "none", folder: debian.path } });
  assertEquals(await kinds(source, folder.path), ["whole", "whole", "whole", "whole"]);
  assertEquals((await source.check(folder.path))[0].path, `${folder.path}/train-images.gz`);
  await writeFiles(folder.path, { "train-images.gz": gzipSync(images) });
  assertEquals(await kinds(source, folder.path), ["missing", "whole", "whole", "whole"]);
});

Deno.test("files that the user has elsewhere are taken, gzipped or not, where they are the published ones", async () => {
  await using folder = await temporaryFolder();
  await using from = await temporaryFolder();
  const { "test-labels": _, ...some } = CONTENTS;
  await writeFiles(from.path, some);
  const prepare = () => smallSource().prepare(folder.path, { network: false, from: from.path });
  await assertRejects(prepare, UserError, `${from.path} has no test-labels or test-labels.gz`);
  await writeFiles(from.path, { "test-labels.gz": PUBLISHED["test-labels.gz"] });
  for (const path of [`${from.path}/test-labels.gz`, `${from.path}/none`]) {
    const refused = () => smallSource().prepare(folder.path, { network: false, from: path });
    await assertRejects(refused, UserError, `${path} is no folder: expected one with the four files of`);
  }
  await prepare();
  await assertWhole(folder.path);
  await using other = await temporaryFolder();
  await writeFiles(from.path, { "train-labels": labelFile(300).fill(0, 20) });
  const refused = () => smallSource().prepare(other.path, { network: false, from: from.path });
  await assertRejects(refused, UserError, `${from.path}/train-labels is not the published file: expected SHA-256`);
});

Deno.test("files of the installed Debian package are unpacked, compressed in whatever way", async () => {
  await using folder = await temporaryFolder();
  await using debian = await temporaryFolder();
  const recompressed = NAMES.map((name) => [`${name}.gz`, new Uint8Array(gzipSync(CONTENTS[name], { level: 1 }))]);
  await writeFiles(debian.path, Object.fromEntries(recompressed));
  const source = smallSource({ debian: { package: "none", folder: debian.path } });
  await source.prepare(`${folder.path}/new/small`, { network: false });
  await assertWhole(`${folder.path}/new/small`);
});

Deno.test("files are downloaded, from the mirror where the first server lacks one", async () => {
  await using folder = await temporaryFolder();
  const { "test-labels.gz": _, ...some } = PUBLISHED;
  await using first = serveFiles(some, [{ kind: "good" }]);
  await using mirror = serveFiles(PUBLISHED, [{ kind: "good" }]);
  const progress: Progress[] = [];
  const source = smallSource({ urls: [first.url, mirror.url], limits: LIMITS });
  await source.prepare(folder.path, { network: true, onProgress: (event) => progress.push(event) });
  await assertWhole(folder.path);
  assertEquals(mirror.requests, ["test-labels.gz"]);
  const size = PUBLISHED["train-images.gz"].length;
  assertEquals(progress[0], { kind: "step", text: "downloading train-images.gz" });
  assertEquals(
    progress.find((event) => event.kind === "download" && event.bytes === size),
    { kind: "download", file: "train-images.gz", bytes: size, of: size },
  );
});

Deno.test("of several that prepare at once, one downloads", async () => {
  await using folder = await temporaryFolder();
  await using server = serveFiles(PUBLISHED, [{ kind: "good" }]);
  const source = smallSource({ urls: [server.url], limits: LIMITS });
  await Promise.all([1, 2, 3].map(() => source.prepare(folder.path, { network: true })));
  assertEquals(server.requests, NAMES.map((name) => `${name}.gz`));
  await assertWhole(folder.path);
});

/** Damages to a file in the folder. */
const DAMAGES: readonly { what: string; damage: (path: string) => Promise<void> }[] = [
  { what: "cut off", damage: (path) => Deno.truncate(path, 100) },
  { what: "empty", damage: (path) => Deno.truncate(path, 0) },
  { what: "another byte", damage: (path) => Deno.writeFile(path, imageFile(300).fill(9, 50, 51)) },
  { what: "gone", damage: (path) => Deno.remove(path) },
];

for (const { what, damage } of DAMAGES) {
  Deno.test(`a damaged file is found and fetched anew: ${what}`, async () => {
    await using folder = await temporaryFolder();
    await using server = serveFiles(PUBLISHED, [{ kind: "good" }]);
    await writeFiles(folder.path, CONTENTS);
    const source = smallSource({ urls: [server.url], limits: LIMITS });
    assertEquals(await kinds(source, folder.path), ["whole", "whole", "whole", "whole"]);
    await new Promise((resolve) => setTimeout(resolve, 5)); // another modification time
    await damage(`${folder.path}/train-images`);
    const kind = what === "gone" ? "missing" : "damaged";
    assertEquals(await kinds(source, folder.path), [kind, "whole", "whole", "whole"]);
    const steps: string[] = [];
    const onProgress = (event: Progress) => event.kind === "step" && steps.push(event.text);
    await source.prepare(folder.path, { network: true, onProgress });
    assertEquals(server.requests, ["train-images.gz"]);
    assertEquals(steps.filter((text) => text.includes("is damaged")).length, what === "gone" ? 0 : 1);
    await assertWhole(folder.path);
  });
}

Deno.test("a change that keeps size and time is found", async () => {
  await using folder = await temporaryFolder();
  await writeFiles(folder.path, CONTENTS);
  const source = smallSource();
  await source.check(folder.path);
  const path = `${folder.path}/test-labels`;
  const { atime, mtime } = await Deno.stat(path);
  await Deno.writeFile(path, labelFile(60).fill(0, 20));
  await Deno.utime(path, atime!, mtime!);
  assertEquals(await kinds(source, folder.path), ["whole", "whole", "whole", "damaged"]);
  assertEquals(await kinds(source, folder.path, true), ["whole", "whole", "whole", "damaged"]);
});

Deno.test("a damaged list of verified files is made anew", async () => {
  await using folder = await temporaryFolder();
  await writeFiles(folder.path, CONTENTS);
  for (const text of ["", "{", "null", '{"train-images": 3}', '{"train-images": null}']) {
    await Deno.writeTextFile(`${folder.path}/verified.json`, text);
    assertEquals(await kinds(smallSource(), folder.path), ["whole", "whole", "whole", "whole"]);
    assertEquals(Object.keys(JSON.parse(await Deno.readTextFile(`${folder.path}/verified.json`))), NAMES);
  }
});

const [LABELS, ARCHIVE] = [CONTENTS["test-labels"], "test-labels.gz"];

/** Archives that are refused, and what the error says. */
const ARCHIVES: readonly { what: string; bytes: Uint8Array; message: string }[] = [
  { what: "not gzip", bytes: LABELS, message: "it can't be unpacked" },
  { what: "truncated", bytes: PUBLISHED[ARCHIVE].slice(0, -12), message: "it can't be unpacked" },
  { what: "of fewer bytes", bytes: gzipSync(LABELS.slice(1)), message: "expected 68 bytes when unpacked, got 67" },
  {
    what: "of far more bytes",
    bytes: gzipSync(new Uint8Array(5e6)),
    message: "expected 68 bytes when unpacked, got more",
  },
  {
    what: "of other bytes",
    bytes: gzipSync(LABELS.slice().reverse()),
    message: `when unpacked, got ${hash(LABELS.slice().reverse())}`,
  },
];

for (const { what, bytes, message } of ARCHIVES) {
  Deno.test(`refused, with nothing left behind: an archive ${what}`, async () => {
    await using folder = await temporaryFolder();
    const { "test-labels": _, ...others } = CONTENTS;
    await writeFiles(folder.path, { ...others, [ARCHIVE]: bytes });
    const prepare = () => smallSource().prepare(folder.path, { network: false });
    await assertRejects(prepare, UserError, `${folder.path}/${ARCHIVE} is damaged`);
    await assertRejects(prepare, UserError, message);
    const names = [...Deno.readDirSync(folder.path)].map(({ name }) => name);
    assertEquals(names.sort(), [...Object.keys(others), ARCHIVE, "lock", "verified.json"].sort());
    await using server = serveFiles(PUBLISHED, [{ kind: "good" }]);
    await smallSource({ urls: [server.url], limits: LIMITS }).prepare(folder.path, { network: true });
    await assertWhole(folder.path);
  });
}

Deno.test("a set that can't be had: the error says what was tried and what to do", async () => {
  await using folder = await temporaryFolder();
  await using server = serveFiles({}, [{ kind: "good" }]);
  const source = smallSource({ urls: [server.url], limits: LIMITS });
  const offline = await assertRejects(() => source.prepare(folder.path, { network: false }), UserError);
  assertEquals(offline.message, "Small is missing: run `deno task data --get small`");
  assertEquals(server.requests, []);
  const online = () => source.prepare(folder.path, { network: true });
  await assertRejects(online, UserError, `${server.url}train-images.gz answered with status 404 (not found)`);
  await assertRejects(online, UserError, `put ${NAMES.join(", ")} into ${folder.path}`);
});

Deno.test("a folder that can't be made is named", async () => {
  await using folder = await temporaryFolder();
  await Deno.writeTextFile(`${folder.path}/file`, "");
  const run = () => smallSource().prepare(`${folder.path}/file/small`, { network: false });
  await assertRejects(run, UserError, `Cannot write to ${folder.path}/file/small`);
});

/** Files with the right checksum whose contents do not fit together. */
const MISFITS: readonly { name: string; bytes: Uint8Array; message: string }[] = [
  { name: "train-labels", bytes: labelFile(299), message: "expected 300 labels, got 299" },
  { name: "train-images", bytes: imageFile(301), message: "expected 301 labels, got 300" },
  {
    name: "train-labels",
    bytes: idxBytes(0x801, { sizes: [300], data: Array(300).fill(3) }),
    message: "expected 0 to 2, got 3 for image 0",
  },
  {
    name: "train-images",
    bytes: idxBytes(0x803, { sizes: [300, 2, 8], data: Array(4800).fill(0) }),
    message: "expected 4 × 4, got 2 × 8",
  },
];

for (const { name, bytes, message } of MISFITS) {
  Deno.test(`refused: ${name} with ${message}`, async () => {
    await using folder = await temporaryFolder();
    const contents = { ...CONTENTS, [name]: bytes };
    await writeFiles(folder.path, contents);
    assertThrows(() => readDataset(smallSource({}, contents), { seed: 1, folder: folder.path }), UserError, message);
  });
}
