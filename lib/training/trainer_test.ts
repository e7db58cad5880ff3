import { assert, assertEquals, assertLess, assertNotEquals, assertThrows } from "@std/assert";
import { catalog } from "../activation/catalog.ts";
import type { Expression } from "../activation/expression.ts";
import { decodeGenome } from "../activation/genome.ts";
import { activationTensor } from "../activation/compile/tensor.ts";
import type { OptimizerSettings } from "../engine/mod.ts";
import { NotRecordable } from "../engine/mod.ts";
import { engine, type LayersModel, loadEngine, type Tensor } from "../engine/tensorflow.ts";
import { buildNetwork } from "../models/catalog.ts";
import { activationLayer, dropoutLayer } from "../models/layers/mod.ts";
import { random } from "../random.ts";
import { createTrainer } from "./create_trainer.ts";
import { eagerTrainer } from "./eager_trainer.ts";
import { graphTrainer } from "./graph_trainer.ts";
import type { Batch } from "./trainer.ts";

const tf = await loadEngine({ threads: 1 });
const MOMENTUM: OptimizerSettings = { kind: "momentum", momentum: 0.9 };
const ADAM: OptimizerSettings = { kind: "adam", beta1: 0.9, beta2: 0.999, epsilon: 1e-7, weightDecay: 0 };
const SIZE = 8;
const CLASSES = 4;

type Layer = Parameters<ReturnType<typeof tf.sequential>["add"]>[0];

/** Images of 8 × 8 × 2 with classes, from a seed. */
function batch(count: number, { seed }: { seed: number }): Batch {
  const rng = random(seed);
  return {
    pixels: Float32Array.from({ length: count * SIZE * SIZE * 2 }, () => 2 * rng.next() - 1),
    labels: Int32Array.from({ length: count }, () => rng.integer(CLASSES)),
  };
}

/** Layers between the images and the logits. */
function model(layers: (seed: () => number) => readonly Layer[]): LayersModel {
  let seed = 0;
  const next = () => ++seed;
  const made = tf.sequential();
  made.add(tf.layers.inputLayer({ inputShape: [SIZE, SIZE, 2] }));
  for (const layer of layers(next)) made.add(layer);
  made.add(tf.layers.flatten());
  made.add(tf.layers.dense({ units: CLASSES, kernelInitializer: tf.initializers.glorotUniform({ seed: next() }) }));
  return made;
}

/** A layer that does to each value what `call` does, and has no weights. */
function lambda(call: (x: Tensor) => Tensor): Layer {
  class Lambda extends tf.layers.Layer {
    static className = `Lambda${Math.random()}`;
    override call(inputs: Tensor | Tensor[]): Tensor {
      return tf.tidy(() => call(Array.isArray(inputs) ? inputs[0] : inputs));
    }
    override computeOutputShape(shape: (number | null)[]): (number | null)[] {
      return shape;
    }
  }
  return new Lambda({});
}

const conv = (seed: () => number, filters = 4) =>
  tf.layers.conv2d({
    filters,
    kernelSize: 3,
    padding: "same",
    kernelInitializer: tf.initializers.heUniform({ seed: seed() }),
    biasInitializer: tf.initializers.randomUniform({ seed: seed() }),
  });

/** Attention of 64 places over one another: softmax(x xᵀ / √d) x. */
const attention = () =>
  lambda((x) => {
    const tokens = tf.reshape(x, [-1, SIZE * SIZE, x.shape.at(-1)!]) as ReturnType<typeof tf.tensor3d>;
    const weights = tf.softmax(tf.div(tf.matMul(tokens, tokens, false, true), Math.sqrt(x.shape.at(-1)!)));
    return tf.reshape(tf.matMul(weights, tokens), x.shape.map((size) => size ?? -1));
  });

const activation = (name: keyof typeof catalog) => activationLayer(catalog[name], { name: `activation_${name}` });

const NETWORKS: readonly (readonly [name: string, layers: (seed: () => number) => readonly Layer[]])[] = [
  ["a convolution, with strides", (seed) => [
    conv(seed),
    activation("relu"),
    tf.layers.conv2d({
      filters: 3,
      kernelSize: 3,
      strides: 2,
      kernelInitializer: tf.initializers.heUniform({ seed: seed() }),
    }),
  ]],
  ["a depthwise convolution", (seed) => [
    tf.layers.depthwiseConv2d({
      kernelSize: 3,
      padding: "same",
      depthwiseInitializer: tf.initializers.heUniform({ seed: seed() }),
    }),
    activation("swish"),
  ]],
  ["dense layers over channels, with EELU-2", (seed) => [
    tf.layers.dense({ units: 6, kernelInitializer: tf.initializers.glorotUniform({ seed: seed() }) }),
    activation("eelu2"),
  ]],
  ["a convolution and a product behind it, which become one", (seed) => [
    conv(seed),
    tf.layers.dense({
      units: 3,
      kernelInitializer: tf.initializers.glorotUniform({ seed: seed() }),
      biasInitializer: tf.initializers.randomUniform({ seed: seed() }),
    }),
    activation("gelu"),
    tf.layers.conv2d({
      filters: 4,
      kernelSize: 3,
      useBias: false,
      kernelInitializer: tf.initializers.heUniform({ seed: seed() }),
    }),
    tf.layers.dense({ units: 3, kernelInitializer: tf.initializers.glorotUniform({ seed: seed() }) }),
    activation("eelu2"),
  ]],
  ["largest and average pooling", (seed) => [
    conv(seed),
    tf.layers.maxPooling2d({ poolSize: 2 }),
    activation("tanh"),
    tf.layers.averagePooling2d({ poolSize: 2 }),
  ]],
  ["global average pooling", (seed) => [
    conv(seed),
    activation("gelu"),
    tf.layers.globalAveragePooling2d({}),
    tf.layers.reshape({ targetShape: [1, 1, 4] }),
  ]],
  ["batch normalisation", (seed) => [conv(seed), tf.layers.batchNormalization({}), activation("elu")]],
  ["layer normalisation", (seed) => [conv(seed), tf.layers.layerNormalization({}), activation("mish")]],
  ["attention", (seed) => [conv(seed), attention(), activation("softplus")]],
  ["dropout", (seed) => [conv(seed), dropoutLayer({ name: "drop", rate: 0.5, seed: 7 }), activation("leaky_relu")]],
  [
    "an activation with where, max and division",
    (seed) => [conv(seed), activation("hard_swish"), activation("softsign")],
  ],
];

/** Ten losses, a loss and hits in inference, and the weights that come of them, on batches of 6 and 4 by turns. */
function train(network: LayersModel, { graph, optimizer, labelSmoothing }: {
  graph: boolean;
  optimizer: OptimizerSettings;
  labelSmoothing?: number;
}) {
  const sizes = { train: [6, 4], evaluate: [5] };
  using trainer = graph
    ? graphTrainer(network, { optimizer, sizes, labelSmoothing })
    : eagerTrainer(network, { optimizer, labelSmoothing });
  const losses = Array.from(
    { length: 10 },
    (_, step) => trainer.train(batch(step % 2 === 0 ? 6 : 4, { seed: step }), { learningRate: 0.02 / (1 + step) }),
  );
  const { loss, correct } = trainer.evaluate(batch(5, { seed: 99 }));
  trainer.download();
  const weights = network.getWeights().flatMap((weight) => [...weight.dataSync()]);
  return { losses: [...losses, loss], correct, weights };
}

function compare(layers: (seed: () => number) => readonly Layer[], optimizer: OptimizerSettings, labelSmoothing = 0) {
  const [graph, eager] = [true, false].map((graph) => {
    const network = model(layers);
    const result = train(network, { graph, optimizer, labelSmoothing });
    network.dispose();
    return result;
  });
  const largest = (a: readonly number[], b: readonly number[]) =>
    a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);
  assertEquals(graph.correct, eager.correct);
  assertLess(largest(graph.losses, eager.losses), 2e-5 * Math.max(...eager.losses));
  assertEquals(graph.weights.length, eager.weights.length);
  assertLess(largest(graph.weights, eager.weights), 1e-4);
}

for (const [name, layers] of NETWORKS) {
  Deno.test(`a graph trains as eager mode does: ${name}`, () => compare(layers, MOMENTUM));
}

const [, [, ...[small]]] = NETWORKS;
const OPTIMIZERS: readonly (readonly [name: string, settings: OptimizerSettings])[] = [
  ["Adam", ADAM],
  ["AdamW", { ...ADAM, weightDecay: 0.1 }],
  ["SGD without momentum", { kind: "momentum", momentum: 0 }],
  ["SGD with weight decay", { ...MOMENTUM, weightDecay: 0.1 }],
];

for (const [name, settings] of OPTIMIZERS) {
  Deno.test(`a graph trains as eager mode does: ${name}, with label smoothing`, () => compare(small, settings, 0.1));
}

// w ← 1 - 0.1 · 0.5 · 1 - 0.1 · (g = 2) / (√g² + ε), by hand
Deno.test("AdamW's first step is the learning rate in the gradient's direction, after the decay", async () => {
  const { eagerOptimizer } = await import("./optimizer.ts");
  const variable = tf.variable(tf.scalar(1));
  using optimizer = eagerOptimizer([variable], { ...ADAM, weightDecay: 0.5 });
  const gradient = tf.scalar(2);
  optimizer.apply({ [variable.name]: gradient }, { learningRate: 0.1 });
  assertLess(Math.abs(variable.dataSync()[0] - (1 - 0.05 - 0.1)), 1e-6);
  tf.dispose([variable, gradient]);
});

for (const graph of [true, false]) {
  for (const optimizer of [MOMENTUM, ADAM]) {
    Deno.test(`a training goes on from where it stood, to the bit: ${optimizer.kind}, graph ${graph}`, () => {
      const network = model(small);
      const sizes = { train: [6], evaluate: [6] };
      using trainer = graph ? graphTrainer(network, { optimizer, sizes }) : eagerTrainer(network, { optimizer });
      const images = batch(6, { seed: 1 });
      const losses = () => [1, 2, 3].map(() => trainer.train(images, { learningRate: 0.05 }));
      losses();
      using state = trainer.save();
      const first = losses();
      assertNotEquals(trainer.evaluate(images).loss, first[0]);
      trainer.restore(state);
      assertEquals(losses(), first);
      network.dispose();
    });
  }
}

Deno.test("a batch of a size that no graph was made for is refused", () => {
  const network = model(small);
  using trainer = graphTrainer(network, { optimizer: MOMENTUM, sizes: { train: [6, 4], evaluate: [] } });
  assertThrows(
    () => trainer.train(batch(5, { seed: 1 }), { learningRate: 0.1 }),
    RangeError,
    "expected 6 or 4 images, got 5",
  );
  network.dispose();
});

let calls = 0;
const UNFAITHFUL: readonly (readonly [name: string, call: (x: Tensor) => Tensor, message: string])[] = [
  ["random numbers of JavaScript", (x) => tf.mul(x, Math.random()), "JavaScript gives Mul other values in each step"],
  ["a counter in JavaScript", (x) => tf.add(x, ++calls), "JavaScript gives Add other values in each step"],
  ["a decision on values", (x) => tf.max(x).dataSync()[0] > 0 ? tf.neg(x) : x, "reads a tensor's values in JavaScript"],
  ["other operations each time", (x) => ++calls % 2 === 0 ? tf.neg(x) : tf.abs(x), "once"],
];

for (const [name, call, message] of UNFAITHFUL) {
  Deno.test(`no graph stands for ${name}: it is trained in eager mode`, () => {
    const network = model((seed) => [conv(seed), lambda(call)]);
    const options = { optimizer: MOMENTUM, sizes: { train: [6], evaluate: [] } };
    assertThrows(() => graphTrainer(network, options), NotRecordable, message);
    using trainer = createTrainer(network, { graph: true, ...options });
    assert(Number.isFinite(trainer.train(batch(6, { seed: 1 }), { learningRate: 0.01 })));
    network.dispose();
  });
}

Deno.test("the masks of dropout are anew each step and the same in both modes", () => {
  const losses = (graph: boolean) => {
    const network = buildNetwork("phi", {
      activation: catalog.relu,
      imageSize: SIZE,
      channels: 2,
      classes: CLASSES,
      seed: 5,
      dropout: 0.5,
    });
    using trainer = createTrainer(network, { graph, optimizer: MOMENTUM, sizes: { train: [6], evaluate: [] } });
    const images = batch(6, { seed: 3 });
    const result = Array.from({ length: 4 }, () => trainer.train(images, { learningRate: 1e-9 }));
    network.dispose();
    return result;
  };
  const [graph, eager] = [losses(true), losses(false)];
  assertEquals(new Set(graph.map((loss) => loss.toFixed(4))).size, 4, `masks repeat: ${graph}`);
  for (const [i, loss] of graph.entries()) assertLess(Math.abs(loss - eager[i]), 1e-5 * loss);
});

Deno.test("graphs leave no tensors behind, and 5,000 steps no memory", () => {
  const before = engine().memory().numTensors;
  const network = model(small);
  {
    using trainer = graphTrainer(network, { optimizer: ADAM, sizes: { train: [6], evaluate: [6] } });
    const images = batch(6, { seed: 1 });
    const steps = (count: number) => {
      for (let i = 0; i < count; i++) trainer.train(images, { learningRate: 0.001 });
      return Deno.memoryUsage().rss;
    };
    const start = steps(200);
    assertLess(steps(5000) - start, 30e6);
  }
  network.dispose();
  assertEquals(engine().memory().numTensors, before);
});

for (const [name, layers] of NETWORKS.filter(([name]) => /^a convolution|EELU/.test(name))) {
  Deno.test(`bfloat16 trains nearly as float32 does, and evaluates in float32: ${name}`, () => {
    const losses = (precision: "float32" | "bfloat16") => {
      const network = model(layers);
      using trainer = graphTrainer(network, { optimizer: MOMENTUM, precision, sizes: { train: [6], evaluate: [6] } });
      const images = batch(6, { seed: 3 });
      const { loss } = trainer.evaluate(images);
      const trained = Array.from({ length: 10 }, () => trainer.train(images, { learningRate: 0.01 }));
      network.dispose();
      return { loss, trained };
    };
    const [low, full] = [losses("bfloat16"), losses("float32")];
    assertEquals(low.loss, full.loss);
    assert(low.trained.some((loss, i) => loss !== full.trained[i]), "it is float32");
    for (const [i, loss] of low.trained.entries()) assertLess(Math.abs(loss - full.trained[i]), 0.02 * full.trained[i]);
    assertLess(low.trained.at(-1)!, low.trained[0]);
  });
}

/** Functions whose plain form and whose form in one operation are compared. */
const COMPARED: readonly (readonly [name: string, e: Expression])[] = [
  ["EELU-2", catalog.eelu2],
  ["mish", catalog.mish],
  ["a function of 7 genes", decodeGenome([5, 6, 1, 14, 10, 17, 6])],
];

for (const [name, e] of COMPARED) {
  for (const graph of [false, true]) {
    Deno.test(`${name} trains in one operation as in several, ${graph ? "by graphs" : "in eager mode"}`, () => {
      const [own, plain] = [true, false].map((kernel) => {
        const network = model((seed) => [conv(seed), lambda(activationTensor(e, { kernel })), conv(seed)]);
        const result = train(network, { graph, optimizer: MOMENTUM });
        network.dispose();
        return result;
      });
      for (const [i, loss] of own.losses.entries()) {
        assertLess(Math.abs(loss - plain.losses[i]), 2e-5 * Math.max(...plain.losses));
      }
      assertEquals(own.correct, plain.correct);
    });
  }
}
