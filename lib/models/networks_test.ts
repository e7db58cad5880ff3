import { assertEquals, assertLess, assertNotEquals, assertThrows } from "@std/assert";
import { catalog } from "../activation/catalog.ts";
import { type LayersModel, loadEngine, type Tensor } from "../engine/tensorflow.ts";
import { buildNetwork, NETWORK_NAMES } from "./catalog.ts";
import keras from "./testdata/networks.json" with { type: "json" };
import { referenceImages, setReferenceWeights, type WeightFact } from "./testdata/reference_weights.ts";

const tf = await loadEngine();
const { salt } = keras;

/**
 * Keras makes names unique in a session: the layer was `pool` in the model with ReLU, and `pool_1` in the one with
 * EELU-2 that followed it. The formula took each by its name.
 */
const PHASE_NAMES = { relu: {}, eelu2: { pool: "pool_1" } };

for (const [name, reference] of Object.entries(keras.networks)) {
  Deno.test(`${name} has the reference's parameters, and gives its logits with both functions`, () => {
    const { imageSize, classes, parameters } = reference;
    const weights = reference.weights as unknown as WeightFact[];
    const shape = [2, imageSize, imageSize, 3];
    const images = tf.tensor(referenceImages(salt + 5, shape), shape);
    let values: Tensor[] | undefined;
    for (const activation of ["relu", "eelu2"] as const) {
      const model = buildNetwork(name, { activation: catalog[activation], imageSize, channels: 3, classes, seed: 1 });
      assertEquals(model.countParams(), parameters);
      assertEquals(model.outputs[0].shape, [null, classes]);
      const own = name === "cct" || values === undefined;
      if (own) setReferenceWeights(model, { weights, salt, kernelScale: 6, phaseNames: PHASE_NAMES[activation] });
      else model.setWeights(values!);
      values ??= model.getWeights().map((weight) => tf.clone(weight));
      const logits = [...(model.apply(images, { training: false }) as Tensor).dataSync()];
      const expected = reference.logits[activation].flat();
      const errors = logits.map((logit, i) => Math.abs(logit - expected[i]));
      assertLess(Math.max(...errors), 1e-4 * Math.max(...expected.map(Math.abs)));
      model.dispose();
    }
    tf.dispose([images, ...values!]);
  });
}

/** Pixels a side: by the arithmetic of each network's strides, paddings and poolings. */
const SMALLEST: Readonly<Record<string, number>> = {
  phi: 8,
  resnet50: 1,
  alexnet: 67,
  vgg16: 32,
  mobilenet: 31,
  cct: 5,
};

const logitsOf = (model: LayersModel, images: Tensor) => {
  const logits = model.apply(images, { training: false }) as Tensor;
  return { shape: logits.shape, values: [...logits.dataSync()] };
};

for (const name of NETWORK_NAMES) {
  Deno.test(`${name} takes its smallest images, any channels and classes, and refuses smaller images`, () => {
    const imageSize = SMALLEST[name];
    const options = { activation: catalog.swish, channels: 2, classes: 3, seed: 7 };
    const model = buildNetwork(name, { ...options, imageSize });
    const images = tf.randomUniform([4, imageSize, imageSize, 2], -1, 1, "float32", 1);
    const { shape, values } = logitsOf(model, images);
    assertEquals(shape, [4, 3]);
    assertEquals(values.every(Number.isFinite), true);
    assertNotEquals(values.slice(0, 3), values.slice(3, 6), "the logits must depend on the image");
    model.dispose();
    images.dispose();
    const pixels = imageSize === 1 ? "1 pixel" : `${imageSize} pixels`;
    for (const wrong of [imageSize - 1, imageSize + 0.5]) {
      assertThrows(
        () => buildNetwork(name, { ...options, imageSize: wrong }),
        RangeError,
        `at least ${pixels} a side, got ${wrong}`,
      );
    }
  });
}

Deno.test("sizes between the smallest and the usual ones are taken too", () => {
  for (
    const [name, sizes] of [["mobilenet", [33, 47]], ["resnet50", [2, 28]], ["cct", [6, 17]]] as const
  ) {
    for (const imageSize of sizes) {
      const model = buildNetwork(name, { activation: catalog.relu, imageSize, channels: 1, classes: 2, seed: 1 });
      const images = tf.zeros([1, imageSize, imageSize, 1]);
      assertEquals(logitsOf(model, images).shape, [1, 2]);
      model.dispose();
      images.dispose();
    }
  }
});

for (const name of NETWORK_NAMES.filter((name) => name !== "resnet50" && name !== "mobilenet")) {
  Deno.test(`${name} in training without dropout and stochastic depth is as in inference; with them it is not`, () => {
    const imageSize = SMALLEST[name] + 3;
    const options = { activation: catalog.relu, imageSize, channels: 1, classes: 3, seed: 2 };
    const images = tf.randomUniform([8, imageSize, imageSize, 1], -1, 1, "float32", 1);
    const logits = (
      model: LayersModel,
      training: boolean,
    ) => [...(model.apply(images, { training }) as Tensor).dataSync()];
    const without = buildNetwork(name, { ...options, dropout: 0, attentionDropout: 0, stochasticDepth: 0 });
    assertEquals(logits(without, true), logits(without, false));
    const own = buildNetwork(name, options);
    assertNotEquals(logits(own, true), logits(own, false));
    assertNotEquals(logits(own, true), logits(own, true), "dropout must be anew each time");
    for (const model of [without, own]) model.dispose();
    images.dispose();
  });
}

Deno.test("stochastic depth grows evenly from 0 in the first block to its rate in the last", () => {
  for (const [name, rates] of [["cct", [0, 0.3]]] as const) {
    const options = { activation: catalog.relu, imageSize: 8, channels: 1, classes: 2, seed: 1, stochasticDepth: 0.3 };
    const model = buildNetwork(name, options);
    for (const [i, rate] of rates.entries()) {
      for (const branch of [1, 2]) {
        const config = model.getLayer(`block${i + 1}_depth${branch}`).getConfig();
        assertLess(Math.abs(config.rate as number - rate), 1e-12);
      }
    }
    model.dispose();
  }
});

Deno.test("the seed decides all initial weights, and no two layers have the same", () => {
  for (const name of ["mobilenet", "cct"]) {
    const kernels = (seed: number) => {
      const options = { activation: catalog.relu, imageSize: 32, channels: 3, classes: 2, seed };
      const model = buildNetwork(name, options);
      const first = model.weights.filter(({ name }) => /kernel|embeddings/.test(name))
        .map((weight) => weight.read().dataSync()[0]);
      model.dispose();
      return first;
    };
    const [once, again, other] = [kernels(3), kernels(3), kernels(4)];
    assertEquals(once, again);
    assertEquals(new Set([...once, ...other]).size, 2 * once.length);
  }
});

/** Mean and standard deviation of a weight. */
function moments(model: LayersModel, { layer, index = 0 }: { layer: string; index?: number }) {
  const { mean, variance } = tf.moments(model.getLayer(layer).getWeights()[index]);
  return { mean: mean.dataSync()[0], deviation: Math.sqrt(variance.dataSync()[0]) };
}

/** Standard deviations as published: see the docstrings of the networks for the sources. */
const DEVIATIONS: readonly (readonly [network: string, layer: string, deviation: number])[] = [
  ["alexnet", "conv3", 0.01],
  ["alexnet", "fc7", 0.01],
  ["vgg16", "block3_conv2", Math.sqrt(2 / (9 * 256 + 9 * 256))],
  ["vgg16", "fc2", Math.sqrt(2 / (4096 + 4096))],
  ["resnet50", "conv2_block1_2_conv", Math.sqrt(2 / (9 * 64))],
  ["resnet50", "conv5_block3_3_conv", Math.sqrt(2 / 512)],
  ["mobilenet", "conv_pw_6", 0.09 * 0.8796], // 0.8796: a normal distribution truncated at two deviations
  ["cct", "tokenizer_conv2", Math.sqrt(2 / (9 * 64))],
  ["cct", "block1_mlp1", Math.sqrt(2 / 256)],
];

Deno.test("initial weights are distributed as published", () => {
  for (const [network, entries] of Map.groupBy(DEVIATIONS, ([network]) => network)) {
    const imageSize = Math.max(32, SMALLEST[network]);
    const model = buildNetwork(network, { activation: catalog.relu, imageSize, channels: 3, classes: 2, seed: 3 });
    for (const [, layer, expected] of entries) {
      const { mean, deviation } = moments(model, { layer });
      assertLess(Math.abs(mean), 0.03 * expected, layer);
      assertLess(Math.abs(deviation / expected - 1), 0.03, layer);
    }
    if (network === "alexnet") {
      const biases = [1, 2, 3, 4, 5].map((i) => moments(model, { layer: `conv${i}`, index: 1 }).mean);
      assertEquals([...biases, ...["fc6", "fc7", "fc8"].map((layer) => moments(model, { layer, index: 1 }).mean)], [
        ...[0, 1, 0, 1, 1],
        ...[1, 1, 0],
      ]);
    }
    model.dispose();
  }
});
