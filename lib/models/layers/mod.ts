/**
 * What networks are built of: the layers that tfjs lacks, one a file, and initial weights.
 *
 * @module
 */
import { activationClass } from "./activation_layer.ts";
import { attentionClass } from "./attention_layer.ts";
import { batchNormalizationClass } from "./batch_normalization_layer.ts";
import { dropoutClass } from "./dropout_layer.ts";
import { layerNormalizationClass } from "./layer_normalization_layer.ts";
import { positionClass } from "./position_layer.ts";
import { sequencePoolingClass } from "./sequence_pooling_layer.ts";
import { stochasticDepthClass } from "./stochastic_depth_layer.ts";

export { activationLayer } from "./activation_layer.ts";
export { attentionLayer } from "./attention_layer.ts";
export { batchNormalizationLayer } from "./batch_normalization_layer.ts";
export { dropoutLayer } from "./dropout_layer.ts";
export { heNormal, initializer, type InitialWeights } from "./initial_weights.ts";
export { layerNormalizationLayer } from "./layer_normalization_layer.ts";
export { type Layer, through } from "./own_layer.ts";
export { positionLayer } from "./position_layer.ts";
export { sequencePoolingLayer } from "./sequence_pooling_layer.ts";
export { stochasticDepthLayer } from "./stochastic_depth_layer.ts";

/** Makes all of them known to the loaded engine, which networks that were saved with them need to be loaded. */
export function registerLayers(): void {
  for (
    const layer of [
      ...[activationClass, attentionClass, batchNormalizationClass, dropoutClass, layerNormalizationClass],
      ...[positionClass, sequencePoolingClass, stochasticDepthClass],
    ]
  ) layer();
}
