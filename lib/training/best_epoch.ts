/**
 * Which epoch of a training counts. It knows nothing of how the epochs were trained.
 *
 * @module
 */

/** What of an epoch decides. */
export interface ValidatedEpoch {
  /** Counted from 1. */
  readonly epoch: number;
  /** In [0, 1]. */
  readonly validationAccuracy: number;
  /** Mean loss, in nats. */
  readonly validationLoss: number;
}

/** Whether an epoch is better than another: by validation accuracy, or else by validation loss. */
export function isBetterEpoch(a: ValidatedEpoch, b: ValidatedEpoch): boolean {
  if (a.validationAccuracy !== b.validationAccuracy) return a.validationAccuracy > b.validationAccuracy;
  return a.validationLoss < b.validationLoss;
}

/**
 * The best epoch of a training, the first one of equal ones; undefined where there is none.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { bestEpoch } from "./best_epoch.ts";
 * const epochs = [0.5, 0.75, 0.75].map((validationAccuracy, i) => ({ epoch: i + 1, validationAccuracy, validationLoss: 1 }));
 * assertEquals(bestEpoch(epochs)?.epoch, 2);
 * ```
 */
export function bestEpoch<E extends ValidatedEpoch>(epochs: readonly E[]): E | undefined {
  return epochs.reduce<E | undefined>((best, epoch) => !best || isBetterEpoch(epoch, best) ? epoch : best, undefined);
}
