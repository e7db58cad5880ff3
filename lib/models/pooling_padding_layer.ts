/**
 * A border that the largest value is never taken from. It knows nothing of the pooling that follows.
 *
 * @module
 */
import type { serialization, Tensor } from "../engine/mod.ts";
import { type Layer, layerClass, type Shape, single } from "./own_layer.ts";

/** Arguments of {@linkcode poolingPaddingLayer}. */
export interface PoolingPaddingArguments {
  /** The layer's name. */
  readonly name: string;
  /** Width of the border on each side, in pixels. */
  readonly padding: number;
}

/** The least float32. */
const LOWEST = -3.4028234663852886e38;

/** The class of {@linkcode poolingPaddingLayer}. */
export const poolingPaddingClass = layerClass((tf) =>
  class PoolingPadding extends tf.layers.Layer {
    static className = "AfosPoolingPadding";
    readonly #padding: number;

    constructor(args: PoolingPaddingArguments) {
      super({ ...args });
      this.#padding = args.padding;
    }

    override call(inputs: Tensor | Tensor[]): Tensor {
      const border: [number, number] = [this.#padding, this.#padding];
      return tf.tidy(() => tf.pad(single(inputs), [[0, 0], border, border, [0, 0]], LOWEST));
    }

    override computeOutputShape(inputShape: Shape | Shape[]): Shape | Shape[] {
      const [batch, height, width, channels] = inputShape as Shape;
      return [batch, ...[height, width].map((size) => size === null ? null : size + 2 * this.#padding), channels];
    }

    override getConfig(): serialization.ConfigDict {
      return { ...super.getConfig(), padding: this.#padding };
    }
  }
);

/**
 * Pads images [batch, height, width, channels] with the least number, for max pooling as PyTorch pads it. tfjs pads
 * with 0, which a function with negative values would lose to.
 */
export function poolingPaddingLayer(args: PoolingPaddingArguments): Layer {
  return new (poolingPaddingClass())(args);
}
