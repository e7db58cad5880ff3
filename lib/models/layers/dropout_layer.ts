/**
 * Dropout that is random anew each step but follows from a seed.
 *
 * @module
 */
import { type MaskArguments, maskLayerClass } from "./mask_layer.ts";
import type { Layer } from "./own_layer.ts";

/** The class of {@linkcode dropoutLayer}. */
export const dropoutClass = maskLayerClass({ className: "AfosDropout", maskShape: (shape) => shape });

/**
 * Inverted dropout (Srivastava et al., JMLR 15, 2014): in training a value becomes 0 with probability `rate`, the
 * others grow by 1/(1 − rate). Any shape; in inference it changes nothing. For when masks change see `randomMask`.
 */
export function dropoutLayer(args: MaskArguments): Layer {
  return new (dropoutClass())(args);
}
