/**
 * MobileNet, version 1, of full width (Howard et al., arXiv 1704.04861): a convolution, then 13 pairs of a depthwise
 * and a 1×1 convolution, each with batch normalisation and the activation, and the logits. It has 3,239,114 parameters
 * (3 channels, 10 classes). Layers and their names are those of Keras applications.
 *
 * @module
 */
import { engine, type LayersModel } from "../engine/mod.ts";
import { random } from "../random.ts";
import {
  activationLayer,
  batchNormalizationLayer,
  dropoutLayer,
  initializer,
  type Layer,
  through,
} from "./layers/mod.ts";
import type { Network, NetworkOptions } from "./network.ts";

/** Filters of the 1×1 convolution and stride of the depthwise one, for each pair. */
const PAIRS = [
  { filters: 64, strides: 1 },
  { filters: 128, strides: 2 },
  { filters: 128, strides: 1 },
  { filters: 256, strides: 2 },
  { filters: 256, strides: 1 },
  { filters: 512, strides: 2 },
  ...Array.from({ length: 5 }, () => ({ filters: 512, strides: 1 })),
  { filters: 1024, strides: 2 },
  { filters: 1024, strides: 1 },
];

/**
 * Builds MobileNet; its output are logits, shape [batch, classes]. Initial weights, of which the paper says nothing, are
 * those of the authors' code (TensorFlow Slim): normal with a standard deviation of 0.09, truncated at two of them;
 * biases 0. Dropout, 0.001 where nothing else is asked for, stands before the logits. Throws a RangeError for images
 * under 31 × 31.
 */
export function mobilenet(options: NetworkOptions): LayersModel {
  const { activation, imageSize, channels, classes, seed, dropout = 0.001 } = options;
  const tf = engine();
  const rng = random(seed);
  const initial = (name: string) => initializer({ kind: "truncatedNormal", deviation: 0.09 }, { seed: rng.seed(name) });

  const layers: Layer[] = [];
  const normalisedAndActive = (name: string) => {
    layers.push(batchNormalizationLayer({ name: `${name}_bn` }));
    layers.push(activationLayer(activation, { name: `${name}_act` }));
  };
  const convolution = (name: string, settings: { filters: number; kernelSize: number; strides: number }) => {
    layers.push(
      tf.layers.conv2d({ ...settings, name, padding: "same", useBias: false, kernelInitializer: initial(name) }),
    );
    normalisedAndActive(name);
  };

  convolution("conv1", { filters: 32, kernelSize: 3, strides: 2 });
  for (const [i, { filters, strides }] of PAIRS.entries()) {
    const name = `conv_dw_${i + 1}`;
    if (strides === 2) layers.push(tf.layers.zeroPadding2d({ name: `conv_pad_${i + 1}`, padding: [[0, 1], [0, 1]] }));
    layers.push(tf.layers.depthwiseConv2d({
      name,
      kernelSize: 3,
      strides,
      padding: strides === 2 ? "valid" : "same",
      useBias: false,
      depthwiseInitializer: initial(name),
    }));
    normalisedAndActive(name);
    convolution(`conv_pw_${i + 1}`, { filters, kernelSize: 1, strides: 1 });
  }
  layers.push(tf.layers.globalAveragePooling2d({ name: "avg_pool" }));
  layers.push(tf.layers.reshape({ name: "reshape_1", targetShape: [1, 1, PAIRS.at(-1)!.filters] }));
  layers.push(dropoutLayer({ name: "dropout", rate: dropout, seed: rng.seed("dropout") }));
  layers.push(
    tf.layers.conv2d({ name: "conv_preds", filters: classes, kernelSize: 1, kernelInitializer: initial("conv_preds") }),
  );
  layers.push(tf.layers.reshape({ name: "reshape_2", targetShape: [classes] }));
  const inputs = tf.input({ shape: [imageSize, imageSize, channels] });
  return tf.model({ name: "mobilenet", inputs, outputs: through(inputs, layers) });
}

/** MobileNet; the smallest image that the strides leave a pixel of. */
export const MOBILENET: Network = { title: "MobileNet", build: mobilenet, smallestImage: 31, symmetry: "yes" };
