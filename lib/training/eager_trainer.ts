/**
 * Training operation by operation: works with every engine and every network.
 *
 * @module
 */
import { engine, type LayersModel, type Scalar, type Tensor, withTrainingStep } from "../engine/mod.ts";
import { eagerOptimizer } from "./optimizer.ts";
import {
  type Batch,
  crossEntropy,
  evaluation,
  imageShape,
  type Trainer,
  type TrainerOptions,
  TrainerState,
  variablesOf,
} from "./trainer.ts";

/** Makes a trainer that computes on the model's own weights. */
export function eagerTrainer(model: LayersModel, { optimizer: settings, labelSmoothing }: TrainerOptions): Trainer {
  const tf = engine();
  const variables = variablesOf(model, "trainable");
  const optimizer = eagerOptimizer(variables, settings);
  const tensors = (batch: Batch) => ({
    images: tf.tensor(batch.pixels, imageShape(model, batch), "float32"),
    labels: tf.tensor1d(batch.labels, "int32"),
  });
  const changed = () => [...variablesOf(model, "all"), ...optimizer.slots];
  return {
    train(batch, { learningRate }) {
      return tf.tidy(() => {
        const { images, labels } = tensors(batch);
        const number = tf.scalar(optimizer.steps, "int32") as Scalar;
        const { value, grads } = withTrainingStep(number, () =>
          tf.variableGrads(() => {
            const logits = model.apply(images, { training: true }) as Tensor;
            return crossEntropy(logits, labels, { smoothing: labelSmoothing });
          }, variables));
        optimizer.apply(grads, { learningRate });
        return value.dataSync()[0];
      });
    },
    evaluate(batch) {
      return tf.tidy(() => {
        const { correct, loss } = evaluation(model, tensors(batch));
        return { correct: correct.dataSync()[0], loss: loss.dataSync()[0] };
      });
    },
    download() {},
    save: () => new TrainerState(changed().map((variable) => variable.clone()), optimizer.steps),
    restore(state) {
      for (const [i, variable] of changed().entries()) variable.assign(state.values[i]);
      optimizer.steps = state.step;
    },
    [Symbol.dispose]: () => optimizer[Symbol.dispose](),
  };
}
