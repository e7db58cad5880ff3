import { assert, assertEquals, assertLess } from "@std/assert";
import { catalog } from "../activation/catalog.ts";
import { engine, loadEngine } from "../engine/tensorflow.ts";
import { random } from "../random.ts";
import { eagerTrainer } from "../training/eager_trainer.ts";
import { graphTrainer } from "../training/graph_trainer.ts";
import { buildNetwork, NETWORK_NAMES } from "./catalog.ts";

await loadEngine();
const CLASSES = 3;

interface Setting {
  readonly imageSize: number;
  readonly images: number;
  readonly learningRate: number;
}

const USUAL: Setting = { imageSize: 16, images: 4, learningRate: 1e-4 };
/**
 * Batch normalisation over few values multiplies rounding errors, by hundreds a step where they are as few as the
 * images. Where it is deep, images are larger and steps smaller: small steps too halve the loss.
 */
const SETTINGS: Readonly<Record<string, Setting>> = {
  alexnet: { ...USUAL, imageSize: 67 },
  vgg16: { ...USUAL, imageSize: 32 },
  mobilenet: { imageSize: 32, images: 4, learningRate: 1e-6 },
  resnet50: { imageSize: 48, images: 8, learningRate: 1e-7 },
};

/** Ten losses in training, one in inference, and the weights that come of it; dropout as the networks have it. */
function train(name: string, { graph }: { graph: boolean }) {
  const { imageSize, images, learningRate } = SETTINGS[name] ?? USUAL;
  const network = buildNetwork(name, {
    activation: catalog.eelu2,
    imageSize,
    channels: 2,
    classes: CLASSES,
    seed: 4,
  });
  const rng = random(9);
  const batch = {
    pixels: Float32Array.from({ length: images * imageSize ** 2 * 2 }, () => 2 * rng.next() - 1),
    labels: Int32Array.from({ length: images }, () => rng.integer(CLASSES)),
  };
  const optimizer = { kind: "momentum", momentum: 0.9 } as const;
  const sizes = { train: [images], evaluate: [images] };
  using trainer = (graph ? graphTrainer : eagerTrainer)(network, { optimizer, sizes });
  const losses = Array.from({ length: 10 }, () => trainer.train(batch, { learningRate }));
  losses.push(trainer.evaluate(batch).loss);
  trainer.download();
  const weights = network.getWeights().map((weight) => weight.dataSync() as Float32Array);
  network.dispose();
  return { losses, weights };
}

const difference = (a: ArrayLike<number>, b: ArrayLike<number>) => {
  let most = 0;
  for (let i = 0; i < a.length; i++) most = Math.max(most, Math.abs(a[i] - b[i]));
  return most;
};

for (const name of NETWORK_NAMES) {
  Deno.test(`${name} trains by graphs as in eager mode: ten steps`, () => {
    const before = engine().memory().numTensors;
    const [graph, eager] = [true, false].map((graph) => train(name, { graph }));
    assertEquals(engine().memory().numTensors, before, "tensors are left behind");
    assert(eager.losses.every(Number.isFinite));
    assertLess(difference(graph.losses, eager.losses), 1e-4 * Math.max(...eager.losses));
    assertEquals(graph.weights.length, eager.weights.length);
    for (const [i, values] of graph.weights.entries()) assertLess(difference(values, eager.weights[i]), 1e-3);
  });
}
