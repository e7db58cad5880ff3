import { assert, assertEquals, assertThrows } from "@std/assert";
import { UserError } from "../user_error.ts";
import { checkNetwork, NETWORK_NAMES, SYMMETRY } from "./catalog.ts";
import type { Network } from "./network.ts";

const FOLDER = new URL(".", import.meta.url);
const source = (name: string) => Deno.readTextFileSync(new URL(name, FOLDER));

/** The networks that files of this folder export, by the file's name. */
async function exportedNetworks(): Promise<Map<string, Network>> {
  const networks = new Map<string, Network>();
  for (const { name } of Deno.readDirSync(FOLDER)) {
    if (!/^(?!.*_test)\w+\.ts$/.test(name) || !/: Network = /.test(source(name))) continue;
    const module: Record<string, unknown> = await import(new URL(name, FOLDER).href);
    const file = name.replace(".ts", "");
    networks.set(file, module[file.toUpperCase()] as Network);
  }
  return networks;
}

Deno.test("every file with a network is in the catalogue by its name, and brings all that is known of it", async () => {
  const networks = await exportedNetworks();
  assertEquals([...networks.keys()].sort(), NETWORK_NAMES.toSorted());
  for (const [name, { title, build, smallestImage, symmetry }] of networks) {
    assertEquals([build.name, title.toLowerCase()], [name, name]);
    assert(Number.isInteger(smallestImage) && smallestImage > 0);
    assert(/^(yes$|(nearly|no) \(.+\)$)/.test(symmetry), symmetry);
    assertEquals(SYMMETRY[name], symmetry);
  }
});

Deno.test("a network is named in its own file and in the catalogue only", () => {
  for (const { name: file } of Deno.readDirSync(FOLDER)) {
    if (!/^(?!.*_test)\w+\.ts$/.test(file) || file === "catalog.ts") continue;
    for (const network of NETWORK_NAMES.filter((network) => file !== `${network}.ts`)) {
      assert(!source(file).includes(`"./${network}.ts"`), `${file} imports ${network}`);
    }
  }
});

Deno.test("what a network cannot be is refused without an engine", () => {
  assertThrows(() => checkNetwork("lenet", { imageSize: 32 }), UserError, 'vgg16, mobilenet, cct, got "lenet"');
  assertThrows(() => checkNetwork("constructor", { imageSize: 32 }), UserError, 'got "constructor"');
  assertThrows(() => checkNetwork("vgg16", { imageSize: 31 }), RangeError, "VGG16 takes images of at least 32 pixels");
});
