import { assertEquals, assertRejects } from "@std/assert";
import { UserError } from "../../user_error.ts";
import { fetchFiles, type Way } from "./fetch_files.ts";
import type { SourceFile } from "./source_files.ts";
import { hash, temporaryFolder } from "../testdata/idx_files.ts";
import { StorageError } from "./write_all.ts";

const BYTES = new TextEncoder().encode("contents");
const FILES: readonly SourceFile[] = [{ name: "file", bytes: BYTES.length, sha256: hash(BYTES) }];
const good: Way<SourceFile> = {
  network: true,
  fetch: ({ folder }) => Deno.writeFile(`${folder}/file`, BYTES),
};
const failing = (error: Error): Way<SourceFile> => ({ network: true, fetch: () => Promise.reject(error) });

/** What the first way throws, and what comes of it, though the second way has the file. */
const WAYS: readonly { what: string; error: Error; thrown: boolean }[] = [
  { what: "a user's error: the next way is tried", error: new UserError("no such host"), thrown: false },
  { what: "a full disk: no other way helps", error: new StorageError("Cannot write file (no space)"), thrown: true },
  { what: "a bug", error: new TypeError("x is no function"), thrown: true },
];

for (const { what, error, thrown } of WAYS) {
  Deno.test(`fetching files: ${what}`, async () => {
    await using folder = await temporaryFolder();
    const facts = { name: "set", title: "Set" };
    const fetch = () => fetchFiles(folder.path, { facts, files: FILES, ways: [failing(error), good], network: true });
    if (thrown) assertEquals(await assertRejects(fetch), error);
    else await fetch();
    const names = [...Deno.readDirSync(folder.path)].map(({ name }) => name).sort();
    assertEquals(names, thrown ? ["lock"] : ["file", "lock", "verified.json"]);
  });
}
