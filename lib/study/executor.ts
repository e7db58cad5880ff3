/**
 * What runs trials: in this process, in child processes, on other machines. Jobs in, results out.
 *
 * @module
 */
import { machineFault } from "../machine_fault.ts";
import { checkOutcome, type TrialJob, type TrialResult } from "./trial.ts";
import type { Epoch, Outcome } from "../training/mod.ts";

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
  readonly onEpoch?: (metrics: Epoch) => void;
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

/**
 * Scores one trial. It throws soon after `signal` is aborted; a UserError or a fault of the machine that it throws ends
 * the whole run, and any other error fails the attempt.
 */
export type RunTrial<R = unknown> = (
  job: TrialJob<R>,
  options: { readonly onEpoch: (metrics: Epoch) => void; readonly signal: AbortSignal },
) => Outcome | Promise<Outcome>;

/** Runs trials in this process, one after the other: for quick functions, and where no child process may be started. */
export class InlineExecutor<R = unknown> implements Executor {
  readonly capacity = 1;
  readonly #run: RunTrial<R>;
  readonly #closed = new AbortController();
  #last: Promise<unknown> = Promise.resolve();

  /** Makes an executor that calls `run` for each trial. */
  constructor(run: RunTrial<R>) {
    this.#run = run;
  }

  run(job: TrialJob, options: ExecutionOptions = {}): Promise<Execution> {
    const execution = this.#last.then(() => this.#execute(job as TrialJob<R>, options));
    this.#last = execution.catch(() => {});
    return execution;
  }

  async #execute(job: TrialJob<R>, { signal, onStart, onEpoch }: ExecutionOptions): Promise<Execution> {
    const either = signal ? AbortSignal.any([signal, this.#closed.signal]) : this.#closed.signal;
    if (either.aborted) return { kind: "cancelled" };
    const began = performance.now();
    const startedAt = new Date().toISOString();
    const epochs: Epoch[] = [];
    const ended = (outcome: TrialResult["outcome"]): Execution => ({
      kind: "ended",
      result: { epochs, outcome, startedAt, seconds: (performance.now() - began) / 1000, attempts: 1 },
    });
    onStart?.({ attempt: 1, startedAt });
    try {
      const outcome = await this.#run(job, {
        signal: either,
        onEpoch: (metrics) => {
          epochs.push(metrics);
          onEpoch?.(metrics);
        },
      });
      return ended(checkOutcome(outcome));
    } catch (error) {
      if (either.aborted) return { kind: "cancelled" };
      const fault = machineFault(error);
      if (fault) throw fault;
      return ended({ kind: "failed", reason: error instanceof Error ? error.message : String(error), attempts: 1 });
    }
  }

  async close(): Promise<void> {
    this.#closed.abort();
    await this.#last;
  }

  /** Cancels what runs and waits. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}
