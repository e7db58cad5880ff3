/**
 * Learned positions: a vector for each place of a sequence.
 *
 * @module
 */
import type { serialization, Tensor } from "../../engine/mod.ts";
import { initializer, type InitialWeights } from "./initial_weights.ts";
import { type Layer, layerClass, type Shape, single, type Weight } from "./own_layer.ts";

/** Arguments of {@linkcode positionLayer}. */
export interface PositionArguments {
  /** The layer's name. */
  readonly name: string;
  /** Distribution of the initial vectors. */
  readonly initial: InitialWeights;
  /** Seed of the initial vectors, a 31-bit integer. */
  readonly seed: number;
}

/** The class of {@linkcode positionLayer}. */
export const positionClass = layerClass((tf) =>
  class Position extends tf.layers.Layer {
    static className = "AfosPosition";
    readonly #args: PositionArguments;
    #embeddings?: Weight;

    constructor(args: PositionArguments) {
      super({ ...args });
      this.#args = args;
    }

    override build(inputShape: Shape | Shape[]): void {
      const [, tokens, width] = inputShape as number[];
      const { initial } = this.#args;
      this.#embeddings = this.addWeight("embeddings", [tokens, width], "float32", initializer(initial, this.#args));
      super.build(inputShape);
    }

    override call(inputs: Tensor | Tensor[]): Tensor {
      return tf.tidy(() => tf.add(single(inputs), this.#embeddings!.read()));
    }

    override computeOutputShape(inputShape: Shape | Shape[]): Shape | Shape[] {
      return inputShape;
    }

    override getConfig(): serialization.ConfigDict {
      const { initial, seed } = this.#args;
      return { ...super.getConfig(), initial, seed };
    }
  }
);

/** A layer that adds a learned vector to each token: [batch, tokens, width] → the same; weights [tokens, width]. */
export function positionLayer(args: PositionArguments): Layer {
  return new (positionClass())(args);
}
