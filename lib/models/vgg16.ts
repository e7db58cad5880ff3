/**
 * VGG16 (Simonyan, Zisserman, ICLR 2015, configuration D): five blocks of two or three convolutions 3×3, each with the
 * activation, and max pooling; then two dense layers of 4,096 with it, and the logits. It has 39,929,674 parameters for
 * 64 × 64 × 3 images and 10 classes. Layers and their names are those of Keras applications.
 *
 * @module
 */
import { engine, type LayersModel } from "../engine/mod.ts";
import { random } from "../random.ts";
import { activationLayer, dropoutLayer, initializer, type Layer, through } from "./layers/mod.ts";
import type { Network, NetworkOptions } from "./network.ts";

/** Filters of each block's convolutions. */
const BLOCKS = [[64, 64], [128, 128], [256, 256, 256], [512, 512, 512], [512, 512, 512]];

/**
 * Builds VGG16; its output are logits, shape [batch, classes]. Initial weights: Glorot-uniform, as the authors came to
 * recommend and Keras has it; biases 0. Dropout, 0.5 where nothing else is asked for, follows both dense layers, as in
 * the paper (Keras leaves it out).
 */
export function vgg16(options: NetworkOptions): LayersModel {
  const { activation, imageSize, channels, classes, seed, dropout = 0.5 } = options;
  const tf = engine();
  const rng = random(seed);
  const glorot = (name: string) => initializer({ kind: "glorotUniform" }, { seed: rng.seed(name) });
  const dense = (name: string, units: number) => tf.layers.dense({ name, units, kernelInitializer: glorot(name) });

  const layers: Layer[] = [];
  for (const [b, block] of BLOCKS.entries()) {
    for (const [i, filters] of block.entries()) {
      const name = `block${b + 1}_conv${i + 1}`;
      layers.push(tf.layers.conv2d({ name, filters, kernelSize: 3, padding: "same", kernelInitializer: glorot(name) }));
      layers.push(activationLayer(activation, { name: `block${b + 1}_act${i + 1}` }));
    }
    layers.push(tf.layers.maxPooling2d({ name: `block${b + 1}_pool`, poolSize: 2 }));
  }
  layers.push(tf.layers.flatten({ name: "flatten" }));
  for (const i of [1, 2]) {
    layers.push(dense(`fc${i}`, 4096));
    layers.push(activationLayer(activation, { name: `fc${i}_act` }));
    layers.push(dropoutLayer({ name: `fc${i}_drop`, rate: dropout, seed: rng.seed(`drop${i}`) }));
  }
  layers.push(dense("predictions", classes));
  const inputs = tf.input({ shape: [imageSize, imageSize, channels] });
  return tf.model({ name: "vgg16", inputs, outputs: through(inputs, layers) });
}

/** VGG16; the smallest image that five poolings leave a pixel of. */
export const VGG16: Network = { title: "VGG16", build: vgg16, smallestImage: 32, symmetry: "yes" };
