import { assert, assertEquals, assertRejects } from "@std/assert";
import { gzipSync } from "node:zlib";
import { UserError } from "../../user_error.ts";
import { hash, temporaryFolder } from "../testdata/idx_files.ts";
import { gunzip, holds, unpackGzip } from "./gunzip.ts";
import type { SourceFile } from "./source_files.ts";

const CONTENTS = Uint8Array.from({ length: 300_000 }, (_, i) => (i * i * 7919) >> 7);
const FILE: SourceFile = { name: "images", bytes: CONTENTS.length, sha256: hash(CONTENTS) };
const PACKED = new Uint8Array(gzipSync(CONTENTS));

const cut = (share: number) => PACKED.slice(0, share * PACKED.length);
const flipped = PACKED.with(PACKED.length >> 1, PACKED[PACKED.length >> 1] ^ 0x55);
const wrongSum = PACKED.with(PACKED.length - 8, PACKED[PACKED.length - 8] ^ 1);

/** What is in the archive, what is said of it, and what the file is expected to be. */
const DAMAGED: readonly { what: string; archive: Uint8Array; file?: SourceFile; message: string }[] = [
  { what: "half of it", archive: cut(0.5), message: "it can't be unpacked" },
  { what: "other bytes in the middle", archive: flipped, message: "damaged" },
  { what: "another checksum at the end", archive: wrongSum, message: "it can't be unpacked" },
  { what: "nothing", archive: new Uint8Array(), message: "damaged" },
  { what: "no gzip file", archive: CONTENTS, message: "it can't be unpacked" },
  {
    what: "a byte too few",
    archive: new Uint8Array(gzipSync(CONTENTS.slice(1))),
    message: "expected 300000 bytes when unpacked, got 299999",
  },
  {
    what: "a byte too many",
    archive: new Uint8Array(gzipSync(new Uint8Array([7, ...CONTENTS]))),
    message: "expected 300000 bytes when unpacked, got more",
  },
  {
    what: "as many other bytes",
    archive: new Uint8Array(gzipSync(CONTENTS.toReversed())),
    message: `expected SHA-256 ${FILE.sha256} when unpacked, got ${hash(CONTENTS.toReversed())}`,
  },
];

const names = (folder: string) => [...Deno.readDirSync(folder)].map(({ name }) => name).sort();

Deno.test("a whole archive is unpacked under the file's name, over what was there, and nothing else is left", async () => {
  await using folder = await temporaryFolder();
  const archive = `${folder.path}/archive.gz`;
  await Deno.writeFile(archive, PACKED);
  await Deno.writeTextFile(`${folder.path}/images`, "old");
  assert(await holds(archive, { file: FILE }));
  await gunzip(archive, { file: FILE, folder: folder.path });
  assertEquals(names(folder.path), ["archive.gz", "images"]);
  assert((await Deno.readFile(`${folder.path}/images`)).every((byte, i) => byte === CONTENTS[i]));
});

for (const { what, archive: bytes, message } of DAMAGED) {
  Deno.test(`refused: ${what}; what was there stays`, async () => {
    await using folder = await temporaryFolder();
    const archive = `${folder.path}/archive.gz`;
    await Deno.writeFile(archive, bytes);
    await Deno.writeTextFile(`${folder.path}/images`, "old");
    const error = await assertRejects(() => gunzip(archive, { file: FILE, folder: folder.path }), UserError, message);
    assert(error.message.startsWith(`${archive} is damaged: `));
    assertEquals(names(folder.path), ["archive.gz", "images"]);
    assertEquals(await Deno.readTextFile(`${folder.path}/images`), "old");
    assertEquals(await holds(archive, { file: FILE }), false);
  });
}

Deno.test("an archive of far more than the file is read no further than the piece in which that is seen", async () => {
  await using folder = await temporaryFolder();
  const archive = `${folder.path}/bomb.gz`;
  const bomb = 'head -c 150000000 /dev/zero | gzip -1 > "$1"'; // 650 kB, read in pieces of 64 kB
  assert((await new Deno.Command("sh", { args: ["-c", bomb, "sh", archive] }).output()).success);
  let bytes = 0;
  for await (const piece of unpackGzip(archive, { limit: 1000 })) bytes += piece.length;
  assert(bytes > 1000 && bytes < 75e6, `${bytes}`); // gzip makes at most 1 of 1032
});

Deno.test("it stops where it is told to, and the partial file is gone", async () => {
  await using folder = await temporaryFolder();
  const archive = `${folder.path}/archive.gz`;
  await Deno.writeFile(archive, PACKED);
  const signal = AbortSignal.abort(new Error("enough"));
  await assertRejects(() => gunzip(archive, { file: FILE, folder: folder.path, signal }), Error, "enough");
  await assertRejects(() => holds(archive, { file: FILE, signal }), Error, "enough");
  assertEquals(names(folder.path), ["archive.gz"]);
});
