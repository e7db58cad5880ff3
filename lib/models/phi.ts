/**
 * phi, the small network that AFOS scores a candidate with (arXiv 2409.04915): three blocks of twice [convolution 3×3,
 * dense over the channels, activation], max pooling and dropout; then two dense layers, the activation, dropout, and
 * the logits. It has 610,538 parameters for 32 × 32 × 3 images and 10 classes.
 *
 * @module
 */
import { engine, type LayersModel } from "../engine/mod.ts";
import { random } from "../random.ts";
import { activationLayer, dropoutLayer } from "./layers/mod.ts";
import type { Network, NetworkOptions } from "./network.ts";

/**
 * Builds phi; its output are logits, shape [batch, classes]. Initial weights: He-uniform convolutions, Glorot-uniform
 * dense layers, biases 0.
 */
export function phi(options: NetworkOptions): LayersModel {
  const { activation, imageSize, channels, classes, seed, dropout = 0.2 } = options;
  const tf = engine();
  const rng = random(seed);
  const heUniform = (name: string) => tf.initializers.heUniform({ seed: rng.seed(name) });
  const glorotUniform = (name: string) => tf.initializers.glorotUniform({ seed: rng.seed(name) });
  const dense = (name: string, units: number) =>
    tf.layers.dense({ name, units, kernelInitializer: glorotUniform(name) });
  const drop = (name: string) => dropoutLayer({ name, rate: dropout, seed: rng.seed(name) });

  const model = tf.sequential();
  let index = 0;
  for (const [block, filters] of [32, 64, 128].entries()) {
    for (let i = 0; i < 2; i++) {
      const name = `conv${++index}`;
      model.add(tf.layers.conv2d({
        name,
        filters,
        kernelSize: 3,
        padding: "same",
        kernelInitializer: heUniform(name),
        ...(index === 1 && { inputShape: [imageSize, imageSize, channels] }),
      }));
      model.add(dense(`mix${index}`, filters));
      model.add(activationLayer(activation, { name: `act${index}` }));
    }
    model.add(tf.layers.maxPooling2d({ name: `pool${block + 1}`, poolSize: 2 }));
    model.add(drop(`drop${block + 1}`));
  }
  model.add(tf.layers.flatten({ name: "flatten" }));
  model.add(dense("fc1", 128));
  model.add(dense("fc2", 128));
  model.add(activationLayer(activation, { name: "act7" }));
  model.add(drop("drop4"));
  model.add(dense("head", classes));
  return model;
}

/** phi; the smallest image that three poolings leave a pixel of. */
export const PHI: Network = { title: "phi", build: phi, smallestImage: 8, symmetry: "yes" };
