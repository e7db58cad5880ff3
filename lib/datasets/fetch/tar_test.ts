import { assertEquals } from "@std/assert";
import { temporaryFolder } from "../testdata/idx_files.ts";
import { readArchive } from "./archive.ts";

/** Names of more than 100 and of more than 255 bytes, each format's way of writing which is another; and an umlaut. */
const NAMES = ["a/b.txt", `${"folder/".repeat(20)}b.txt`, `${"d".repeat(120)}/${"e".repeat(180)}`, "größe.txt"];

const MAKE = `
import io, sys, tarfile
path, form, *names = sys.argv[1:]
with tarfile.open(path, "w:gz", format=getattr(tarfile, form)) as archive:
    for name in names:
        info = tarfile.TarInfo(name)
        info.size = len(name.encode())
        archive.addfile(info, io.BytesIO(name.encode()))
`;

for (const format of ["USTAR_FORMAT", "GNU_FORMAT", "PAX_FORMAT"]) {
  Deno.test(`an archive of Python's tarfile is read, with its long names: ${format}`, async () => {
    await using folder = await temporaryFolder();
    const path = `${folder.path}/archive.tar.gz`;
    const names = format === "USTAR_FORMAT" ? NAMES.filter((name) => name.length < 200) : NAMES;
    const { success, stderr } = await new Deno.Command("python3", { args: ["-c", MAKE, path, format, ...names] })
      .output();
    assertEquals(success, true, new TextDecoder().decode(stderr));
    const found = await Array.fromAsync(readArchive(path, { wanted: () => true }), ({ path, bytes }) => [
      path,
      new TextDecoder().decode(bytes),
    ]);
    assertEquals(found, names.map((name) => [name, name]));
  });
}

Deno.test("names that begin with ./ are those without it, as tar -C FOLDER . writes them", async () => {
  await using folder = await temporaryFolder();
  await Deno.mkdir(`${folder.path}/set/class`, { recursive: true });
  await Deno.writeTextFile(`${folder.path}/set/class/1.txt`, "one");
  const path = `${folder.path}/archive.tgz`;
  const args = ["-czf", path, "-C", `${folder.path}/set`, "."];
  assertEquals((await new Deno.Command("tar", { args }).output()).success, true);
  const found = await Array.fromAsync(readArchive(path, { wanted: () => true }), ({ path }) => path);
  assertEquals(found, ["class/1.txt"]);
});
