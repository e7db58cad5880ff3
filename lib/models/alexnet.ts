/**
 * AlexNet (Krizhevsky, Sutskever, Hinton, NeurIPS 2012) with one tower and without local response normalisation: five
 * convolutions, each with the activation, three of them with overlapping max pooling; then two dense layers of 4,096
 * with it, and the logits. It has 58,322,314 parameters for 227 × 227 × 3 images and 10 classes.
 *
 * @module
 */
import { engine, type LayersModel } from "../engine/mod.ts";
import { random } from "../random.ts";
import { activationLayer, dropoutLayer, initializer, type Layer, through } from "./layers/mod.ts";
import type { Network, NetworkOptions } from "./network.ts";

interface Convolution {
  readonly filters: number;
  readonly kernelSize: number;
  readonly strides?: number;
  readonly padding: "same" | "valid";
  /** The biases' initial value. */
  readonly bias: number;
  readonly pooled: boolean;
}

const CONVOLUTIONS: readonly Convolution[] = [
  { filters: 96, kernelSize: 11, strides: 4, padding: "valid", bias: 0, pooled: true },
  { filters: 256, kernelSize: 5, padding: "same", bias: 1, pooled: true },
  { filters: 384, kernelSize: 3, padding: "same", bias: 0, pooled: false },
  { filters: 384, kernelSize: 3, padding: "same", bias: 1, pooled: false },
  { filters: 256, kernelSize: 3, padding: "same", bias: 1, pooled: true },
];

/**
 * Builds AlexNet; its output are logits, shape [batch, classes]. As in the paper, initial weights are normal with a
 * standard deviation of 0.01, the biases of the second, fourth and fifth convolution and of the two dense layers 1, the
 * others 0; and dropout, 0.5 where nothing else is asked for, stands before both dense layers.
 */
export function alexnet(options: NetworkOptions): LayersModel {
  const { activation, imageSize, channels, classes, seed, dropout = 0.5 } = options;
  const tf = engine();
  const rng = random(seed);
  const initial = (name: string, bias: number) => ({
    name,
    kernelInitializer: initializer({ kind: "normal", deviation: 0.01 }, { seed: rng.seed(name) }),
    biasInitializer: tf.initializers.constant({ value: bias }),
  });

  const layers: Layer[] = [];
  for (const [i, { bias, pooled, ...convolution }] of CONVOLUTIONS.entries()) {
    layers.push(tf.layers.conv2d({ ...convolution, ...initial(`conv${i + 1}`, bias) }));
    layers.push(activationLayer(activation, { name: `act${i + 1}` }));
    if (pooled) layers.push(tf.layers.maxPooling2d({ name: `pool${i + 1}`, poolSize: 3, strides: 2 }));
  }
  layers.push(tf.layers.flatten({ name: "flatten" }));
  for (const i of [6, 7]) {
    layers.push(dropoutLayer({ name: `drop${i}`, rate: dropout, seed: rng.seed(`drop${i}`) }));
    layers.push(tf.layers.dense({ units: 4096, ...initial(`fc${i}`, 1) }));
    layers.push(activationLayer(activation, { name: `act${i}` }));
  }
  layers.push(tf.layers.dense({ units: classes, ...initial("fc8", 0) }));
  const inputs = tf.input({ shape: [imageSize, imageSize, channels] });
  return tf.model({ name: "alexnet", inputs, outputs: through(inputs, layers) });
}

/** AlexNet; the smallest image that the first convolution and three poolings leave a pixel of. */
export const ALEXNET: Network = {
  title: "AlexNet",
  build: alexnet,
  smallestImage: 67,
  symmetry: "nearly (its biases of 1 are not)",
};
