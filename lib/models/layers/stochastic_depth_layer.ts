/**
 * Stochastic depth: whole examples of a residual branch are left out.
 *
 * @module
 */
import { type MaskArguments, maskLayerClass } from "./mask_layer.ts";
import type { Layer } from "./own_layer.ts";

/** The class of {@linkcode stochasticDepthLayer}. */
export const stochasticDepthClass = maskLayerClass({
  className: "AfosStochasticDepth",
  maskShape: ([batch, ...rest]) => [batch, ...rest.map(() => 1)],
});

/**
 * Stochastic depth (Huang et al., ECCV 2016), to stand at the end of a residual branch: in training an example [...] of
 * [batch, ...] becomes 0 as a whole with probability `rate`, the others grow by 1/(1 − rate). In inference it changes
 * nothing. For when masks change see `randomMask`.
 */
export function stochasticDepthLayer(args: MaskArguments): Layer {
  return new (stochasticDepthClass())(args);
}
