/**
 * Trains for an epoch. It knows nothing of data sets, of networks, nor of what runs the steps.
 *
 * @module
 */
import { breathe } from "./breathe.ts";
import type { Batch, Trainer } from "./trainer.ts";

/** What came of an epoch: the mean loss, or the step (from 1) at which the loss was NaN or infinite. */
export type EpochOutcome =
  | { readonly kind: "trained"; readonly loss: number; readonly images: number }
  | { readonly kind: "diverged"; readonly step: number; readonly loss: number; readonly images: number };

/** Options of {@linkcode trainEpoch}. */
export interface EpochOptions {
  /** The epoch's batches. */
  readonly batches: Iterable<Batch>;
  /** For all steps, or for each of them, counted from 0 in the epoch. */
  readonly learningRate: number | ((step: number) => number);
  /** When aborted, the epoch ends by throwing the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Trains on each batch once. It lets the event loop turn several times a second. */
export async function trainEpoch(trainer: Trainer, options: EpochOptions): Promise<EpochOutcome> {
  const { batches, learningRate, signal } = options;
  const pause = breathe(signal);
  let sum = 0;
  let images = 0;
  let step = 0;
  for (const batch of batches) {
    const rate = typeof learningRate === "number" ? learningRate : learningRate(step);
    const loss = trainer.train(batch, { learningRate: rate });
    step++;
    images += batch.labels.length;
    if (!Number.isFinite(loss)) return { kind: "diverged", step, loss, images };
    sum += loss * batch.labels.length;
    await pause();
  }
  return { kind: "trained", loss: sum / images, images };
}
