/**
 * Any activation expression as a layer.
 *
 * @module
 */
import { activationTensor, type Expression, format, parse } from "../../activation/mod.ts";
import type { serialization, Tensor } from "../../engine/mod.ts";
import { type Layer, layerClass, type Shape, single } from "./own_layer.ts";

/** Arguments of the class, as they are saved. */
interface ActivationArguments {
  readonly name: string;
  readonly expression: string;
}

/** The class of {@linkcode activationLayer}. */
export const activationClass = layerClass((tf) =>
  class Activation extends tf.layers.Layer {
    static className = "AfosActivation";
    readonly #expression: string;
    readonly #function: (x: Tensor) => Tensor;

    constructor(args: ActivationArguments) {
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
);

/** A layer that applies an activation expression to every value of its input; any shape. */
export function activationLayer(expression: Expression, { name }: { name: string }): Layer {
  return new (activationClass())({ name, expression: format(expression) });
}
