/**
 * Measures a network on images that it was not trained on. It knows nothing of why it is measured.
 *
 * @module
 */
import { engine, type LayersModel, type Tensor } from "../engine/tensorflow.ts";
import { breathe } from "./breathe.ts";
import { type Batch, crossEntropy, imageTensor } from "./train.ts";

/** Accuracy in [0, 1] and mean softmax cross-entropy, which may be NaN or infinite. */
export interface Evaluation {
  readonly accuracy: number;
  readonly loss: number;
}

/** Evaluates a network, in inference mode, over batches. It lets the event loop turn several times a second. */
export async function evaluate(
  model: LayersModel,
  { batches, signal }: { batches: Iterable<Batch>; signal?: AbortSignal },
): Promise<Evaluation> {
  const tf = engine();
  const pause = breathe(signal);
  let correct = 0;
  let sum = 0;
  let images = 0;
  for (const batch of batches) {
    const { labels } = batch;
    const [hits, loss] = tf.tidy(() => {
      const logits = model.apply(imageTensor(model, batch), { training: false }) as Tensor;
      const hits = tf.sum(tf.equal(tf.argMax(logits, 1), tf.tensor1d(labels, "int32")));
      return [hits.dataSync()[0], crossEntropy(logits, labels).dataSync()[0]];
    });
    correct += hits;
    sum += loss * labels.length;
    images += labels.length;
    await pause();
  }
  return { accuracy: correct / images, loss: sum / images };
}
