import { assertEquals, assertRejects } from "@std/assert";
import { UserError } from "../user_error.ts";
import { runNotebooks } from "./run_notebooks.ts";

async function withFolder(files: Record<string, string>, use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    for (const [name, source] of Object.entries(files)) {
      const cell = { cell_type: "code", id: "only", metadata: {}, execution_count: null, outputs: [], source };
      const notebook = { cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 5 };
      await Deno.writeTextFile(`${folder}/${name}`, JSON.stringify(notebook));
    }
    await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("Notebooks run in the order of their names, and one that fails does not stop the next", async () => {
  await withFolder({ "02_b.ipynb": "2", "01_a.ipynb": "throw new Error('boom')", "README.md": "" }, async (folder) => {
    const lines: string[] = [];
    const outcomes = await runNotebooks({ folder, log: (line) => lines.push(line) });
    assertEquals([...outcomes].map(([name, { kind }]) => [name, kind]), [["01_a", "failed"], ["02_b", "passed"]]);
    assertEquals(lines.filter((line) => line.includes("cell 1 of 1") || line.includes("passed")).length, 4);
    const [[name, { kind }]] = await runNotebooks({ folder, only: ["02_b.ipynb"] });
    assertEquals([name, kind], ["02_b", "passed"]);
  });
});

Deno.test("A missing notebook is refused with the names there are, an empty folder with what is expected", async () => {
  await withFolder({ "01_a.ipynb": "1" }, async (folder) => {
    await assertRejects(() => runNotebooks({ folder, only: ["2"] }), UserError, "expected one of 01_a");
    await assertRejects(() => runNotebooks({ folder: `${folder}/none` }), UserError, "*.ipynb");
  });
  await withFolder({}, async (folder) => {
    await assertRejects(() => runNotebooks({ folder }), UserError, "*.ipynb");
  });
});
