/**
 * Sequence pooling: the tokens' mean, weighted by what the layer learns of them.
 *
 * @module
 */
import type { serialization, Tensor } from "../../engine/mod.ts";
import { initializer, type InitialWeights } from "./initial_weights.ts";
import { type Layer, layerClass, type Shape, single, type Weight } from "./own_layer.ts";

/** Arguments of {@linkcode sequencePoolingLayer}. */
export interface SequencePoolingArguments {
  /** The layer's name. */
  readonly name: string;
  /** Distribution of the initial kernel; the bias begins with 0. */
  readonly initial: InitialWeights;
  /** Seed of the initial kernel, a 31-bit integer. */
  readonly seed: number;
}

/** The class of {@linkcode sequencePoolingLayer}. */
export const sequencePoolingClass = layerClass((tf) =>
  class SequencePooling extends tf.layers.Layer {
    static className = "AfosSequencePooling";
    readonly #args: SequencePoolingArguments;
    #kernel?: Weight;
    #bias?: Weight;

    constructor(args: SequencePoolingArguments) {
      super({ ...args });
      this.#args = args;
    }

    override build(inputShape: Shape | Shape[]): void {
      const width = (inputShape as number[])[2];
      this.#kernel = this.addWeight("kernel", [width, 1], "float32", initializer(this.#args.initial, this.#args));
      this.#bias = this.addWeight("bias", [1], "float32", tf.initializers.zeros());
      super.build(inputShape);
    }

    override call(inputs: Tensor | Tensor[]): Tensor {
      const x = single(inputs);
      const [batch, tokens, width] = x.shape;
      return tf.tidy(() => {
        const scores = tf.matMul(tf.reshape(x, [batch * tokens, width]), this.#kernel!.read());
        const weights = tf.softmax(tf.reshape(tf.add(scores, this.#bias!.read()), [batch, 1, tokens]));
        return tf.reshape(tf.matMul(weights, x), [batch, width]);
      });
    }

    override computeOutputShape(inputShape: Shape | Shape[]): Shape | Shape[] {
      const [batch, , width] = inputShape as Shape;
      return [batch, width];
    }

    override getConfig(): serialization.ConfigDict {
      const { initial, seed } = this.#args;
      return { ...super.getConfig(), initial, seed };
    }
  }
);

/**
 * Sequence pooling (Hassani et al., arXiv 2104.05704): [batch, tokens, width] → [batch, width], the sum of the tokens
 * with the weights softmax(x · kernel + bias) over the tokens. Weights: kernel [width, 1], bias [1].
 */
export function sequencePoolingLayer(args: SequencePoolingArguments): Layer {
  return new (sequencePoolingClass())(args);
}
