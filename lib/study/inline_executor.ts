/**
 * Runs trials in this process, one after the other: for quick functions, and where no child process may be started. It
 * does not know what the given function does.
 *
 * @module
 */
import type { Execution, ExecutionOptions, Executor } from "./executor.ts";
import { checkOutcome, type EpochMetrics, type TrainedOutcome, type TrialJob } from "./trial.ts";
import { machineFault } from "../machine_fault.ts";

/** Scores one trial. It throws when `signal` is aborted, and what it throws otherwise makes the trial a failed one. */
export type RunTrial = (
  job: TrialJob,
  options: { readonly onEpoch: (metrics: EpochMetrics) => void; readonly signal: AbortSignal },
) => TrainedOutcome | Promise<TrainedOutcome>;

/** An executor without processes. */
export class InlineExecutor implements Executor {
  readonly capacity = 1;
  readonly #run: RunTrial;
  readonly #closed = new AbortController();
  #last: Promise<unknown> = Promise.resolve();

  /** Makes an executor that calls `run` for each trial. */
  constructor(run: RunTrial) {
    this.#run = run;
  }

  run(job: TrialJob, options: ExecutionOptions = {}): Promise<Execution> {
    const execution = this.#last.then(() => this.#execute(job, options));
    this.#last = execution.catch(() => {});
    return execution;
  }

  async #execute(job: TrialJob, { signal, onStart, onEpoch }: ExecutionOptions): Promise<Execution> {
    const either = signal ? AbortSignal.any([signal, this.#closed.signal]) : this.#closed.signal;
    if (either.aborted) return { kind: "cancelled" };
    const began = performance.now();
    const startedAt = new Date().toISOString();
    const epochs: EpochMetrics[] = [];
    const ended = (outcome: TrainedOutcome | { kind: "failed"; reason: string; attempts: number }): Execution => ({
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
