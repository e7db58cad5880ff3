/**
 * What the doors export has docstrings. `deno doc --lint` also asks for every type that a type mentions to be exported
 * by the same door; rooms export theirs once, so that is not held here.
 *
 * @module
 */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { fileURLToPath } from "node:url";

const lib = fileURLToPath(new URL(".", import.meta.url));

/** Where a docstring is missing in files of the folder, by `deno doc --lint`. */
async function undocumented(files: readonly string[], { folder = lib } = {}): Promise<string[]> {
  const { stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["doc", "--lint", ...files],
    env: { NO_COLOR: "1" },
  }).output();
  const text = new TextDecoder().decode(stderr);
  assertStringIncludes(text, "documentation lint error"); // of the kind above: so it has run
  return [...text.matchAll(/error\[missing-jsdoc\][^\n]*\n\s*--> (\S+)/g)].map(([, place]) => place)
    .filter((place) => place.startsWith(folder));
}

Deno.test("everything that a door exports is documented", async () => {
  const rooms = [...Deno.readDirSync(lib)].filter(({ name, isDirectory }) =>
    isDirectory && !/^(bench|cli|std)$/.test(name)
  );
  const doors = rooms.map(({ name }) => `${lib}${name}/mod.ts`);
  assertEquals(await undocumented([`${lib}mod.ts`, `${lib}random.ts`, `${lib}schema.ts`, ...doors]), []);
});

Deno.test("a missing docstring is found", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/bare.ts`, "export function bare(): void {}\n");
    assertEquals((await undocumented([`${folder}/bare.ts`], { folder })).length, 1);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
