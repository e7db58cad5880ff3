/**
 * What runs trials: in this process, in child processes, on other machines. It does not know why a trial is run, nor
 * where its result is kept.
 *
 * @module
 */
import type { EpochMetrics, TrialJob, TrialResult } from "./trial.ts";

/** An attempt at a trial. */
export interface Attempt {
  /** Counted from 1. */
  readonly attempt: number;
  /** When it began (ISO 8601, UTC). */
  readonly startedAt: string;
  /** The process that runs it, where it is another one. */
  readonly workerPid?: number;
}

/** Options of {@linkcode Executor.run}. */
export interface ExecutionOptions {
  /** When aborted, the trial is cancelled. */
  readonly signal?: AbortSignal;
  /** Called when an attempt really begins, after waiting for a free place. */
  readonly onStart?: (attempt: Attempt) => void;
  /** Called after each epoch of the attempt. */
  readonly onEpoch?: (metrics: EpochMetrics) => void;
}

/** What came of handing a trial to an executor. A cancelled one leaves nothing. */
export type Execution = { readonly kind: "ended"; readonly result: TrialResult } | { readonly kind: "cancelled" };

/** Runs trials, as many at a time as it has places for; the others wait in the order in which they came. */
export interface Executor extends AsyncDisposable {
  /** How many trials run at a time. */
  readonly capacity: number;
  /**
   * Runs one trial. What goes wrong with the function is an outcome; a fault of the machine (no engine, no data, no
   * memory, no disk) rejects with a UserError, and the trial can be run another time.
   */
  run(job: TrialJob, options?: ExecutionOptions): Promise<Execution>;
  /** Cancels what runs and waits, frees everything, and resolves when that is done. */
  close(): Promise<void>;
}
