import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { buildKernel } from "./build.ts";
import { kernelFile, kernelState } from "./state.ts";

/** Builds in an empty folder, where nothing can come of it; gives what was said. */
async function build({ path }: { path?: string }) {
  const libraryFolder = await Deno.makeTempDir();
  const before = Deno.env.get("PATH")!;
  const said: string[] = [];
  try {
    Deno.env.set("PATH", path ?? before);
    // what a set-up leaves that was killed: the next one that compiles takes it away
    if (path === undefined) await Deno.mkdir(`${libraryFolder}/kernel-killed`);
    const state = await buildKernel({ libraryFolder, log: (line) => said.push(line) });
    const files = [...Deno.readDirSync(libraryFolder)].map(({ name }) => `${libraryFolder}/${name}`);
    assertEquals(files, [`${kernelFile(libraryFolder)}.failed`]);
    return { state, remembered: kernelState(libraryFolder), said };
  } finally {
    Deno.env.set("PATH", before);
    await Deno.remove(libraryFolder, { recursive: true });
  }
}

const FAILURES: readonly (readonly [name: string, options: { path?: string }, reason: string])[] = [
  ["without a compiler", { path: "/nowhere" }, "there is no C++ compiler (g++)"],
  ["without TensorFlow's headers", {}, "No such file or directory"],
];

for (const [name, options, reason] of FAILURES) {
  Deno.test(`the operations cannot be built ${name}: that is said once, and remembered`, async () => {
    const { state, remembered, said } = await build(options);
    assert(state.kind === "impossible");
    assertStringIncludes(state.reason, reason);
    assertEquals(remembered, state);
    assertEquals(said.length, 2);
    assertStringIncludes(said[1], `by TensorFlow's own operations, more slowly: ${state.reason}`);
  });
}

Deno.test("the file's name follows every source and header", async () => {
  const folder = await Deno.makeTempDir();
  const own = new URL(".", import.meta.url);
  await Deno.mkdir(`${folder}/kernel`);
  await Deno.copyFile(new URL("../sha256.ts", own), `${folder}/sha256.ts`);
  const names = [...Deno.readDirSync(own)].map(({ name }) => name).filter((name) => !name.includes("_test."));
  for (const name of names) await Deno.copyFile(new URL(name, own), `${folder}/kernel/${name}`);
  const nameNow = async (query: string) => (await import(`file://${folder}/kernel/state.ts?${query}`)).kernelFile("");
  const seen = new Set([await nameNow("before")]);
  for (const name of names.filter((name) => /\.(cc|h)$/.test(name))) {
    await Deno.writeTextFile(`${folder}/kernel/${name}`, "// changed\n", { append: true });
    const changed = await nameNow(name);
    assert(!seen.has(changed), `${name} does not change the library's name`);
    seen.add(changed);
  }
  await Deno.remove(folder, { recursive: true });
});

Deno.test("where nothing was built, nothing is known", async () => {
  const folder = await Deno.makeTempDir();
  assertEquals(kernelState(folder), { kind: "missing" });
  await Deno.writeTextFile(kernelFile(folder), "");
  assertEquals(kernelState(folder), { kind: "built", path: kernelFile(folder) });
  await Deno.remove(folder, { recursive: true });
});
