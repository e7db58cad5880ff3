import { assert, assertEquals } from "@std/assert";
import { PROJECT_FOLDER } from "../project.ts";

/** Scores whose tables are wider than 70 columns. */
const CSV = "case,relu,gelu,swish\n" + Array.from({ length: 12 }, (_, i) => `case ${i},0.5,0.6,0.${70 + i}\n`).join("");

/** What a command prints on a pseudo-terminal of this width. */
async function onTerminal(columns: number, csv: string): Promise<string> {
  const command = `stty cols ${columns}; deno task --quiet friedman --csv ${csv}`;
  const { stdout } = await new Deno.Command("script", {
    args: ["--quiet", "--return", "--command", command, "/dev/null"],
    cwd: PROJECT_FOLDER,
    env: { PATH: `${Deno.execPath().replace(/\/[^/]*$/, "")}:${Deno.env.get("PATH")}` },
  }).output();
  return new TextDecoder().decode(stdout).replaceAll("\r\n", "\n");
}

const hasScript = await new Deno.Command("script", { args: ["--version"] }).output().then(({ success }) => success)
  .catch(() => false);

Deno.test({
  name: "tables fit the terminal",
  ignore: !hasScript || Deno.build.os !== "linux",
  async fn() {
    const csv = await Deno.makeTempFile({ suffix: ".csv" });
    try {
      await Deno.writeTextFile(csv, CSV);
      const text = await onTerminal(70, csv);
      assert(text.startsWith("Mean ranks"), text);
      assertEquals(text.split("\n").filter((line) => [...line].length > 70), []);
    } finally {
      await Deno.remove(csv);
    }
  },
});
