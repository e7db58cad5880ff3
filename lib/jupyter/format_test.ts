import { assertEquals } from "@std/assert";
import { PROJECT_FOLDER } from "../project.ts";

interface Cell {
  readonly cell_type: "code" | "markdown";
  readonly source: readonly string[];
}

/** A cell's text as `deno fmt` would have it. */
async function formatted({ cell_type, source }: Cell): Promise<string> {
  const extension = cell_type === "code" ? "ts" : "md";
  const child = new Deno.Command(Deno.execPath(), {
    args: ["fmt", "--quiet", "--line-width", "120", "--ext", extension, "-"],
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(source.join("")));
  await writer.close();
  return new TextDecoder().decode((await child.output()).stdout).trimEnd();
}

// `deno fmt --check` of Deno 2.9.6 calls every notebook unformatted that it has not formatted itself before
for (const { name } of Deno.readDirSync(`${PROJECT_FOLDER}notebooks`)) {
  if (!name.endsWith(".ipynb")) continue;
  Deno.test(`the cells of ${name} are formatted`, async () => {
    const { cells } = JSON.parse(await Deno.readTextFile(`${PROJECT_FOLDER}notebooks/${name}`));
    for (const cell of cells as readonly Cell[]) assertEquals(await formatted(cell), cell.source.join(""));
  });
}
