/** Batch and layer normalisation: by their formulas, in training and in inference. */
import { assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import { catalog } from "../activation/catalog.ts";
import { loadEngine, type Tensor } from "../engine/tensorflow.ts";
import { random } from "../random.ts";
import { buildNetwork } from "./catalog.ts";
import { batchNormalizationLayer } from "./layers/batch_normalization_layer.ts";
import { layerNormalizationLayer } from "./layers/layer_normalization_layer.ts";

const tf = await loadEngine();
const rng = random(11);
const values = (count: number) => Array.from({ length: count }, () => 4 * rng.next() - 1);

/** Mean and variance (divided by n), by the definition. */
function moments(list: readonly number[]) {
  const mean = list.reduce((sum, value) => sum + value) / list.length;
  return { mean, variance: list.reduce((sum, value) => sum + (value - mean) ** 2, 0) / list.length };
}

// Ioffe, Szegedy (ICML 2015), with Keras's moving averages: new = momentum · old + (1 − momentum) · batch's, biased
for (const [network, name, epsilon] of [["resnet50", "conv1_bn", 1.001e-5], ["mobilenet", "conv1_bn", 1e-3]] as const) {
  Deno.test(`${network}'s batch normalisation: the batch's statistics in training, moving ones in inference`, () => {
    const options = { activation: catalog.relu, imageSize: 32, channels: 1, classes: 2, seed: 1 };
    const model = buildNetwork(network, options);
    const layer = model.getLayer(name);
    const channels = layer.outputShape.at(-1) as number;
    const shape = [3, 2, 2, channels];
    const input = values(12 * channels);
    const x = tf.tensor(input, shape);
    const [gamma, beta] = [values(channels), values(channels)];
    layer.setWeights([tf.tensor1d(gamma), tf.tensor1d(beta), tf.zeros([channels]), tf.ones([channels])]);
    const statistics = Array.from({ length: channels }, (_, c) => moments(input.filter((_, i) => i % channels === c)));
    const expect = (training: boolean, normal: (value: number, channel: number) => number) => {
      const result = (layer.apply(x, { training }) as Tensor).dataSync();
      for (const [i, value] of result.entries()) {
        const channel = i % channels;
        assertAlmostEquals(value, normal(input[i], channel) * gamma[channel] + beta[channel], 1e-4);
      }
    };
    const initial = (value: number) => value / Math.sqrt(1 + epsilon);
    expect(false, initial);
    assertEquals([...layer.getWeights()[2].dataSync()], Array(channels).fill(0), "inference must leave them");
    expect(true, (value, c) => (value - statistics[c].mean) / Math.sqrt(statistics[c].variance + epsilon));
    const [mean, variance] = layer.getWeights().slice(2).map((weight) => weight.dataSync());
    for (const [c, batch] of statistics.entries()) {
      assertAlmostEquals(mean[c], 0.01 * batch.mean, 1e-6);
      assertAlmostEquals(variance[c], 0.99 + 0.01 * batch.variance, 1e-6);
    }
    expect(false, (value, c) => (value - mean[c]) / Math.sqrt(variance[c] + epsilon));
    assertEquals(layer.trainableWeights.length, 2);
    model.dispose();
  });
}

Deno.test("layer normalisation is the formula's, over the last dimension", () => {
  const layer = layerNormalizationLayer({ name: "norm", epsilon: 1e-5 });
  const [rows, width] = [6, 7];
  const input = values(rows * width);
  const x = tf.tensor(input, [2, 3, width]);
  assertEquals((layer.apply(x) as Tensor).shape, [2, 3, width]);
  const [gamma, beta] = [values(width), values(width)];
  layer.setWeights([tf.tensor1d(gamma), tf.tensor1d(beta)]);
  for (const training of [true, false]) {
    const result = (layer.apply(x, { training }) as Tensor).dataSync();
    for (const [i, value] of result.entries()) {
      const row = Math.floor(i / width) * width;
      const { mean, variance } = moments(input.slice(row, row + width));
      const normal = (input[i] - mean) / Math.sqrt(variance + 1e-5);
      assertAlmostEquals(value, normal * gamma[i % width] + beta[i % width], 1e-5);
    }
  }
  layer.dispose();
});

const OWN_AND_THEIRS = [
  {
    name: "layer normalisation",
    shape: [2, 3, 4],
    own: () => layerNormalizationLayer({ name: "own", epsilon: 1e-5 }),
    theirs: () => tf.layers.layerNormalization({ name: "theirs", epsilon: 1e-5 }),
  },
  {
    name: "batch normalisation",
    shape: [3, 2, 2, 4],
    own: () => batchNormalizationLayer({ name: "own", epsilon: 1e-5 }),
    theirs: () => tf.layers.batchNormalization({ name: "theirs", epsilon: 1e-5 }),
  },
  {
    name: "batch normalisation of one number a channel",
    shape: [1, 1, 1, 4],
    own: () => batchNormalizationLayer({ name: "own" }),
    theirs: () => tf.layers.batchNormalization({ name: "theirs" }),
  },
];

for (const { name, shape, own: ownLayer, theirs: theirLayer } of OWN_AND_THEIRS) {
  Deno.test(`${name} has the values, gradients and moving averages of tfjs's own layer`, () => {
    const size = shape.reduce((product, length) => product * length, 1);
    const x = tf.tensor(values(size), shape);
    const weights = [values(4), values(4), values(4), values(4).map((value) => value ** 2)].map((list) =>
      tf.tensor1d(list)
    );
    const target = tf.tensor(values(size), shape);
    const [own, theirs] = [ownLayer(), theirLayer()].map((layer) => {
      const loss = (x: Tensor) => tf.sum(tf.mul(target, layer.apply(x, { training: true }) as Tensor));
      layer.apply(x);
      layer.setWeights(weights.slice(0, layer.weights.length));
      const variables = layer.trainableWeights.map((weight) =>
        (weight as unknown as { val: ReturnType<typeof tf.variable> }).val
      );
      const { grads } = tf.variableGrads(() => loss(x) as never, variables);
      const value = layer.apply(x, { training: true }) as Tensor;
      const parts = [
        value,
        tf.grad(loss as never)(x),
        ...variables.map(({ name }) => grads[name]),
        ...layer.getWeights(),
      ];
      return parts.flatMap((part) => [...part.dataSync()]);
    });
    assertEquals(own.length, theirs.length);
    for (const [i, value] of own.entries()) {
      assertLess(Math.abs(value - theirs[i]), 1e-4 * Math.max(1, Math.abs(value)));
    }
  });
}
