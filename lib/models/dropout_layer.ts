/**
 * Dropout that is random anew each step but follows from a seed. It knows nothing of the networks that it stands in.
 *
 * @module
 */
import type { serialization, Tensor } from "../engine/tensorflow.ts";
import { type CallOptions, type Layer, layerClass, type Shape, single } from "./own_layer.ts";
import { factors, randomMask } from "./random_mask.ts";

/** Arguments of {@linkcode dropoutLayer}. */
export interface DropoutArguments {
  /** The layer's name. */
  readonly name: string;
  /** Share of the values that are set to 0, in [0, 1). */
  readonly rate: number;
  /** Seed of the masks, a 31-bit integer. */
  readonly seed: number;
}

/** The class of {@linkcode dropoutLayer}. */
export const dropoutClass = layerClass((tf) =>
  class SeededDropout extends tf.layers.Layer {
    static className = "AfosDropout";
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
      return training && rate > 0 ? tf.tidy(() => tf.mul(x, factors(this.#mask(x.shape, rate), rate))) : x;
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
 * Inverted dropout (Srivastava et al., JMLR 15, 2014): in training a value becomes 0 with probability `rate`, the
 * others grow by 1/(1 − rate). Any shape; in inference it changes nothing. For when masks change see `randomMask`.
 */
export function dropoutLayer(args: DropoutArguments): Layer {
  return new (dropoutClass())(args);
}
