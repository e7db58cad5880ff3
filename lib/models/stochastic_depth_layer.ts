/**
 * Stochastic depth: whole examples of a residual branch are left out. It knows nothing of the branch, nor of the sum.
 *
 * @module
 */
import type { serialization, Tensor } from "../engine/tensorflow.ts";
import type { DropoutArguments } from "./dropout_layer.ts";
import { type CallOptions, type Layer, layerClass, type Shape, single } from "./own_layer.ts";
import { factors, randomMask } from "./random_mask.ts";

/** The class of {@linkcode stochasticDepthLayer}. */
export const stochasticDepthClass = layerClass((tf) =>
  class StochasticDepth extends tf.layers.Layer {
    static className = "AfosStochasticDepth";
    readonly #args: DropoutArguments;
    readonly #mask;

    constructor(args: DropoutArguments) {
      super({ ...args });
      this.#args = args;
      this.#mask = randomMask(args.seed);
    }

    override call(inputs: Tensor | Tensor[], { training = false }: CallOptions = {}): Tensor {
      const x = single(inputs);
      const { rate } = this.#args;
      if (!training || rate === 0) return x;
      const [batch, ...rest] = x.shape;
      return tf.tidy(() => tf.mul(x, factors(this.#mask([batch, ...rest.map(() => 1)], rate), rate)));
    }

    override computeOutputShape(inputShape: Shape | Shape[]): Shape | Shape[] {
      return inputShape;
    }

    override getConfig(): serialization.ConfigDict {
      const { rate, seed } = this.#args;
      return { ...super.getConfig(), rate, seed };
    }
  }
);

/**
 * Stochastic depth (Huang et al., ECCV 2016), to stand at the end of a residual branch: in training an example [...] of
 * [batch, ...] becomes 0 as a whole with probability `rate`, the others grow by 1/(1 − rate). In inference it changes
 * nothing. For when masks change see `randomMask`.
 */
export function stochasticDepthLayer(args: DropoutArguments): Layer {
  return new (stochasticDepthClass())(args);
}
