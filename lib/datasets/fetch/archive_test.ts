import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { gzipSync } from "node:zlib";
import { UserError } from "../../user_error.ts";
import { readArchive, type ReadArchiveOptions } from "./archive.ts";
import { type Entry, tar, tarGz, zip } from "../testdata/archives.ts";
import { temporaryFolder } from "../testdata/idx_files.ts";

const text = (value: string) => new TextEncoder().encode(value);
const FORMATS = { "archive.zip": zip, "archive.tar.gz": tarGz };

/** Writes an archive and reads it: paths with contents. */
async function read(name: string, bytes: Uint8Array, options: Partial<ReadArchiveOptions> = {}) {
  await using folder = await temporaryFolder();
  await Deno.writeFile(`${folder.path}/${name}`, bytes);
  const found: [string, string][] = [];
  try {
    for await (const file of readArchive(`${folder.path}/${name}`, { wanted: () => true, ...options })) {
      found.push([file.path, new TextDecoder().decode(file.bytes)]);
    }
  } catch (error) {
    if (error instanceof UserError) assertStringIncludes(error.message, `${folder.path}/${name}`);
    throw error;
  }
  return found;
}

for (const [name, make] of Object.entries(FORMATS)) {
  Deno.test(`${name}: the wanted files come in their order`, async () => {
    const entries: Entry[] = [
      { path: "a/", kind: "folder" },
      { path: "a/two.txt", bytes: text("two") },
      { path: "a/empty", bytes: text("") },
      { path: "b/one.txt", bytes: text("one".repeat(50_000)) },
      { path: "ähnlich.txt", bytes: text("three") },
    ];
    const expected = [["a/two.txt", "two"], ["a/empty", ""], ["b/one.txt", "one".repeat(50_000)], [
      "ähnlich.txt",
      "three",
    ]];
    assertEquals(await read(name, make(entries)), expected as [string, string][]);
    assertEquals(await read(name, make(entries), { wanted: (path) => path.endsWith("two.txt") }), [[
      "a/two.txt",
      "two",
    ]]);
  });

  for (
    const path of ["../evil", "a/../../evil", "/etc/passwd", "C:/evil", "a\\..\\evil", ".."]
  ) {
    Deno.test(`${name}: refused, a path that leaves the folder: ${path}`, async () => {
      const bytes = make([{ path: "good", bytes: text("good") }, { path, bytes: text("evil") }]);
      await assertRejects(() => read(name, bytes), UserError, "leaves the folder");
      await assertRejects(() => read(name, bytes, { wanted: () => false }), UserError, "leaves the folder");
    });
  }

  for (const kind of ["link", "hard link", "device"] as const) {
    Deno.test(`${name}: refused, a ${kind}`, async () => {
      const entry = { path: "a/it", bytes: name.endsWith("zip") ? text("/etc/passwd") : text(""), kind };
      const message = kind === "device" ? '"a/it" is neither a file nor a folder' : '"a/it" is a link';
      await assertRejects(() => read(name, make([entry])), UserError, message);
    });
  }

  Deno.test(`${name}: refused, the same path twice`, async () => {
    const entry = { path: "a", bytes: text("a") };
    await assertRejects(() => read(name, make([entry, entry])), UserError, '"a" is there twice');
  });

  Deno.test(`${name}: refused, absurd sizes`, async () => {
    const zeros = (path: string) => ({ path, bytes: new Uint8Array(90e6) });
    const bomb = make([zeros("one"), zeros("two")]); // it has 180 kB
    await assertRejects(
      () => read(name, bomb, { wanted: () => false }),
      UserError,
      '"two" makes it unpack to more than',
    );
    const small = make([{ path: "a", bytes: new Uint8Array(1_000) }, { path: "b" }]);
    const limited = (limits: ReadArchiveOptions["limits"]) => () => read(name, small, { limits });
    await assertRejects(limited({ file: 999 }), UserError, '"a" unpacks to 1000 bytes: expected at most 999');
    await assertRejects(limited({ total: 999 }), UserError, "unpack to more than 999 bytes");
    await assertRejects(limited({ entries: 1 }), UserError, '"b" is one file more than 1');
    assertEquals((await read(name, small, { limits: { file: 1_000, total: 1_000, entries: 2 } })).length, 2);
  });

  Deno.test(`${name}: refused, cut off anywhere`, async () => {
    const noise = Uint8Array.from({ length: 20_000 }, (_, i) => (i * i * 7919) >> 5);
    const bytes = make([{ path: "a", bytes: noise }, { path: "b", bytes: noise.toReversed() }]);
    for (const share of [0.1, 0.5, 0.9, 0.999]) {
      await assertRejects(() => read(name, bytes.slice(0, bytes.length * share)), UserError, "is damaged");
    }
  });

  Deno.test(`${name}: refused, other bytes in the middle`, async () => {
    const noise = Uint8Array.from({ length: 20_000 }, (_, i) => (i * i * 7919) >> 5);
    const bytes = make([{ path: "a", bytes: noise }]);
    const half = bytes.length >> 1;
    for (let i = half; i < half + 50; i++) bytes[i] ^= 0x55;
    await assertRejects(() => read(name, bytes), UserError, "is damaged");
  });
}

Deno.test("archive.zip: more than 65,535 files, as Tiny ImageNet has", async () => {
  const bytes = zip(Array.from({ length: 70_000 }, (_, i) => ({ path: `${i}` })));
  assertEquals(await read("archive.zip", bytes, { wanted: (path) => path === "69999" }), [["69999", ""]]);
});

/** Damages that only one of the formats can have. */
const DAMAGES: readonly { what: string; name: string; bytes: Uint8Array; message: string }[] = [
  {
    what: "an empty file",
    name: "x.zip",
    bytes: text(""),
    message: "wrong magic number: expected a zip (50 4b) or gzip file (1f 8b), got 00 00 00 00",
  },
  { what: "a web page", name: "x.zip", bytes: text("<html>"), message: "got 3c 68 74 6d" },
  {
    what: "a tar archive that is not gzipped",
    name: "x.tgz",
    bytes: tar([{ path: "a" }]),
    message: "wrong magic number",
  },
  {
    what: "a gzip file of something else",
    name: "x.tgz",
    bytes: gzipSync(text("no archive".repeat(99))),
    message: "it is no whole tar archive",
  },
  {
    what: "a gzip file in a gzip file",
    name: "x.tgz",
    bytes: gzipSync(tarGz([{ path: "a" }])),
    message: "it holds another compressed file",
  },
  {
    what: "a tar archive with half a file",
    name: "x.tgz",
    bytes: gzipSync(tar([{ path: "a", bytes: new Uint8Array(5_000) }]).slice(0, 2_000)),
    message: "it is no whole tar archive",
  },
  {
    what: "a zip archive with another size than it says",
    name: "x.zip",
    bytes: zip([{ path: "a", bytes: text("some text"), says: 4 }]),
    message: '"a" can\'t be unpacked',
  },
  {
    what: "a zip archive with another checksum than it says",
    name: "x.zip",
    bytes: zip([{ path: "a", bytes: text("some text"), checksum: 1 }]),
    message: '"a" has another checksum',
  },
];

for (const { what, name, bytes, message } of DAMAGES) {
  Deno.test(`refused: ${what}`, async () => {
    await assertRejects(() => read(name, bytes), UserError, message);
  });
}

Deno.test("refused: an archive that is not there", async () => {
  const run = async () => {
    for await (const _ of readArchive("/no/such/archive.zip", { wanted: () => true }));
  };
  await assertRejects(run, UserError, "/no/such/archive.zip is missing");
});
