/**
 * What trains and evaluates a network, batch by batch, whatever runs the operations. It knows nothing of data sets, nor
 * of what the network is trained for.
 *
 * @module
 */
import {
  engine,
  type LayersModel,
  type OptimizerSettings,
  type Scalar,
  type Tensor,
  type Variable,
} from "../engine/mod.ts";

/** A mini-batch of images. */
export interface Batch {
  /** Normalised pixels, row-major [images, height, width, channels]. */
  readonly pixels: Float32Array;
  /** The class of each image. */
  readonly labels: Int32Array;
}

/** A batch's share of an evaluation. */
export interface BatchEvaluation {
  /** Number of images whose largest logit is that of their class. */
  readonly correct: number;
  /** Mean softmax cross-entropy, in nats; may be NaN or infinite. */
  readonly loss: number;
}

/** Options of every trainer. */
export interface TrainerOptions {
  readonly optimizer: OptimizerSettings;
  /** Share of the target that is spread over all classes, in [0, 1) (Szegedy et al., CVPR 2016); default: 0. */
  readonly labelSmoothing?: number;
}

/** Trains a model and evaluates it. It may hold the weights elsewhere: see `download`. */
export interface Trainer extends Disposable {
  /** Takes one optimization step and returns the loss before it. */
  train(batch: Batch, options: { readonly learningRate: number }): number;
  /** Evaluates in inference mode. */
  evaluate(batch: Batch): BatchEvaluation;
  /** Makes the model's weights those that have been trained. */
  download(): void;
  /** Where the training stands, to come back to. */
  save(): TrainerState;
  /** Goes on from where the training stood. */
  restore(state: TrainerState): void;
}

/** All that training changes: weights, the optimizer's slots, and the number of steps. */
export class TrainerState implements Disposable {
  constructor(readonly values: readonly Tensor[], readonly step: number) {}

  [Symbol.dispose](): void {
    engine().dispose([...this.values]);
  }
}

/** The variables of a model's weights, those that are trained or all. */
export function variablesOf(model: LayersModel, which: "all" | "trainable"): Variable[] {
  const weights = which === "all" ? model.weights : model.trainableWeights;
  return weights.map((weight) => (weight as unknown as { val: Variable }).val);
}

/** The shape of a batch's images, in the order of the model's input. */
export function imageShape(model: LayersModel, { labels }: Pick<Batch, "labels">): number[] {
  const [, ...shape] = model.inputs[0].shape as number[];
  return [labels.length, ...shape];
}

/** Mean softmax cross-entropy of logits [batch, classes] against int32 labels [batch]. */
export function crossEntropy(logits: Tensor, labels: Tensor, { smoothing = 0 } = {}): Scalar {
  const tf = engine();
  const oneHot = tf.oneHot(labels, logits.shape[1]!);
  return tf.losses.softmaxCrossEntropy(oneHot, logits, undefined, smoothing) as Scalar;
}

/** The number of hits, and the loss, in inference mode. */
export function evaluation(model: LayersModel, { images, labels }: { images: Tensor; labels: Tensor }) {
  const tf = engine();
  const logits = model.apply(images, { training: false }) as Tensor;
  const correct = tf.sum(tf.cast(tf.equal(tf.argMax(logits, 1), labels), "float32")) as Scalar;
  return { correct, loss: crossEntropy(logits, labels) };
}
