/**
 * ResNet50 (He et al., CVPR 2016): a convolution 7×7 and max pooling, then 16 residual blocks of convolutions 1×1, 3×3
 * and 1×1 with batch normalisation, and the logits. It has 23,608,202 parameters (10 classes). Layers and their names
 * are those of Keras applications.
 *
 * @module
 */
import { engine, type LayersModel, type SymbolicTensor } from "../engine/mod.ts";
import { random } from "../random.ts";
import { activationLayer, batchNormalizationLayer, dropoutLayer, heNormal, initializer } from "./layers/mod.ts";
import type { Network, NetworkOptions } from "./network.ts";

/** Filters, number of blocks and first stride of each stage. */
const STAGES = [
  { stage: 2, filters: 64, blocks: 3, stride: 1 },
  { stage: 3, filters: 128, blocks: 4, stride: 2 },
  { stage: 4, filters: 256, blocks: 6, stride: 2 },
  { stage: 5, filters: 512, blocks: 3, stride: 2 },
];

/**
 * Builds ResNet50; its output are logits, shape [batch, classes]. Initial weights: He-normal, as in the paper; biases
 * 0. It has no dropout; where some is asked for, it stands before the logits. Throws a RangeError for images of no
 * pixel.
 */
export function resnet50(options: NetworkOptions): LayersModel {
  const { activation, imageSize, channels, classes, seed, dropout = 0 } = options;
  const tf = engine();
  const rng = random(seed);
  const he = (name: string, inputs: number) => initializer(heNormal(inputs), { seed: rng.seed(name) });
  const act = (x: SymbolicTensor, name: string) => activationLayer(activation, { name }).apply(x) as SymbolicTensor;

  /** A convolution and batch normalisation. */
  function normalised(x: SymbolicTensor, { name, kernelSize, padding, ...settings }: {
    readonly name: string;
    readonly filters: number;
    readonly kernelSize: number;
    readonly strides?: number;
    readonly padding?: "same";
  }): SymbolicTensor {
    const convolution = tf.layers.conv2d({
      ...settings,
      name: `${name}_conv`,
      kernelSize,
      padding: padding ?? "valid",
      kernelInitializer: he(`${name}_conv`, kernelSize ** 2 * x.shape[3]!),
    });
    const normalisation = batchNormalizationLayer({ name: `${name}_bn`, epsilon: 1.001e-5 });
    return normalisation.apply(convolution.apply(x)) as SymbolicTensor;
  }

  function block(x: SymbolicTensor, { name, filters, strides, projected }: {
    readonly name: string;
    readonly filters: number;
    readonly strides: number;
    /** Whether the shortcut has a convolution of its own. */
    readonly projected: boolean;
  }): SymbolicTensor {
    const shortcut = projected ? normalised(x, { name: `${name}_0`, filters: 4 * filters, kernelSize: 1, strides }) : x;
    const first = normalised(x, { name: `${name}_1`, filters, kernelSize: 1, strides });
    const second = normalised(act(first, `${name}_1_act`), {
      name: `${name}_2`,
      filters,
      kernelSize: 3,
      padding: "same",
    });
    const third = normalised(act(second, `${name}_2_act`), { name: `${name}_3`, filters: 4 * filters, kernelSize: 1 });
    return act(tf.layers.add({ name: `${name}_add` }).apply([shortcut, third]) as SymbolicTensor, `${name}_out`);
  }

  const padded = (x: SymbolicTensor, { name, padding }: { name: string; padding: number }) =>
    tf.layers.zeroPadding2d({ name, padding: [[padding, padding], [padding, padding]] }).apply(x) as SymbolicTensor;
  const inputs = tf.input({ shape: [imageSize, imageSize, channels] });
  let x = padded(inputs, { name: "conv1_pad", padding: 3 });
  x = act(normalised(x, { name: "conv1", filters: 64, kernelSize: 7, strides: 2 }), "conv1_act");
  x = padded(x, { name: "pool1_pad", padding: 1 });
  x = tf.layers.maxPooling2d({ name: "pool1_pool", poolSize: 3, strides: 2 }).apply(x) as SymbolicTensor;
  for (const { stage, filters, blocks, stride } of STAGES) {
    for (let i = 1; i <= blocks; i++) {
      const projected = i === 1;
      x = block(x, { name: `conv${stage}_block${i}`, filters, strides: projected ? stride : 1, projected });
    }
  }
  x = tf.layers.globalAveragePooling2d({ name: "avg_pool" }).apply(x) as SymbolicTensor;
  x = dropoutLayer({ name: "drop", rate: dropout, seed: rng.seed("drop") }).apply(x) as SymbolicTensor;
  const predictions = tf.layers.dense({
    name: "predictions",
    units: classes,
    kernelInitializer: he("predictions", x.shape[1]!),
  });
  return tf.model({ name: "resnet50", inputs, outputs: predictions.apply(x) as SymbolicTensor });
}

/** ResNet50; padding leaves a pixel of any image. */
export const RESNET50: Network = {
  title: "ResNet50",
  build: resnet50,
  smallestImage: 1,
  symmetry: "no (residual sums)",
};
