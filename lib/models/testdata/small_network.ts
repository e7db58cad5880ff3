/**
 * A network as a user may write one: a dense layer with the activation, and the logits.
 *
 * @module
 */
import { engine, type LayersModel } from "../../engine/mod.ts";
import { activationLayer, type NetworkOptions } from "../mod.ts";

/** Builds the network. */
export function build({ activation, imageSize, channels, classes, seed }: NetworkOptions): LayersModel {
  const tf = engine();
  return tf.sequential({
    layers: [
      tf.layers.flatten({ inputShape: [imageSize, imageSize, channels] }),
      tf.layers.dense({ units: 16, kernelInitializer: tf.initializers.glorotUniform({ seed }) }),
      activationLayer(activation, { name: "act" }),
      tf.layers.dense({ units: classes, kernelInitializer: tf.initializers.glorotUniform({ seed: seed + 1 }) }),
    ],
  });
}
