/**
 * CCT-7/3×1, a Compact Convolutional Transformer of its authors (Hassani et al., arXiv 2104.05704): a tokenizer of one
 * convolution, learned positions, seven blocks of attention (4 heads of 64) and two dense layers (512 with the
 * activation, 256), sequence pooling, and the logits. It has 3,760,139 parameters for 32 × 32 × 3 images and 10
 * classes. The small one of Keras is in cct.ts.
 *
 * @module
 */
import { engine, type LayersModel, type SymbolicTensor } from "../engine/mod.ts";
import { random } from "../random.ts";
import { heNormal, initializer, type InitialWeights } from "./initial_weights.ts";
import {
  activationLayer,
  attentionLayer,
  dropoutLayer,
  layerNormalizationLayer,
  poolingPaddingLayer,
  positionLayer,
  sequencePoolingLayer,
  stochasticDepthLayer,
} from "./layers.ts";
import { checkImageSize, type ImageLimits, type NetworkOptions } from "./network.ts";
import { through } from "./through.ts";

/** Padding leaves a token of any image. */
export const CCT7_IMAGES: ImageLimits = { network: "CCT-7/3×1", smallest: 1 };

const WIDTH = 256;
const HEADS = 4;
const BLOCKS = 7;
const MLP_RATIO = 2;
const LINEAR: InitialWeights = { kind: "normal", deviation: 0.02 };
const POSITIONS: InitialWeights = { kind: "normal", deviation: 0.2 };

/**
 * Builds CCT-7/3×1; its output are logits, shape [batch, classes]. As the authors' code has it, initial weights are
 * normal: He's for the convolution, a standard deviation of 0.2 for positions, of 0.02 for all others (it truncates
 * those two at ±2, which changes nothing); biases are 0. Where nothing else is asked for, dropout (of tokens, and after
 * the attention and dense layers) is 0, the attention's dropout and stochastic depth are 0.1. Throws a RangeError for
 * images of no pixel.
 */
export function cct7(options: NetworkOptions): LayersModel {
  const { activation, imageSize, channels, classes, seed } = options;
  const { dropout = 0, attentionDropout = 0.1, stochasticDepth = 0.1 } = options;
  checkImageSize(options, CCT7_IMAGES);
  const tf = engine();
  const rng = random(seed);
  const named = (name: string) => ({ name, seed: rng.seed(name) });
  const dense = (name: string, units: number) =>
    tf.layers.dense({ name, units, kernelInitializer: initializer(LINEAR, named(name)) });
  const norm = (name: string) => layerNormalizationLayer({ name, epsilon: 1e-5 });
  const drop = (name: string) => dropoutLayer({ ...named(name), rate: dropout });
  const sum = (name: string, terms: SymbolicTensor[]) => tf.layers.add({ name }).apply(terms) as SymbolicTensor;

  const inputs = tf.input({ shape: [imageSize, imageSize, channels] });
  let x = through(inputs, [
    tf.layers.conv2d({
      name: "tokenizer_conv1",
      filters: WIDTH,
      kernelSize: 3,
      padding: "same",
      useBias: false,
      kernelInitializer: initializer(heNormal(9 * channels), named("tokenizer_conv1")),
    }),
    activationLayer(activation, { name: "tokenizer_act1" }),
    poolingPaddingLayer({ name: "tokenizer_pad1", padding: 1 }),
    tf.layers.maxPooling2d({ name: "tokenizer_pool1", poolSize: 3, strides: 2 }),
  ]);
  x = through(x, [
    tf.layers.reshape({ name: "tokens", targetShape: [x.shape[1]! * x.shape[2]!, WIDTH] }),
    positionLayer({ ...named("position"), initial: POSITIONS }),
    drop("position_drop"),
  ]);
  for (let i = 1; i <= BLOCKS; i++) {
    const name = `block${i}`;
    const rate = stochasticDepth * (i - 1) / (BLOCKS - 1);
    const attended = through(x, [
      norm(`${name}_pre_norm`),
      attentionLayer({
        ...named(`${name}_mha`),
        heads: HEADS,
        headSize: WIDTH / HEADS,
        biases: false,
        dropout: attentionDropout,
        initial: LINEAR,
      }),
      drop(`${name}_drop1`),
      stochasticDepthLayer({ ...named(`${name}_depth1`), rate }),
    ]);
    // norm1 stands in the stream itself: what the dense layers add to is normalised too
    const stream = through(sum(`${name}_add1`, [x, attended]), [norm(`${name}_norm1`)]);
    const mixed = through(stream, [
      dense(`${name}_mlp1`, WIDTH * MLP_RATIO),
      activationLayer(activation, { name: `${name}_act` }),
      drop(`${name}_drop2`),
      dense(`${name}_mlp2`, WIDTH),
      drop(`${name}_drop3`),
      stochasticDepthLayer({ ...named(`${name}_depth2`), rate }),
    ]);
    x = sum(`${name}_add2`, [stream, mixed]);
  }
  const outputs = through(x, [
    norm("norm"),
    sequencePoolingLayer({ ...named("pool"), initial: LINEAR }),
    dense("head", classes),
  ]);
  return tf.model({ name: "cct7", inputs, outputs });
}
