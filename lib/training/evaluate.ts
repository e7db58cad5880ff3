/**
 * Measures a network on images that it was not trained on. It knows nothing of why it is measured.
 *
 * @module
 */
import { breathe } from "./breathe.ts";
import type { Batch, Trainer } from "./trainer.ts";

/** Accuracy in [0, 1] and mean softmax cross-entropy, which may be NaN or infinite. */
export interface Evaluation {
  readonly accuracy: number;
  readonly loss: number;
}

/** Evaluates a network, in inference mode, over batches. It lets the event loop turn several times a second. */
export async function evaluate(
  trainer: Trainer,
  { batches, signal }: { batches: Iterable<Batch>; signal?: AbortSignal },
): Promise<Evaluation> {
  const pause = breathe(signal);
  let correct = 0;
  let sum = 0;
  let images = 0;
  for (const batch of batches) {
    const { correct: hits, loss } = trainer.evaluate(batch);
    correct += hits;
    sum += loss * batch.labels.length;
    images += batch.labels.length;
    await pause();
  }
  return { accuracy: correct / images, loss: sum / images };
}
