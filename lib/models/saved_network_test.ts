import { assert, assertEquals } from "@std/assert";
import { catalog } from "../activation/catalog.ts";
import { format } from "../activation/format.ts";
import { parse } from "../activation/parse.ts";
import { type LayersModel, loadEngine, type Tensor } from "../engine/tensorflow.ts";
import { buildNetwork, NETWORK_NAMES } from "./catalog.ts";
import { loadNetwork } from "./saved_network.ts";

const tf = await loadEngine();
const SIZES: Readonly<Record<string, number>> = { alexnet: 67, vgg16: 32, mobilenet: 31 };

const expressionsOf = (model: LayersModel) =>
  new Set(model.layers.map((layer) => layer.getConfig().expression).filter((text) => text !== undefined));

/** Saved, loaded, and compared: expression, configuration, weights by way of the logits. */
async function roundTrip(model: LayersModel, load: (model: LayersModel) => Promise<LayersModel>) {
  const [{ shape: [, size, , channels] }] = model.inputs;
  const images = tf.randomUniform([2, size!, size!, channels!], -1, 1, "float32", 3);
  const loaded = await load(model);
  assertEquals(expressionsOf(loaded), expressionsOf(model));
  assertEquals(loaded.layers.map(({ name }) => name), model.layers.map(({ name }) => name));
  for (const [i, layer] of loaded.layers.entries()) {
    const [after, before] = [layer, model.layers[i]].map((one) => JSON.stringify(one.getConfig()));
    assertEquals(after, before);
  }
  const [before, after] = [model, loaded].map((one) => [...(one.predict(images) as Tensor).dataSync()]);
  assertEquals(after, before);
  for (const one of [model, loaded]) one.dispose();
  images.dispose();
}

for (const name of NETWORK_NAMES) {
  Deno.test(`${name} is saved and loaded in tfjs's format`, async () => {
    const imageSize = SIZES[name] ?? 16;
    const activation = parse("x * sigmoid(1.5 * x)");
    const model = buildNetwork(name, { activation, imageSize, channels: 1, classes: 3, seed: 6, dropout: 0.25 });
    assertEquals(expressionsOf(model), new Set([format(activation)]));
    await roundTrip(model, async (model) => {
      let saved: Parameters<Parameters<typeof tf.io.withSaveHandler>[0]>[0] | undefined;
      await model.save(tf.io.withSaveHandler((artifacts) => {
        saved = artifacts;
        return Promise.resolve({ modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: "JSON" } });
      }));
      return loadNetwork(tf.io.fromMemory(saved!));
    });
  });
}

Deno.test("a network is saved to files and loaded in another process that has built none", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const model = buildNetwork("cct", { activation: catalog.eelu1, imageSize: 8, channels: 1, classes: 2, seed: 1 });
    await model.save(`file://${folder}`);
    const expected = (model.predict(tf.ones([1, 8, 8, 1])) as Tensor).dataSync();
    model.dispose();
    const lib = new URL("..", import.meta.url);
    const code = `
      import { loadEngine } from "${lib}engine/tensorflow.ts";
      import { loadNetwork } from "${lib}models/saved_network.ts";
      const tf = await loadEngine();
      const model = await loadNetwork("file://${folder}/model.json");
      console.log(JSON.stringify([...model.predict(tf.ones([1, 8, 8, 1])).dataSync()]));`;
    await Deno.writeTextFile(`${folder}/load.ts`, code);
    const config = new URL("../deno.json", lib).pathname;
    const { stdout, stderr, success } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--allow-all", "--no-check", "--config", config, `${folder}/load.ts`],
    }).output();
    assert(success, new TextDecoder().decode(stderr));
    assertEquals(JSON.parse(new TextDecoder().decode(stdout)), [...expected]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
