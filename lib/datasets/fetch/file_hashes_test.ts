import { assert, assertEquals, assertRejects } from "@std/assert";
import { hash, temporaryFolder } from "../testdata/idx_files.ts";
import { FileHashes, listDigest } from "./file_hashes.ts";

const text = (value: string) => new TextEncoder().encode(value);

/** A folder with a file, and how often its bytes were read. */
async function counted(folder: string, contents = "contents") {
  const path = `${folder}/file`;
  await Deno.writeTextFile(path, contents);
  let reads = 0;
  const of = async (hashes: FileHashes, options: { deep?: boolean } = {}) => {
    const sha256 = await hashes.of(path, {
      name: "file",
      info: await Deno.stat(path),
      hash: async (path) => {
        reads++;
        return hash(await Deno.readFile(path));
      },
      ...options,
    });
    const count = reads;
    reads = 0;
    return [sha256, count];
  };
  return { path, of };
}

/** Makes what is remembered look as if the files had been read so many seconds later. */
async function readLater(folder: string, seconds: number): Promise<void> {
  const record = JSON.parse(await Deno.readTextFile(`${folder}/verified.json`));
  for (const stamp of Object.values(record) as { read: number }[]) stamp.read += 1000 * seconds;
  await Deno.writeTextFile(`${folder}/verified.json`, JSON.stringify(record));
}

Deno.test("a file is read once, and not again by the next process, unless that is asked for", async () => {
  await using folder = await temporaryFolder();
  const { of } = await counted(folder.path);
  const first = new FileHashes(folder.path);
  const expected = hash(text("contents"));
  assertEquals(await of(first), [expected, 1]);
  first.save();
  await readLater(folder.path, 10);
  const second = new FileHashes(folder.path);
  assertEquals(await of(second), [expected, 0]);
  assertEquals(await of(second, { deep: true }), [expected, 1]);
});

Deno.test("what was read within a second of a change is not believed: two changes may look the same", async () => {
  await using folder = await temporaryFolder();
  const { of } = await counted(folder.path);
  const hashes = new FileHashes(folder.path);
  await of(hashes);
  hashes.save();
  assertEquals((await of(new FileHashes(folder.path)))[1], 1);
});

/** Changes of a file after which its time is set back to what it was. */
const CHANGES: Readonly<Record<string, (path: string) => Promise<void>>> = {
  "another size": (path) => Deno.writeTextFile(path, "more contents"),
  "other bytes of the same size": (path) => Deno.writeTextFile(path, "CONTENTS"),
  "another file in its place": async (path) => {
    await Deno.writeTextFile(`${path}.new`, "CONTENTS");
    await Deno.rename(`${path}.new`, path);
  },
};

for (const [what, change] of Object.entries(CHANGES)) {
  Deno.test(`a file that was touched is read again though its time is set back: ${what}`, async () => {
    await using folder = await temporaryFolder();
    const { path, of } = await counted(folder.path);
    const hashes = new FileHashes(folder.path);
    await of(hashes);
    hashes.save();
    await readLater(folder.path, 10);
    const { mtime, ctime } = await Deno.stat(path);
    // The time of the last change is told in seconds: wait for the next one.
    while ((await Deno.stat(path)).ctime?.getTime() === ctime?.getTime()) {
      await change(path);
      await Deno.utime(path, mtime!, mtime!);
      await new Promise((done) => setTimeout(done, 50));
    }
    assertEquals(await of(new FileHashes(folder.path)), [hash(await Deno.readFile(path)), 1]);
  });
}

for (const record of ["", "null", "[1]", '{"file": 3}', '{"file": {}}', '{"file": {"sha256": "0"}}']) {
  Deno.test(`a damaged record is no record: ${record || "an empty file"}`, async () => {
    await using folder = await temporaryFolder();
    const { of } = await counted(folder.path);
    await Deno.writeTextFile(`${folder.path}/verified.json`, record);
    assertEquals(await of(new FileHashes(folder.path)), [hash(text("contents")), 1]);
  });
}

Deno.test("names that are gone are forgotten; nothing is written where nothing is new", async () => {
  await using folder = await temporaryFolder();
  const { path } = await counted(folder.path);
  const record = `${folder.path}/verified.json`;
  const hashes = new FileHashes(folder.path);
  for (const name of ["a", "b"]) await hashes.of(path, { name, info: await Deno.stat(path) });
  hashes.save();
  assertEquals(Object.keys(JSON.parse(await Deno.readTextFile(record))), ["a", "b"]);
  const next = new FileHashes(folder.path);
  await Deno.remove(record);
  next.save();
  next.save(["a", "b", "c"]);
  await assertRejects(() => Deno.stat(record), Deno.errors.NotFound);
  next.save(["b"]);
  assertEquals(Object.keys(JSON.parse(await Deno.readTextFile(record))), ["b"]);
  assertEquals([...Deno.readDirSync(folder.path)].map(({ name }) => name).sort(), ["file", "verified.json"]);
});

Deno.test("a folder that cannot be written to is no error", async () => {
  const hashes = new FileHashes("/no/such/folder");
  const info = await Deno.stat(import.meta.filename!);
  assertEquals((await hashes.of(import.meta.filename!, { name: "test", info })).length, 64);
  hashes.save();
});

Deno.test("the digest of a list is what sha256sum and a second sha256sum print", async () => {
  await using folder = await temporaryFolder();
  for (const name of ["a", "b c"]) await Deno.writeTextFile(`${folder.path}/${name}`, name);
  const { stdout } = await new Deno.Command("sh", {
    args: ["-c", 'cd "$1" && sha256sum a "b c" | sha256sum', "sh", folder.path],
  }).output();
  const files = ["a", "b c"].map((name) => ({ name, sha256: hash(text(name)) }));
  assertEquals(listDigest(files), new TextDecoder().decode(stdout).slice(0, 64));
  assert(listDigest(files) !== listDigest(files.toReversed()));
});
