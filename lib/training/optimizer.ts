/**
 * Optimizers in eager mode, by the rules of engine/graph/optimizer.ts. They know nothing of networks.
 *
 * @module
 */
import { engine, type NamedTensorMap, type OptimizerSettings, type Tensor, type Variable } from "../engine/mod.ts";

/** An optimizer with its slots. */
export interface EagerOptimizer extends Disposable {
  /** Steps so far. */
  steps: number;
  /** What it keeps from step to step. */
  readonly slots: readonly Variable[];
  /** Changes the variables by their gradients, which are by the variables' names. */
  apply(gradients: NamedTensorMap, options: { readonly learningRate: number }): void;
}

/** Makes an optimizer for variables. */
export function eagerOptimizer(variables: readonly Variable[], settings: OptimizerSettings): EagerOptimizer {
  const tf = engine();
  const zeros = () => variables.map((variable) => tf.tidy(() => tf.variable(tf.zerosLike(variable), false)));
  const slots = settings.kind === "momentum" ? [zeros()] : [zeros(), zeros()];
  function updated(i: number, { gradient, learningRate }: { gradient: Tensor; learningRate: number }): Tensor {
    const { weightDecay = 0 } = settings;
    const variable = weightDecay === 0 ? variables[i] : tf.mul(variables[i], 1 - learningRate * weightDecay);
    if (settings.kind === "momentum") {
      const [accumulators] = slots;
      accumulators[i].assign(tf.add(tf.mul(accumulators[i], settings.momentum), gradient));
      return tf.sub(variable, tf.mul(accumulators[i], learningRate));
    }
    const { beta1, beta2, epsilon } = settings;
    const [means, squares] = slots;
    means[i].assign(tf.add(tf.mul(means[i], beta1), tf.mul(gradient, 1 - beta1)));
    squares[i].assign(tf.add(tf.mul(squares[i], beta2), tf.mul(tf.square(gradient), 1 - beta2)));
    const rate = learningRate * Math.sqrt(1 - beta2 ** optimizer.steps) / (1 - beta1 ** optimizer.steps);
    return tf.sub(variable, tf.div(tf.mul(means[i], rate), tf.add(tf.sqrt(squares[i]), epsilon)));
  }

  const optimizer: EagerOptimizer = {
    steps: 0,
    slots: slots.flat(),
    apply(gradients, { learningRate }) {
      optimizer.steps++;
      tf.tidy(() => {
        for (const [i, variable] of variables.entries()) {
          const { [variable.name]: gradient } = gradients;
          if (gradient) variable.assign(updated(i, { gradient, learningRate }));
        }
      });
    },
    [Symbol.dispose]: () => tf.dispose(slots),
  };
  return optimizer;
}
