import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { hash, temporaryFolder } from "../testdata/idx_files.ts";
import { checkFiles, type SourceFile, statFile } from "./source_files.ts";

const published = (name: string, contents: string): SourceFile => {
  const bytes = new TextEncoder().encode(contents);
  return { name, bytes: bytes.length, sha256: hash(bytes) };
};

Deno.test("each file is whole, missing or damaged, in the order of the list", async () => {
  await using folder = await temporaryFolder();
  const names = ["whole", "missing", "other bytes", "another size", "a folder"];
  const files = names.map((name) => published(name, "contents"));
  const on = { whole: "contents", "other bytes": "CONTENTS", "another size": "content" };
  for (const [name, contents] of Object.entries(on)) await Deno.writeTextFile(`${folder.path}/${name}`, contents);
  await Deno.mkdir(`${folder.path}/a folder`);
  assertEquals(await checkFiles(folder.path, { files }), [
    { path: `${folder.path}/whole`, kind: "whole" },
    { path: `${folder.path}/missing`, kind: "missing" },
    { path: `${folder.path}/other bytes`, kind: "damaged" },
    { path: `${folder.path}/another size`, kind: "damaged" },
    { path: `${folder.path}/a folder`, kind: "missing" },
  ]);
});

Deno.test("a file that is not the published one may be good all the same; one that is, is not asked about", async () => {
  await using folder = await temporaryFolder();
  const asked: string[] = [];
  const isGood = (path: string) => {
    asked.push(path.slice(folder.path.length + 1));
    return Promise.resolve(path.endsWith("edition"));
  };
  for (const [name, contents] of [["whole", "contents"], ["edition", "contents 2"], ["broken", "con"]]) {
    await Deno.writeTextFile(`${folder.path}/${name}`, contents);
  }
  const files = ["whole", "edition", "broken", "missing"].map((name) => published(name, "contents"));
  const states = await checkFiles(folder.path, { files, isGood });
  assertEquals(states.map(({ kind }) => kind), ["whole", "other", "damaged", "missing"]);
  assertEquals(asked, ["edition", "broken"]);
});

Deno.test("a check that is stopped throws the reason", async () => {
  await using folder = await temporaryFolder();
  await Deno.writeTextFile(`${folder.path}/file`, "contents");
  const signal = AbortSignal.abort(new Error("enough"));
  await assertRejects(
    () => checkFiles(folder.path, { files: [published("file", "contents")], signal }),
    Error,
    "enough",
  );
});

Deno.test("a file that is there, none, and one that cannot be looked at", async () => {
  await using folder = await temporaryFolder();
  await Deno.writeTextFile(`${folder.path}/file`, "contents");
  assertEquals(statFile(`${folder.path}/file`)?.size, 8);
  for (const path of ["none", "none/none", "file/below", "."]) {
    assertEquals(statFile(`${folder.path}/${path}`), undefined);
  }
  assertThrows(() => statFile(`${folder.path}/${"x".repeat(300)}`), Error);
});
