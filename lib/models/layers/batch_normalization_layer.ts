/**
 * Batch normalisation in TensorFlow's one operation, and another one for its gradient. (tfjs's own is some forty, six of
 * them over all values.)
 *
 * @module
 */
import { engine, nativeBackend, type serialization, type Tensor } from "../../engine/mod.ts";
import { type CallOptions, type Layer, layerClass, type Shape, single, type Weight } from "./own_layer.ts";

/** Arguments of {@linkcode batchNormalizationLayer}. */
export interface BatchNormalizationArguments {
  /** The layer's name. */
  readonly name: string;
  /** Added to the variance (default: 0.001). */
  readonly epsilon?: number;
}

const MOMENTUM = 0.99; // of the moving averages

type Images = Parameters<ReturnType<typeof engine>["batchNorm4d"]>[0];
type Channels = Parameters<ReturnType<typeof engine>["batchNorm4d"]>[1];

/** Images that were normalised by their own mean and variance (divided by n) of each channel, and these. */
interface Normalised {
  readonly value: Tensor;
  readonly mean: Tensor;
  readonly variance: Tensor;
}

/** By TensorFlow's operations; undefined where the engine is another one. */
function normaliseNatively({ x, gamma, beta, epsilon }: {
  readonly x: Tensor;
  readonly gamma: Tensor;
  readonly beta: Tensor;
  readonly epsilon: number;
}): Normalised | undefined {
  const tf = engine();
  const backend = nativeBackend();
  if (!backend) return undefined;
  const { TF_ATTR_TYPE, TF_ATTR_FLOAT, TF_ATTR_BOOL, TF_ATTR_STRING, TF_FLOAT } = backend.binding;
  const attributes = [
    { name: "T", type: TF_ATTR_TYPE, value: TF_FLOAT },
    { name: "U", type: TF_ATTR_TYPE, value: TF_FLOAT },
    { name: "epsilon", type: TF_ATTR_FLOAT, value: epsilon },
    { name: "data_format", type: TF_ATTR_STRING, value: "NHWC" },
    { name: "is_training", type: TF_ATTR_BOOL, value: true },
  ];
  const none = tf.tensor1d([]);
  const [y, mean, corrected, ...saved] = backend.executeMultipleOutputs(
    "FusedBatchNormV3",
    [
      ...attributes,
      { name: "exponential_avg_factor", type: TF_ATTR_FLOAT, value: 1 },
    ],
    [x, gamma, beta, none, none],
    6,
  );
  const value = tf.customGrad((...args) => {
    const [x, gamma, , save] = args as unknown as [Tensor, Tensor, Tensor, (tensors: Tensor[]) => void];
    save([x, gamma, ...saved]);
    return {
      value: y,
      gradFunc: (dy: Tensor, saved: Tensor[]) =>
        backend.executeMultipleOutputs("FusedBatchNormGradV3", attributes, [dy, ...saved], 5).slice(0, 3),
    };
  })(x, gamma, beta);
  // it gives the variance divided by n − 1
  const count = x.size / x.shape.at(-1)!;
  return { value, mean, variance: tf.mul(corrected, Math.max(count - 1, 1) / count) };
}

/** The class of {@linkcode batchNormalizationLayer}. */
export const batchNormalizationClass = layerClass((tf) =>
  class BatchNormalization extends tf.layers.Layer {
    static className = "AfosBatchNormalization";
    readonly #epsilon: number;
    #gamma?: Weight;
    #beta?: Weight;
    #mean?: Weight;
    #variance?: Weight;

    constructor(args: BatchNormalizationArguments) {
      super({ ...args });
      this.#epsilon = args.epsilon ?? 1e-3;
    }

    override build(inputShape: Shape | Shape[]): void {
      const { zeros, ones } = tf.initializers;
      const weight = (name: string, initial: ReturnType<typeof zeros>, trainable: boolean) =>
        this.addWeight(name, [(inputShape as number[]).at(-1)!], "float32", initial, undefined, trainable);
      this.#gamma = weight("gamma", ones(), true);
      this.#beta = weight("beta", zeros(), true);
      this.#mean = weight("moving_mean", zeros(), false);
      this.#variance = weight("moving_variance", ones(), false);
      super.build(inputShape);
    }

    #normalise(x: Tensor): Normalised {
      const [gamma, beta] = [this.#gamma!.read(), this.#beta!.read()];
      const native = normaliseNatively({ x, gamma, beta, epsilon: this.#epsilon });
      if (native) return native;
      const { mean, variance } = tf.moments(x, [0, 1, 2]);
      return { value: this.#scaled(x, mean, variance), mean, variance };
    }

    #scaled(x: Tensor, mean: Tensor, variance: Tensor): Tensor {
      const [gamma, beta] = [this.#gamma!.read(), this.#beta!.read()];
      return tf.batchNorm4d(
        ...[x as Images, mean as Channels, variance as Channels, beta as Channels, gamma as Channels] as const,
        this.#epsilon,
      );
    }

    override call(inputs: Tensor | Tensor[], { training = false }: CallOptions = {}): Tensor {
      return tf.tidy(() => {
        const x = single(inputs);
        const [movingMean, movingVariance] = [this.#mean!, this.#variance!];
        if (!training) return this.#scaled(x, movingMean.read(), movingVariance.read());
        const { value, mean, variance } = this.#normalise(x);
        for (const [moving, current] of [[movingMean, mean], [movingVariance, variance]] as const) {
          const before = moving.read();
          moving.write(tf.sub(before, tf.mul(tf.sub(before, current), 1 - MOMENTUM)));
        }
        return value;
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
 * Batch normalisation (Ioffe, Szegedy, ICML 2015) of images [batch, height, width, channels]: (x − mean) /
 * √(variance + epsilon) · gamma + beta, for each channel. In training mean and variance (divided by n) are the batch's,
 * and go into moving averages with a momentum of 0.99; in inference they are these. Weights, as Keras has them: gamma,
 * beta, and, not trained, the moving mean and variance; initially 1, 0, 0, 1.
 */
export function batchNormalizationLayer(args: BatchNormalizationArguments): Layer {
  return new (batchNormalizationClass())(args);
}
