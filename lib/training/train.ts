/**
 * Trains a network for an epoch: stochastic gradient descent on softmax cross-entropy. It knows nothing of data sets,
 * nor of what the network is trained for.
 *
 * @module
 */
import { engine, type LayersModel, type Optimizer, type Scalar, type Tensor } from "../engine/tensorflow.ts";
import { breathe } from "./breathe.ts";

/** A mini-batch of images. */
export interface Batch {
  /** Normalised pixels, row-major [images, height, width, channels]. */
  readonly pixels: Float32Array;
  /** The class of each image. */
  readonly labels: Int32Array;
}

/** What came of an epoch: the mean loss, or the step (from 1) at which the loss was NaN or infinite. */
export type EpochOutcome =
  | { readonly kind: "trained"; readonly loss: number; readonly images: number }
  | { readonly kind: "diverged"; readonly step: number; readonly loss: number; readonly images: number };

/** Options of {@linkcode trainEpoch}. */
export interface EpochOptions {
  /** The epoch's batches; the tensors that are made of them are disposed after each step. */
  readonly batches: Iterable<Batch>;
  /** The optimizer; it is changed by training, as the model is. */
  readonly optimizer: Optimizer;
  /** When aborted, the epoch ends by throwing the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Pixels of a batch as a tensor of the model's input shape. */
export function imageTensor(model: LayersModel, { pixels, labels }: Batch): Tensor {
  const [, ...shape] = model.inputs[0].shape as number[];
  return engine().tensor(pixels, [labels.length, ...shape], "float32");
}

/** Mean softmax cross-entropy of logits [batch, classes] against labels [batch]. */
export function crossEntropy(logits: Tensor, labels: Int32Array): Scalar {
  const tf = engine();
  const oneHot = tf.oneHot(tf.tensor1d(labels, "int32"), logits.shape[1]!);
  return tf.losses.softmaxCrossEntropy(oneHot, logits) as Scalar;
}

/** Takes one optimization step on a batch and returns the loss before it. */
export function trainStep(model: LayersModel, { batch, optimizer }: { batch: Batch; optimizer: Optimizer }): number {
  return engine().tidy(() => {
    const images = imageTensor(model, batch);
    const loss = () => crossEntropy(model.apply(images, { training: true }) as Tensor, batch.labels);
    return optimizer.minimize(loss, true)!.dataSync()[0];
  });
}

/** Trains on each batch once. It lets the event loop turn several times a second. */
export async function trainEpoch(model: LayersModel, options: EpochOptions): Promise<EpochOutcome> {
  const { batches, optimizer, signal } = options;
  const pause = breathe(signal);
  let sum = 0;
  let images = 0;
  let step = 0;
  for (const batch of batches) {
    const loss = trainStep(model, { batch, optimizer });
    step++;
    images += batch.labels.length;
    if (!Number.isFinite(loss)) return { kind: "diverged", step, loss, images };
    sum += loss * batch.labels.length;
    await pause();
  }
  return { kind: "trained", loss: sum / images, images };
}
