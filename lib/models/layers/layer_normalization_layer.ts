/**
 * Layer normalisation whose gradient is a few operations. (tfjs's own is thousands: it differentiates a tiling, copy by
 * copy.)
 *
 * @module
 */
import { engine, type serialization, type Tensor } from "../../engine/mod.ts";
import { type Layer, layerClass, type Shape, single, type Weight } from "./own_layer.ts";

/** Arguments of {@linkcode layerNormalizationLayer}. */
export interface LayerNormalizationArguments {
  /** The layer's name. */
  readonly name: string;
  /** Added to the variance. */
  readonly epsilon: number;
}

/** Normalises the rows of x [rows, width]; gamma and beta [width]. */
function normalise({ x, gamma, beta, epsilon }: Record<"x" | "gamma" | "beta", Tensor> & { epsilon: number }): Tensor {
  const tf = engine();
  const mean = (values: Tensor) => tf.mean(values, 1, true);
  return tf.customGrad((...args) => {
    const [x, gamma, beta, save] = args as unknown as [Tensor, Tensor, Tensor, (tensors: Tensor[]) => void];
    const centred = tf.sub(x, mean(x));
    const inverse = tf.rsqrt(tf.add(mean(tf.square(centred)), epsilon));
    const normal = tf.mul(centred, inverse);
    save([normal, inverse, gamma]);
    return {
      value: tf.add(tf.mul(normal, gamma), beta),
      gradFunc: (dy: Tensor, saved: Tensor[]) =>
        tf.tidy(() => {
          const [normal, inverse, gamma] = saved;
          const slope = tf.mul(dy, gamma);
          const along = tf.mul(normal, mean(tf.mul(slope, normal)));
          return [
            tf.mul(tf.sub(tf.sub(slope, mean(slope)), along), inverse),
            tf.sum(tf.mul(dy, normal), 0),
            tf.sum(dy, 0),
          ];
        }),
    };
  })(x, gamma, beta);
}

/** The class of {@linkcode layerNormalizationLayer}. */
export const layerNormalizationClass = layerClass((tf) =>
  class LayerNormalization extends tf.layers.Layer {
    static className = "AfosLayerNormalization";
    readonly #epsilon: number;
    #gamma?: Weight;
    #beta?: Weight;

    constructor(args: LayerNormalizationArguments) {
      super({ ...args });
      this.#epsilon = args.epsilon;
    }

    override build(inputShape: Shape | Shape[]): void {
      const width = (inputShape as number[]).at(-1)!;
      this.#gamma = this.addWeight("gamma", [width], "float32", tf.initializers.ones());
      this.#beta = this.addWeight("beta", [width], "float32", tf.initializers.zeros());
      super.build(inputShape);
    }

    override call(inputs: Tensor | Tensor[]): Tensor {
      const x = single(inputs);
      return tf.tidy(() => {
        const rows = tf.reshape(x, [-1, x.shape.at(-1)!]);
        const [gamma, beta] = [this.#gamma!.read(), this.#beta!.read()];
        return tf.reshape(normalise({ x: rows, gamma, beta, epsilon: this.#epsilon }), x.shape);
      });
    }

    override computeOutputShape(inputShape: Shape | Shape[]): Shape | Shape[] {
      return inputShape;
    }

    override getConfig(): serialization.ConfigDict {
      return { ...super.getConfig(), epsilon: this.#epsilon };
    }
  }
);

/**
 * Layer normalisation (Ba, Kiros, Hinton, arXiv 1607.06450) over the last dimension of any shape, in training and
 * inference: (x − mean) / √(variance + epsilon) · gamma + beta. Weights: gamma, beginning with 1, and beta, with 0.
 */
export function layerNormalizationLayer(args: LayerNormalizationArguments): Layer {
  return new (layerNormalizationClass())(args);
}
