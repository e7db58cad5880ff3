import { assert, assertEquals, assertRejects } from "@std/assert";
import { cp } from "node:fs/promises";
import { cacheFolder } from "../project.ts";
import { UserError } from "../user_error.ts";
import { prepareJupyter } from "./environment.ts";

Deno.test("A damaged environment is built anew, an intact one is left alone", async () => {
  await prepareJupyter();
  const folder = await Deno.makeTempDir();
  const lines: string[] = [];
  const log = (line: string) => lines.push(line);
  try {
    await cp(`${cacheFolder()}/jupyter`, folder, { recursive: true, verbatimSymlinks: true });
    const { env, python } = await prepareJupyter({ folder, log });
    assertEquals(lines, []);
    const kernel = JSON.parse(await Deno.readTextFile(`${env.JUPYTER_PATH}/kernels/deno/kernel.json`));
    assertEquals(kernel.argv[0], Deno.execPath());

    const [version] = [...Deno.readDirSync(`${folder}/venv/lib`)];
    const damaged = `${folder}/venv/lib/${version.name}/site-packages/nbformat`;
    await Deno.remove(damaged, { recursive: true });
    assertEquals((await prepareJupyter({ folder, log })).python, python);
    assertEquals(lines.length, 2);
    assert((await Deno.stat(damaged)).isDirectory);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("Without Python or a folder to write to, the error says what to do", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await assertRejects(
      () => prepareJupyter({ folder, python: "no-such-python" }),
      UserError,
      "apt-get install python3-venv",
    );
    await Deno.writeTextFile(`${folder}/file`, "");
    await assertRejects(() => prepareJupyter({ folder: `${folder}/file/jupyter` }), UserError, "expected to write to");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
