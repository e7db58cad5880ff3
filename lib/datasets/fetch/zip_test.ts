import { assertEquals, assertRejects } from "@std/assert";
import { UserError } from "../../user_error.ts";
import { temporaryFolder } from "../testdata/idx_files.ts";
import { readArchive } from "./archive.ts";

/** Writes to a stream that cannot be sought, so that sizes stand behind the files, where `streamed`. */
const MAKE = `
import sys, zipfile
path, method, streamed = sys.argv[1:]
class Stream:
    def __init__(self, file): self.file = file
    def write(self, data): return self.file.write(data)
    def flush(self): self.file.flush()
with open(path, "wb") as file:
    with zipfile.ZipFile(Stream(file) if streamed == "streamed" else file, "w", getattr(zipfile, method)) as archive:
        archive.writestr("a/", "")
        archive.writestr("a/empty", "")
        archive.writestr("a/größe.txt", "one" * 1000)
        archive.writestr("b.txt", bytes(range(256)))
        archive.comment = b"a comment with PK\\x05\\x06 in it"
`;

async function python(...args: string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command("python3", { args: ["-c", ...args] }).output();
  assertEquals(success, true, new TextDecoder().decode(stderr));
}

for (const method of ["ZIP_STORED", "ZIP_DEFLATED"]) {
  for (const how of ["seekable", "streamed"]) {
    Deno.test(`an archive of Python's zipfile is read: ${method}, ${how}`, async () => {
      await using folder = await temporaryFolder();
      const path = `${folder.path}/archive.zip`;
      await python(MAKE, path, method, how);
      const found = await Array.fromAsync(readArchive(path, { wanted: () => true }));
      assertEquals(found.map(({ path, bytes }) => [path, bytes.length]), [
        ["a/empty", 0],
        ["a/größe.txt", 3000],
        ["b.txt", 256],
      ]);
      assertEquals([...found[2].bytes], Array.from({ length: 256 }, (_, i) => i));
      assertEquals(new TextDecoder().decode(found[1].bytes), "one".repeat(1000));
    });
  }
}

Deno.test("files packed in another way than zip's usual one are refused by name", async () => {
  await using folder = await temporaryFolder();
  const path = `${folder.path}/archive.zip`;
  await python(MAKE, path, "ZIP_BZIP2", "seekable");
  const read = () => Array.fromAsync(readArchive(path, { wanted: (name) => name === "b.txt" }));
  await assertRejects(read, UserError, `${path} is damaged: "b.txt" is encrypted, or packed in an unknown way`);
  assertEquals((await Array.fromAsync(readArchive(path, { wanted: () => false }))).length, 0);
});
