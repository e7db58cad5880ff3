/**
 * EELU-2(x) = EELU-1(−x): a network with the one is the network with the other, with negated weights before each
 * activation. That needs a layer with weights there: after a residual sum it does not hold.
 */
import { assert, assertGreater, assertLess } from "@std/assert";
import { catalog } from "../activation/catalog.ts";
import { type LayersModel, loadEngine, type Tensor } from "../engine/tensorflow.ts";
import { buildNetwork, SYMMETRY } from "./catalog.ts";
import type { Layer } from "./layers/own_layer.ts";

const tf = await loadEngine();
const SIZES: Readonly<Record<string, number>> = { alexnet: 67, vgg16: 32, mobilenet: 32, resnet50: 32 };

/** The layers whose outputs the activations take. */
function beforeActivations(model: LayersModel): Layer[] {
  const activations = model.layers.filter((layer) => layer.getClassName() === "AfosActivation");
  assert(activations.length > 0);
  return activations.flatMap(({ inboundNodes }) => inboundNodes[0].inboundLayers as Layer[]);
}

function negate(layer: Layer): void {
  const weights = layer.getWeights();
  const linear = weights.slice(0, layer.getClassName() === "AfosBatchNormalization" ? 2 : undefined); // gamma and beta
  const negated = linear.map((weight) => tf.neg(weight));
  layer.setWeights([...negated, ...weights.slice(linear.length)]);
  tf.dispose(negated);
}

/** The largest difference of the logits, relative to the largest logit: without negated weights, and with them. */
function differences(name: string, { training }: { training: boolean }): readonly [number, number] {
  const imageSize = SIZES[name] ?? 16;
  const options = { imageSize, channels: 2, classes: 5, seed: 2, dropout: 0, attentionDropout: 0, stochasticDepth: 0 };
  const images = tf.randomUniform([3, imageSize, imageSize, 2], -1, 1, "float32", 5);
  const first = buildNetwork(name, { ...options, activation: catalog.eelu1 });
  const second = buildNetwork(name, { ...options, activation: catalog.eelu2 });
  const logits = (model: LayersModel) => [...(model.apply(images, { training }) as Tensor).dataSync()];
  const expected = logits(first);
  const largest = Math.max(...expected.map(Math.abs));
  const difference = () => Math.max(...logits(second).map((logit, i) => Math.abs(logit - expected[i]))) / largest;
  const before = difference();
  beforeActivations(second).forEach(negate);
  const after = difference();
  for (const model of [first, second]) model.dispose();
  images.dispose();
  return [before, after];
}

for (const name of Object.keys(SYMMETRY).filter((name) => !SYMMETRY[name].startsWith("no "))) {
  Deno.test(`${name} is symmetric: EELU-2 with negated weights before it is EELU-1`, () => {
    const [before, after] = differences(name, { training: false });
    assertGreater(before, 1e-3);
    assertLess(after, 1e-4);
  });
}

Deno.test("mobilenet is symmetric with the statistics of the batch too", () => {
  assertLess(differences("mobilenet", { training: true })[1], 1e-3);
});

for (const name of Object.keys(SYMMETRY).filter((name) => SYMMETRY[name].startsWith("no "))) {
  Deno.test(`${name} is not symmetric: sums stand before its activations`, () => {
    const model = buildNetwork(name, { activation: catalog.relu, imageSize: 8, channels: 1, classes: 2, seed: 1 });
    assert(beforeActivations(model).some((layer) => layer.getClassName() === "Add"));
    model.dispose();
  });
}
