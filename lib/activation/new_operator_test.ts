/**
 * Adds an operator as a reader of the library would, by one row in operators.ts of a copy, and finds it parsed, printed,
 * differentiated, drawn, found by a search, trained and exported.
 */
import { assert, assertStringIncludes } from "@std/assert";
import { cacheFolder, PROJECT_FOLDER } from "../project.ts";

const ROW = `
  {
    name: "hard_sigmoid",
    formula: "u / 6 + 1 / 2, within 0 and 1",
    composition: ([u]) => apply("min", apply("max", add(div(u, 6), 0.5), 0), 1),
    latex: "h\\\\left(#1\\\\right)",
    range: [0, 1],
    code: 19,
  },
`;

const TABLE = "const rows: readonly Row[] = [\n";

async function copy(from: string, to: string): Promise<void> {
  await Deno.mkdir(to);
  for await (const { name, isDirectory } of Deno.readDir(from)) {
    if (isDirectory) await copy(`${from}/${name}`, `${to}/${name}`);
    else await Deno.copyFile(`${from}/${name}`, `${to}/${name}`);
  }
}

Deno.test("an operator is one row", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await copy(`${PROJECT_FOLDER}lib`, `${folder}/lib`);
    for (const name of ["deno.json", "deno.lock", "package.json"]) {
      await Deno.copyFile(`${PROJECT_FOLDER}${name}`, `${folder}/${name}`);
    }
    await Deno.symlink(`${PROJECT_FOLDER}node_modules`, `${folder}/node_modules`);
    const table = `${folder}/lib/activation/operators.ts`;
    const text = await Deno.readTextFile(table);
    assertStringIncludes(text, TABLE);
    await Deno.writeTextFile(table, text.replace(TABLE, TABLE + ROW.slice(1)));
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--quiet", "--check", "-P=bench", "lib/activation/testdata/new_operator.ts"],
      cwd: folder,
      env: { NO_COLOR: "1", AFOS_CACHE: cacheFolder() },
    }).output();
    const said = new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
    assert(code === 0, said);
    assertStringIncludes(said, "usable everywhere");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
