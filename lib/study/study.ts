/**
 * A study: runs the trials it is asked for, keeps each as it ends, and recalls those it has. A search is resumed by
 * replaying its loop from the seed: what is kept comes back at once.
 *
 * @module
 */
import type { Attempt, Execution, Executor } from "./executor.ts";
import type { JsonRecord } from "./json.ts";
import type { StudyHead, StudyStore } from "./store.ts";
import { type StartedTrial, type Trial, trialKey, type TrialSpec } from "./trial.ts";
import type { Epoch } from "../training/mod.ts";

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
export type TrialEvent<R = JsonRecord> =
  | { readonly kind: "recalled"; readonly trial: Trial<R> }
  | { readonly kind: "started"; readonly trial: StartedTrial<R>; readonly attempt: Attempt }
  | { readonly kind: "epoch"; readonly trial: StartedTrial<R>; readonly metrics: Epoch }
  | { readonly kind: "ended"; readonly trial: Trial<R> };

/** What happens during a run. A trial starts more than once when its worker dies. */
export type StudyEvent<R = JsonRecord> = TrialEvent<R> & { readonly progress: RunProgress };

/** Options of {@linkcode Study.run}. */
export interface RunOptions<R = JsonRecord> {
  /** What runs the trials. */
  readonly executor: Executor;
  /** When aborted, running trials are cancelled and the run ends. */
  readonly signal?: AbortSignal;
  /** Called for everything that happens, in the order in which it happens. What it throws ends the run. */
  readonly onEvent?: (event: StudyEvent<R>) => void;
}

/** What came of a run: the trials in the order asked for; of an aborted one those that have ended. */
export interface RunOutcome<R = JsonRecord> {
  /** Whether all trials have ended. */
  readonly kind: "ended" | "aborted";
  /** The trials that have. */
  readonly trials: readonly Trial<R>[];
}

/** A study over a store. */
export class Study<R = JsonRecord> implements Disposable {
  readonly #store: StudyStore<R>;
  /** The numbers that are taken, and those of the trials that were asked for here or begun before. */
  #numbers: { readonly taken: Set<number>; readonly given: Map<string, number> } | undefined;
  #next = 0;
  /** The trials that run, by key. */
  readonly #running = new Map<string, Promise<void>>();

  /** Goes on with what the store has. */
  constructor(store: StudyStore<R>) {
    this.#store = store;
  }

  /** What the study is: its name, seed and settings. */
  get head(): StudyHead {
    return this.#store.head;
  }

  /** The trials that have ended, by number. */
  trials(): readonly Trial<R>[] {
    return this.#store.trials();
  }

  /** The trials that have begun and not ended, by number. */
  started(): readonly StartedTrial<R>[] {
    return this.#store.started();
  }

  /** Notes about the study by name. */
  notes(): ReadonlyMap<string, string> {
    return this.#store.notes();
  }

  /** Writes a note, or writes over it. */
  note(name: string, text: string): void {
    this.#store.note(name, text);
  }

  /** Forgets the trials that failed, so that a run that asks for them tries them again under their numbers; how many. */
  discardFailed(): number {
    const failed = this.trials().filter(({ outcome }) => outcome.kind === "failed");
    for (const trial of failed) {
      this.#takenNumbers().given.set(trialKey(trial), trial.number);
      this.#store.discard(trial.number);
    }
    return failed.length;
  }

  /** Closes the store. */
  close(): void {
    this.#store.close();
  }

  /** Closes the store. */
  [Symbol.dispose](): void {
    this.close();
  }

  /**
   * Runs the trials that are not kept yet, keeps each as it ends, and resolves to all of them in the order asked for.
   * A trial asked for twice is run once. Numbers follow the order in which trials are asked for, not that in which
   * they end. Rejects with what the executor or the store rejects with, after the other trials of the run are cancelled.
   * Several runs may overlap; a trial that one of them has begun is waited for by the others, and not begun again.
   */
  async run(specs: readonly TrialSpec<R>[], { executor, signal, onEvent }: RunOptions<R>): Promise<RunOutcome<R>> {
    const keys = specs.map(trialKey);
    const wanted = new Map<string, TrialSpec<R>>();
    for (const [i, spec] of specs.entries()) if (!wanted.has(keys[i])) wanted.set(keys[i], spec);
    const stop = new AbortController();
    const stopped = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal;
    const failures: unknown[] = [];
    const fail = (error: unknown) => {
      failures.push(error);
      stop.abort();
    };
    /** What it throws ends the run. */
    const guard = (action: () => void) => {
      try {
        action();
      } catch (error) {
        fail(error);
      }
    };
    let [ended, running] = [0, 0];
    const tell = (event: TrialEvent<R>) => onEvent?.({ ...event, progress: { total: wanted.size, ended, running } });

    const runTrial = async (spec: TrialSpec<R>, number: number): Promise<void> => {
      const { formula, recipe, seed, test } = spec;
      let trial: StartedTrial<R> | undefined;
      const onStart = (attempt: Attempt) => {
        if (!trial) running++;
        trial = { ...spec, number, startedAt: attempt.startedAt };
        this.#store.start(trial);
        tell({ kind: "started", trial, attempt });
      };
      let execution: Execution = { kind: "cancelled" };
      try {
        execution = await executor.run({ formula, recipe, seed, test }, {
          signal: stopped,
          onStart: (attempt) => guard(() => onStart(attempt)),
          onEpoch: (metrics) => guard(() => tell({ kind: "epoch", trial: trial!, metrics })),
        });
      } catch (error) {
        fail(error);
      }
      if (trial) running--;
      guard(() => {
        if (execution.kind === "cancelled") {
          if (trial) this.#store.withdraw(number);
          return;
        }
        const whole: Trial<R> = { ...spec, number, ...execution.result };
        this.#store.end(whole);
        ended++;
        tell({ kind: "ended", trial: whole });
      });
    };

    const missing: Promise<void>[] = [];
    for (const [key, spec] of wanted) {
      const trial = this.#store.find(key);
      const number = this.#giveNumber(key, trial);
      if (trial) {
        ended++;
        tell({ kind: "recalled", trial });
      } else {
        const begun = this.#running.get(key) ?? runTrial(spec, number).finally(() => this.#running.delete(key));
        this.#running.set(key, begun);
        missing.push(begun);
      }
    }
    await Promise.all(missing);
    if (failures.length > 0) throw failures[0];
    const trials = keys.flatMap((key) => this.#store.find(key) ?? []);
    return { kind: trials.length === specs.length ? "ended" : "aborted", trials };
  }

  /** A kept trial has its number; a new one gets the next that is free. So a replay numbers as the first run did. */
  #giveNumber(key: string, kept: Trial<R> | undefined): number {
    const { taken, given } = this.#takenNumbers();
    let number = kept?.number ?? given.get(key);
    if (number === undefined) {
      number = this.#next;
      while (taken.has(number)) number++;
      given.set(key, number);
      taken.add(number);
    }
    this.#next = number + 1;
    return number;
  }

  #takenNumbers() {
    const numbers = (trials: readonly StartedTrial<R>[]) => trials.map(({ number }) => number);
    return this.#numbers ??= {
      taken: new Set([...numbers(this.trials()), ...numbers(this.started())]),
      given: new Map(this.started().map((trial) => [trialKey(trial), trial.number])),
    };
  }
}
