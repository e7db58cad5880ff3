/**
 * Layers that set values to 0 at random in training.
 *
 * @module
 */
import type { serialization, Tensor } from "../../engine/mod.ts";
import { type CallOptions, type Layer, layerClass, type Shape, single } from "./own_layer.ts";
import { factors, randomMask } from "./random_mask.ts";

/** Arguments of a layer that masks. */
export interface MaskArguments {
  /** The layer's name. */
  readonly name: string;
  /** Share of the values that are set to 0, in [0, 1). */
  readonly rate: number;
  /** Seed of the masks, a 31-bit integer. */
  readonly seed: number;
}

/** What a masking layer is saved as, and the shape of its masks, which are spread over its inputs. */
export interface MaskKind {
  readonly className: string;
  readonly maskShape: (inputShape: number[]) => number[];
}

/**
 * The class of a layer that in training multiplies its inputs, of any shape, by masks of 0 and 1/(1 − rate), and in
 * inference changes nothing. For when masks change see `randomMask`.
 */
export function maskLayerClass({ className, maskShape }: MaskKind): () => new (args: MaskArguments) => Layer {
  return layerClass((tf) =>
    class MaskLayer extends tf.layers.Layer {
      static className = className;
      readonly #args: MaskArguments;
      readonly #mask;

      constructor(args: MaskArguments) {
        super({ ...args });
        this.#args = args;
        this.#mask = randomMask(args.seed);
      }

      override call(inputs: Tensor | Tensor[], { training = false }: CallOptions = {}): Tensor {
        const x = single(inputs);
        const { rate } = this.#args;
        if (!training || rate === 0) return x;
        return tf.tidy(() => tf.mul(x, factors(this.#mask(maskShape(x.shape), rate), rate)));
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
}
