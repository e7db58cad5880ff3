import { assert, assertEquals, assertRejects } from "@std/assert";
import { fileURLToPath } from "node:url";
import { catalog } from "../activation/catalog.ts";
import { loadEngine } from "../engine/tensorflow.ts";
import { UserError } from "../user_error.ts";
import { networkBuilder } from "./user_network.ts";

await loadEngine({ threads: 1 });

const OPTIONS = { activation: catalog.relu, imageSize: 8, channels: 1, classes: 3, seed: 1 };
const MODULE = fileURLToPath(new URL("testdata/small_network.ts", import.meta.url));

for (const { network, name } of [{ network: "phi", name: "phi" }, { network: MODULE, name: "a user's own" }]) {
  Deno.test(`built by name or path: ${name}`, async () => {
    const model = (await networkBuilder(network))(OPTIONS);
    assertEquals(model.outputs[0].shape, [null, 3]);
    model.dispose();
  });
}

for (
  const { what, source, got } of [
    { what: "no such file", source: undefined, got: "got " },
    { what: "no function", source: "export const build = 1, other = 2;", got: "got exports build, other" },
    { what: "no code", source: "export function", got: "got " },
  ]
) {
  Deno.test(`a module that cannot be used is an error with its path: ${what}`, async () => {
    const folder = await Deno.makeTempDir();
    try {
      const path = `${folder}/network.ts`;
      if (source !== undefined) await Deno.writeTextFile(path, source);
      const error = await assertRejects(() => networkBuilder(path), UserError, `Cannot use network ${path}: expected`);
      assert(error.message.includes(got));
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });
}

Deno.test("a path that is not absolute is refused", async () => {
  await assertRejects(() => networkBuilder("network.ts"), UserError, "a path that is not absolute");
});
