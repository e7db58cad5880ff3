/**
 * One run of some trials of a study: counts them, tells what happens, and ends as a whole when one part of it fails. It
 * does not know which trials are kept, nor where.
 *
 * @module
 */
import type { Attempt, Execution, Executor } from "./executor.ts";
import type { Settings } from "./settings.ts";
import type { EpochMetrics, StartedTrial, Trial } from "./trial.ts";

/** How far one run is. */
export interface RunProgress {
  /** How many different trials were asked for. */
  readonly total: number;
  /** How many of them have ended, recalled ones included. */
  readonly ended: number;
  /** How many of them run now. */
  readonly running: number;
}

/** What happens to a trial during a run. */
export type TrialEvent =
  | { readonly kind: "recalled"; readonly trial: Trial }
  | { readonly kind: "started"; readonly trial: StartedTrial; readonly attempt: Attempt }
  | { readonly kind: "epoch"; readonly trial: StartedTrial; readonly metrics: EpochMetrics }
  | { readonly kind: "ended"; readonly trial: Trial };

/** What happens during a run. A trial starts more than once when its worker dies. */
export type StudyEvent = TrialEvent & { readonly progress: RunProgress };

/** Options of `Study.run`. */
export interface RunOptions {
  /** What runs the trials. */
  readonly executor: Executor;
  /** When aborted, running trials are cancelled and the run ends. */
  readonly signal?: AbortSignal;
  /** Called for everything that happens, in the order in which it happens. What it throws ends the run. */
  readonly onEvent?: (event: StudyEvent) => void;
}

/** A run in progress. */
export class StudyRun {
  readonly #total: number;
  readonly #options: RunOptions;
  readonly #stop = new AbortController();
  readonly #signal: AbortSignal;
  readonly #failures: unknown[] = [];
  #ended = 0;
  #running = 0;

  /** Begins a run of `total` different trials. */
  constructor(total: number, options: RunOptions) {
    this.#total = total;
    this.#options = options;
    this.#signal = options.signal ? AbortSignal.any([options.signal, this.#stop.signal]) : this.#stop.signal;
  }

  /** Counts a trial whose result is kept. */
  recall(trial: Trial): void {
    this.#ended++;
    this.#tell({ kind: "recalled", trial });
  }

  /** Runs a trial. It never rejects: what goes wrong cancels it, and all others. */
  async execute(trial: StartedTrial, { settings, onStart }: {
    readonly settings: Settings;
    /** Called before the event, for each attempt. */
    readonly onStart: (started: StartedTrial) => void;
  }): Promise<Execution> {
    const { number: _, startedAt: __, ...spec } = trial;
    let started: StartedTrial | undefined;
    try {
      return await this.#options.executor.run({ ...spec, settings }, {
        signal: this.#signal,
        onStart: (attempt) =>
          this.guard(() => {
            if (!started) this.#running++;
            started = { ...trial, startedAt: attempt.startedAt };
            onStart(started);
            this.#tell({ kind: "started", trial: started, attempt });
          }),
        onEpoch: (metrics) => this.guard(() => this.#tell({ kind: "epoch", trial: started!, metrics })),
      });
    } catch (error) {
      this.#fail(error);
      return { kind: "cancelled" };
    } finally {
      if (started) this.#running--;
    }
  }

  /** Counts a trial that has ended and is kept. */
  end(trial: Trial): void {
    this.#ended++;
    this.#tell({ kind: "ended", trial });
  }

  /** Does something; what it throws ends the run. */
  guard(action: () => void): void {
    try {
      action();
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Throws the first thing that went wrong, if any did. */
  throwFailure(): void {
    if (this.#failures.length > 0) throw this.#failures[0];
  }

  #fail(error: unknown): void {
    this.#failures.push(error);
    this.#stop.abort();
  }

  #tell(event: TrialEvent): void {
    const progress = { total: this.#total, ended: this.#ended, running: this.#running };
    this.#options.onEvent?.({ ...event, progress });
  }
}
