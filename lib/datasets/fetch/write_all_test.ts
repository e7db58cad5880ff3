import { assertEquals, assertThrows } from "@std/assert";
import { temporaryFolder } from "../testdata/idx_files.ts";
import { StorageError, writeAll } from "./write_all.ts";

const BYTES = Uint8Array.from({ length: 100_000 }, (_, i) => i);

Deno.test("all bytes are written, one piece behind the other", async () => {
  await using folder = await temporaryFolder();
  const path = `${folder.path}/file`;
  using file = await Deno.open(path, { write: true, create: true });
  writeAll(BYTES, { path, file });
  writeAll(BYTES.subarray(0, 5), { path, file });
  assertEquals(await Deno.readFile(path), Uint8Array.from([...BYTES, ...BYTES.subarray(0, 5)]));
});

Deno.test("what the operating system refuses names the file and the way out", async () => {
  await using folder = await temporaryFolder();
  const path = `${folder.path}/file`;
  await Deno.writeFile(path, BYTES);
  using file = await Deno.open(path); // can't be written to; a full disk is refused in the same way
  const error = assertThrows(
    () => writeAll(BYTES, { path, file }),
    StorageError,
    `Cannot write ${path} (Bad file descriptor`,
  );
  assertEquals(error.message.endsWith("free some space, or name another folder with AFOS_CACHE"), true);
});
