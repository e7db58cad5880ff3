/**
 * What comes of a training: what was measured epoch by epoch, and how it ended.
 *
 * @module
 */

/** What was measured in one epoch. Losses may be NaN or infinite in the last epoch of a training that diverged. */
export interface Epoch {
  /** Counted from 1. */
  readonly epoch: number;
  /** Mean loss over the epoch's steps, each measured before its update, in nats. */
  readonly trainLoss: number;
  /** Mean loss on the validation images after the epoch, in nats. */
  readonly validationLoss: number;
  /** Accuracy on the validation images after the epoch, in [0, 1]. */
  readonly validationAccuracy: number;
  /** Wall time of the epoch's training, without the evaluation. */
  readonly seconds: number;
  /** Number of images trained on. */
  readonly images: number;
  /** Only where several learning rates are tried: that of this epoch. Each rate that is tried has a first epoch. */
  readonly learningRate?: number;
}

/** The scores of a training that was measured at its end. */
export interface Scores {
  /** Validation accuracy / validation loss (AFOS, arXiv 2409.04915); higher is better; finite. */
  readonly fitness: number;
  /** In [0, 1]. */
  readonly validationAccuracy: number;
  /** Mean cross-entropy, in nats; finite. */
  readonly validationLoss: number;
  /** In [0, 1]; only where the test images were asked for. */
  readonly testAccuracy?: number;
  /** Mean cross-entropy, in nats; only where the test images were asked for, and only if it is finite. */
  readonly testLoss?: number;
  /** Only where several learning rates were tried: the one that went on. */
  readonly learningRate?: number;
}

/** All epochs were trained. */
export interface CompleteOutcome extends Scores {
  /** The tag of this outcome. */
  readonly kind: "complete";
}

/** Training was stopped at the gate: the first epoch's accuracy was too low. */
export interface StoppedOutcome extends Scores {
  /** The tag of this outcome. */
  readonly kind: "stopped";
}

/** A loss became NaN or infinite. */
export interface DivergedOutcome {
  /** The tag of this outcome. */
  readonly kind: "diverged";
  /** The worst there is. */
  readonly fitness: 0;
  /** The epoch in which it diverged, counted from 1. */
  readonly epoch: number;
}

/** What came of training a function. */
export type Outcome = CompleteOutcome | StoppedOutcome | DivergedOutcome;

/** The epochs that led to an outcome: without the first epochs of learning rates that did not go on. */
export function chosenEpochs(
  { epochs, outcome }: {
    readonly epochs: readonly Epoch[];
    readonly outcome: { readonly learningRate?: number } | object;
  },
): readonly Epoch[] {
  const chosen = "learningRate" in outcome ? outcome.learningRate : epochs.at(-1)?.learningRate;
  return epochs.filter(({ learningRate }) => learningRate === chosen);
}

/** The metrics by which epochs are compared. */
export type ValidatedEpoch = Pick<Epoch, "epoch" | "validationAccuracy" | "validationLoss">;

/** Whether an epoch is better than another: by validation accuracy, then by validation loss. */
export function isBetterEpoch(a: ValidatedEpoch, b: ValidatedEpoch): boolean {
  if (a.validationAccuracy !== b.validationAccuracy) return a.validationAccuracy > b.validationAccuracy;
  return a.validationLoss < b.validationLoss;
}

/**
 * The best epoch of a training, the first of equal ones; undefined where there is none.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { bestEpoch } from "./outcome.ts";
 * const epochs = [0.5, 0.75, 0.75].map((validationAccuracy, i) => ({ epoch: i + 1, validationAccuracy, validationLoss: 1 }));
 * assertEquals(bestEpoch(epochs)?.epoch, 2);
 * ```
 */
export function bestEpoch<E extends ValidatedEpoch>(epochs: readonly E[]): E | undefined {
  return epochs.reduce<E | undefined>((best, epoch) => !best || isBetterEpoch(epoch, best) ? epoch : best, undefined);
}
