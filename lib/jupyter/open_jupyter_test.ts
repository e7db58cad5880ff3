import { assert, assertEquals } from "@std/assert";
import { openJupyter } from "./open_jupyter.ts";

/** A program in Python's place that writes down how it was called, and ends with code 3. */
const RECORDER =
  '#!/bin/sh\nfor word in "$@"; do echo "$word"; done > "$RECORD"\necho "$JUPYTER_PATH" >> "$RECORD"\nexit 3\n';

Deno.test({
  name: "Jupyter is called with the folder, the kernel and the environment; its exit code comes back",
  ignore: Deno.build.os === "windows",
  async fn() {
    const folder = await Deno.makeTempDir();
    try {
      const python = `${folder}/python`;
      await Deno.writeTextFile(python, RECORDER, { mode: 0o755 });
      const jupyter = { python, env: { JUPYTER_PATH: "/kernels", RECORD: `${folder}/record` } };
      const called = async (options: { browser?: boolean; port?: number }) => {
        assertEquals(await openJupyter({ folder: "/notebooks", jupyter, ...options }), 3);
        return (await Deno.readTextFile(`${folder}/record`)).trim().split("\n");
      };
      const usual = await called({});
      assertEquals([...usual.slice(0, 3), usual.at(-1)], [
        "-m",
        "notebook",
        "--ServerApp.root_dir=/notebooks",
        "/kernels",
      ]);
      assert(!usual.includes("--no-browser"));
      const quiet = await called({ browser: false, port: 9999 });
      assertEquals(quiet.slice(-3, -1), ["--no-browser", "--port=9999"]);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});
