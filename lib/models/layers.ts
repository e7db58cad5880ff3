/**
 * Layers that tfjs lacks: any activation expression, and dropout that is random anew each step but follows from a seed.
 * They know nothing of the networks that they stand in.
 *
 * @module
 */
import type { Expression } from "../activation/expression.ts";
import { format } from "../activation/format.ts";
import { parse } from "../activation/parse.ts";
import { activationTensor } from "../activation/tensor.ts";
import { randomUniform } from "../engine/random_uniform.ts";
import { engine, type serialization, type Tensor, type TensorFlow } from "../engine/tensorflow.ts";
import { trainingStep } from "../engine/training_step.ts";

type Layer = InstanceType<TensorFlow["layers"]["Layer"]>;
type LayerArguments = ConstructorParameters<TensorFlow["layers"]["Layer"]>[0];
type Shape = (number | null)[];

/** Arguments of the dropout layer. */
interface DropoutArguments extends NonNullable<LayerArguments> {
  /** Share of the values that are set to 0, in [0, 1). */
  rate: number;
  /** Seed of the masks, a 31-bit integer. */
  seed: number;
}

interface LayerClasses {
  Activation: new (args: { name: string; expression: string }) => Layer;
  SeededDropout: new (args: DropoutArguments) => Layer;
}

let classes: LayerClasses | undefined;

const single = (inputs: Tensor | Tensor[]): Tensor => Array.isArray(inputs) ? inputs[0] : inputs;

/** The classes, defined and registered with the loaded engine at the first call. */
function layerClasses(): LayerClasses {
  if (classes) return classes;
  const tf = engine();

  class Activation extends tf.layers.Layer {
    static className = "AfosActivation";
    readonly #expression: string;
    readonly #function: (x: Tensor) => Tensor;

    constructor(args: { name: string; expression: string }) {
      super(args);
      this.#expression = args.expression;
      this.#function = activationTensor(parse(args.expression));
    }

    override call(inputs: Tensor | Tensor[]): Tensor {
      return tf.tidy(() => this.#function(single(inputs)));
    }

    override computeOutputShape(inputShape: Shape | Shape[]): Shape | Shape[] {
      return inputShape;
    }

    override getConfig(): serialization.ConfigDict {
      return { ...super.getConfig(), expression: this.#expression };
    }
  }

  class SeededDropout extends tf.layers.Layer {
    static className = "AfosDropout";
    readonly #rate: number;
    readonly #seed: number;
    #step = 0;

    constructor(args: DropoutArguments) {
      super(args);
      this.#rate = args.rate;
      this.#seed = args.seed;
    }

    override call(inputs: Tensor | Tensor[], { training = false }: { training?: boolean } = {}): Tensor {
      const x = single(inputs);
      if (!training || this.#rate === 0) return x;
      return tf.tidy(() => {
        const kept = tf.greaterEqual(randomUniform(x.shape, [this.#seed, trainingStep() ?? this.#step++]), this.#rate);
        return tf.mul(x, tf.mul(tf.cast(kept, "float32"), 1 / (1 - this.#rate)));
      });
    }

    override computeOutputShape(inputShape: Shape | Shape[]): Shape | Shape[] {
      return inputShape;
    }

    override getConfig(): serialization.ConfigDict {
      return { ...super.getConfig(), rate: this.#rate, seed: this.#seed };
    }
  }

  tf.serialization.registerClass(Activation as unknown as serialization.SerializableConstructor<Layer>);
  tf.serialization.registerClass(SeededDropout as unknown as serialization.SerializableConstructor<Layer>);
  return classes = { Activation, SeededDropout };
}

/** A layer that applies an activation expression to every value of its input; any shape. */
export function activationLayer(expression: Expression, { name }: { name: string }): Layer {
  return new (layerClasses().Activation)({ name, expression: format(expression) });
}

/**
 * Inverted dropout (Srivastava et al., JMLR 15, 2014): in training a value becomes 0 with probability `rate`, the
 * others grow by 1/(1 − rate). The k-th training step draws the mask of (seed, k); where nobody counts steps (see
 * `trainingStep`), the k-th call in training does.
 */
export function dropoutLayer(args: { name: string; rate: number; seed: number }): Layer {
  return new (layerClasses().SeededDropout)(args);
}
