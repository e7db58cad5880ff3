import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { UserError } from "../user_error.ts";
import { makeScratchFolder } from "./scratch_folder.ts";

/** Calls it with variables of the environment that are put back afterwards. */
function withEnv<T>(env: Readonly<Record<string, string>>, body: () => T): T {
  const before = Object.keys(env).map((name) => [name, Deno.env.get(name)] as const);
  try {
    for (const [name, value] of Object.entries(env)) Deno.env.set(name, value);
    return body();
  } finally {
    for (const [name, value] of before) value === undefined ? Deno.env.delete(name) : Deno.env.set(name, value);
  }
}

Deno.test("scratch folders lie in the cache, and what a killed process left there goes", async () => {
  const cache = await Deno.makeTempDir({ suffix: ", with a comma" });
  try {
    for (const name of ["graph-old", "graph-new", "dataset"]) await Deno.mkdir(`${cache}/${name}`);
    await Deno.writeTextFile(`${cache}/graph-old/saved_model.pb`, "");
    const hourAgo = new Date(Date.now() - 3_600_000);
    for (const name of ["graph-old", "dataset"]) await Deno.utime(`${cache}/${name}`, hourAgo, hourAgo);
    const folder = withEnv({ AFOS_CACHE: cache }, makeScratchFolder);
    assert(folder.startsWith(`${cache}/graph-`), folder);
    await Deno.remove(folder);
    assertEquals([...Deno.readDirSync(cache)].map(({ name }) => name).sort(), ["dataset", "graph-new"]);
  } finally {
    await Deno.remove(cache, { recursive: true });
  }
});

Deno.test("where the cache cannot be written to, they lie among temporary files, or else that is said", async () => {
  const [folder, file] = [await Deno.makeTempDir(), await Deno.makeTempFile()];
  try {
    const env = { AFOS_CACHE: `${file}/cache` };
    assert(withEnv({ ...env, TMPDIR: folder }, makeScratchFolder).startsWith(`${folder}/afos-graph-`));
    const error = assertThrows(() => withEnv({ ...env, TMPDIR: file }, makeScratchFolder), UserError);
    assertStringIncludes((error as Error).message, `${file}/cache cannot be written to (Not a directory`);
  } finally {
    await Deno.remove(folder, { recursive: true });
    await Deno.remove(file);
  }
});
