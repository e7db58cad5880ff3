import { assertEquals, assertRejects } from "@std/assert";
import { UserError } from "../user_error.ts";
import { outputFile } from "./output_file.ts";

async function withFolder(action: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "afos-output-" });
  try {
    await action(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const names = (folder: string) => [...Deno.readDirSync(folder)].map(({ name }) => name).sort();

Deno.test("a file that can be written: its folder is made, itself not yet", () =>
  withFolder(async (folder) => {
    const path = `${folder}/results/2024/scores.csv`;
    assertEquals(await outputFile(path), path);
    assertEquals(names(`${folder}/results/2024`), []);
  }));

Deno.test("an existing file keeps what it holds, also through a link", () =>
  withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/old.csv`, "precious");
    await Deno.symlink(`${folder}/old.csv`, `${folder}/link.csv`);
    for (const name of ["old.csv", "link.csv"]) await outputFile(`${folder}/${name}`);
    assertEquals(await Deno.readTextFile(`${folder}/old.csv`), "precious");
    assertEquals(names(folder), ["link.csv", "old.csv"]);
  }));

Deno.test("what cannot be written is refused before anything is done", () =>
  withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/file`, "");
    await Deno.mkdir(`${folder}/folder`);
    for (const path of [`${folder}/folder`, `${folder}/file/below`, `${folder}/${"x".repeat(300)}`]) {
      await assertRejects(() => outputFile(path), UserError, `Cannot write ${path}: `);
    }
    assertEquals(names(folder), ["file", "folder"]);
  }));
