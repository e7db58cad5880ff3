/**
 * A small Compact Convolutional Transformer (Hassani et al., arXiv 2104.05704) as the Keras example of Paul has it
 * (keras.io, "Compact Convolutional Transformers"): a tokenizer of two convolutions, learned positions, two blocks of
 * attention (2 heads of 128) and two dense layers of 128 with the activation after both, sequence pooling, and the
 * logits. It has 416,331 parameters for 32 × 32 × 3 images and 10 classes.
 *
 * @module
 */
import { engine, type LayersModel, type SymbolicTensor } from "../engine/mod.ts";
import { random } from "../random.ts";
import {
  activationLayer,
  attentionLayer,
  dropoutLayer,
  heNormal,
  initializer,
  type InitialWeights,
  layerNormalizationLayer,
  positionLayer,
  sequencePoolingLayer,
  stochasticDepthLayer,
  through,
} from "./layers/mod.ts";
import type { Network, NetworkOptions } from "./network.ts";

const TOKENIZER = [64, 128];
const WIDTH = 128;
const HEADS = 2;
const BLOCKS = 2;
const GLOROT: InitialWeights = { kind: "glorotUniform" };

/**
 * Builds the transformer; its output are logits, shape [batch, classes]. Initial weights: He-normal convolutions, all
 * others Glorot-uniform, biases 0. Where nothing else is asked for, dropout (after the dense layers), the attention's
 * dropout and stochastic depth are 0.1.
 */
export function cct(options: NetworkOptions): LayersModel {
  const { activation, imageSize, channels, classes, seed } = options;
  const { dropout = 0.1, attentionDropout = 0.1, stochasticDepth = 0.1 } = options;
  const tf = engine();
  const rng = random(seed);
  const named = (name: string) => ({ name, seed: rng.seed(name) });
  const dense = (name: string, units: number) =>
    tf.layers.dense({ name, units, kernelInitializer: initializer(GLOROT, named(name)) });
  const norm = (name: string) => layerNormalizationLayer({ name, epsilon: 1e-5 });
  const sum = (name: string, terms: SymbolicTensor[]) => tf.layers.add({ name }).apply(terms) as SymbolicTensor;

  const inputs = tf.input({ shape: [imageSize, imageSize, channels] });
  let x: SymbolicTensor = inputs;
  for (const [i, filters] of TOKENIZER.entries()) {
    const name = `tokenizer_conv${i + 1}`;
    const kernelInitializer = initializer(heNormal(9 * x.shape[3]!), named(name));
    x = through(x, [
      tf.layers.conv2d({ name, filters, kernelSize: 3, useBias: false, kernelInitializer }),
      activationLayer(activation, { name: `tokenizer_act${i + 1}` }),
      tf.layers.zeroPadding2d({ name: `tokenizer_pad${i + 1}`, padding: [[1, 1], [1, 1]] }),
      tf.layers.maxPooling2d({ name: `tokenizer_pool${i + 1}`, poolSize: 3, strides: 2, padding: "same" }),
    ]);
  }
  x = through(x, [
    tf.layers.reshape({ name: "tokens", targetShape: [x.shape[1]! * x.shape[2]!, WIDTH] }),
    positionLayer({ ...named("position"), initial: GLOROT }),
  ]);
  for (let i = 1; i <= BLOCKS; i++) {
    const name = `block${i}`;
    const rate = stochasticDepth * (i - 1) / (BLOCKS - 1);
    const attended = through(x, [
      norm(`${name}_norm1`),
      attentionLayer({
        ...named(`${name}_mha`),
        heads: HEADS,
        headSize: WIDTH,
        dropout: attentionDropout,
        initial: GLOROT,
      }),
      stochasticDepthLayer({ ...named(`${name}_depth1`), rate }),
    ]);
    const middle = sum(`${name}_add1`, [attended, x]);
    const mixed = through(middle, [
      norm(`${name}_norm2`),
      ...[1, 2].flatMap((k) => [
        dense(`${name}_mlp${k}`, WIDTH),
        activationLayer(activation, { name: `${name}_act${k}` }),
        dropoutLayer({ ...named(`${name}_drop${k}`), rate: dropout }),
      ]),
      stochasticDepthLayer({ ...named(`${name}_depth2`), rate }),
    ]);
    x = sum(`${name}_add2`, [mixed, middle]);
  }
  const outputs = through(x, [
    norm("norm"),
    sequencePoolingLayer({ ...named("pool"), initial: GLOROT }),
    dense("head", classes),
  ]);
  return tf.model({ name: "cct", inputs, outputs });
}

/** CCT; the smallest image that the tokenizer's second convolution, which is not padded, has its 3 × 3 pixels of. */
export const CCT: Network = { title: "CCT", build: cct, smallestImage: 5, symmetry: "yes" };
