/**
 * A trial: one function, named by its formula, scored once. Immutable records and the unions of what can come of one.
 * It knows nothing of training, of networks, or of where trials are run and kept.
 *
 * @module
 */
import type { Settings } from "./settings.ts";

/**
 * Why a trial is run: to guide the search, to judge a finalist of it, to choose a learning rate, or to compare functions
 * in a case.
 */
export type TrialKind = typeof TRIAL_KINDS[number];

/** Every kind of trial. */
export const TRIAL_KINDS = ["search", "final", "tuning", "evaluation"] as const;

/** What a trial is asked to score. */
export interface TrialSpec {
  /** Why it is run. */
  readonly kind: TrialKind;
  /** The function's formula. */
  readonly expression: string;
  /** The function's genes, where it has them. */
  readonly genome?: readonly number[];
  /** The same text for equal functions, different for different ones. */
  readonly identity: string;
  /** Everything random in the trial comes from it. */
  readonly seed: number;
  /** Whether the trial is also scored on the test set. */
  readonly test: boolean;
  /** Settings of this trial alone, beside those of its study and in place of them (default: none). */
  readonly conditions?: Settings;
}

/** A trial to run: what to score, and with which settings. */
export interface TrialJob extends TrialSpec {
  /** What it is run with: its study's settings and its own, and the digest of its data as `dataDigest`. */
  readonly settings: Settings;
}

/** What was measured in one epoch. Losses may be NaN or infinite. */
export interface EpochMetrics {
  /** Counted from 1. */
  readonly epoch: number;
  /** The mean loss over the epoch's images. */
  readonly trainLoss: number;
  /** The mean loss after the epoch. */
  readonly validationLoss: number;
  /** In [0, 1]. */
  readonly validationAccuracy: number;
  /** Wall time. */
  readonly seconds: number;
  /** How many images were trained on. */
  readonly images?: number;
}

/** The scores of a trial that trained to its end. */
export interface TrialScores {
  /** Higher is better; finite. */
  readonly fitness: number;
  /** In [0, 1]. */
  readonly validationAccuracy: number;
  /** The mean loss; finite. */
  readonly validationLoss: number;
  /** In [0, 1]; only of trials that ask for it. */
  readonly testAccuracy?: number;
  /** The mean loss; only of trials that ask for it. */
  readonly testLoss?: number;
}

/** A trial that ran all of its epochs. */
export interface CompleteOutcome extends TrialScores {
  /** The tag of this outcome. */
  readonly kind: "complete";
}

/** A trial that a rule ended early, as not worth going on. */
export interface StoppedOutcome extends TrialScores {
  /** The tag of this outcome. */
  readonly kind: "stopped";
}

/** A trial whose loss became NaN or infinite. */
export interface DivergedOutcome {
  /** The tag of this outcome. */
  readonly kind: "diverged";
  /** The worst there is. */
  readonly fitness: 0;
  /** The epoch in which it diverged, counted from 1. */
  readonly epoch: number;
}

/** A trial that could not be run. */
export interface FailedOutcome {
  /** The tag of this outcome. */
  readonly kind: "failed";
  /** What went wrong with the last attempt; the first line says it in short. */
  readonly reason: string;
  /** How many times it was tried. */
  readonly attempts: number;
}

/** What came of training a function. */
export type TrainedOutcome = CompleteOutcome | StoppedOutcome | DivergedOutcome;

/** What came of a trial. */
export type TrialOutcome = TrainedOutcome | FailedOutcome;

/** Where a trial stands. An interrupted one was begun by a process that is gone. */
export type TrialStatus = TrialOutcome["kind"] | "running" | "interrupted";

/** Every status, in the order in which tables show them. */
export const TRIAL_STATUSES: readonly TrialStatus[] = [
  "complete",
  "stopped",
  "diverged",
  "failed",
  "running",
  "interrupted",
];

/** How a trial went: everything but what it was asked to score. */
export interface TrialResult {
  /** What was measured, epoch by epoch. */
  readonly epochs: readonly EpochMetrics[];
  /** What came of it. */
  readonly outcome: TrialOutcome;
  /** When the attempt began that gave the outcome (ISO 8601, UTC). */
  readonly startedAt: string;
  /** Wall time of that attempt. */
  readonly seconds: number;
  /** How many attempts it took, from 1. */
  readonly attempts: number;
  /** The process that ran it, where it was another one. */
  readonly workerPid?: number;
}

/** A trial that has begun and not ended. */
export interface StartedTrial extends TrialSpec {
  /** Counted from 0 in the order in which the trials were asked for. */
  readonly number: number;
  /** When its latest attempt began (ISO 8601, UTC). */
  readonly startedAt: string;
}

/** A trial that has ended. Its settings are those of its study, and its own. */
export interface Trial extends TrialSpec, TrialResult {
  /** Counted from 0 in the order in which the trials were asked for. */
  readonly number: number;
}

/** The same text for trials that must give the same result under the same settings. */
export function trialKey({ kind, identity, seed, test, conditions }: TrialSpec): string {
  return JSON.stringify([kind, identity, seed, test, ...conditions ? [conditionsText(conditions)] : []]);
}

/** The same text for the same conditions, in whatever order they are; it is JSON. */
export function conditionsText(conditions: Settings = {}): string {
  const names = Object.keys(conditions).sort();
  return JSON.stringify(Object.fromEntries(names.map((name) => [name, conditions[name]])));
}

/** The fitness of a trial: that of its outcome, 0 of a failed one. */
export function trialFitness({ outcome }: Pick<Trial, "outcome">): number {
  return outcome.kind === "failed" ? 0 : outcome.fitness;
}

/** The scores of a trial that has any. */
export function trialScores({ outcome }: Pick<Trial, "outcome">): TrialScores | undefined {
  return outcome.kind === "complete" || outcome.kind === "stopped" ? outcome : undefined;
}

/** Makes sure that an outcome can be compared and kept. Throws a RangeError that names the value. */
export function checkOutcome<O extends TrialOutcome>(outcome: O): O {
  for (const [name, value] of Object.entries<unknown>({ ...outcome })) {
    if (typeof value === "number" && !Number.isFinite(value)) {
      throw new RangeError(`Cannot take the outcome "${outcome.kind}": expected a finite ${name}, got ${value}`);
    }
  }
  return outcome;
}
