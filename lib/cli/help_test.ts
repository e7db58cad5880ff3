import { assertEquals, assertStringIncludes } from "@std/assert";
import stringWidth from "string-width";
import { onTerminal } from "./testdata/terminal.ts";

const TASKS = ["search", "evaluate", "reproduce", "study", "friedman", "describe", "export", "data", "setup"] as const;

for (const columns of [60, 120]) {
  Deno.test({
    name: `help fits a terminal of ${columns} columns`,
    ignore: Deno.build.os !== "linux", // elsewhere `script` has other flags
    async fn() {
      for (const task of TASKS) {
        const command = [Deno.execPath(), "task", "--quiet", task, "--help"];
        const { code, output } = await onTerminal(command, { columns });
        assertEquals(code, 0, output);
        const lines = output.replaceAll("\r", "").split("\n");
        assertEquals(lines.filter((line) => stringWidth(line) > columns), [], task);
        for (const part of [`deno task ${task}`, "Flags:", "--help, -h"]) assertStringIncludes(output, part);
      }
    },
  });
}

Deno.test("the help of a search has a table of the presets", async () => {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["task", "--quiet", "search", "--help"],
    env: { NO_COLOR: "1" },
  }).output();
  const text = new TextDecoder().decode(stdout);
  // AFOS trains for 15 epochs (arXiv 2409.04915)
  for (const row of [/^preset +quick +paper +afos$/m, /^epochs +\d+ +15 +15$/m]) {
    assertEquals(row.test(text), true, text);
  }
});
