/**
 * A study: runs the trials it is asked for, keeps each as it ends, and recalls those it has. A search is resumed by
 * replaying its loop from the seed: what is kept comes back at once. It knows nothing of training, of searching, of
 * files, or of processes.
 *
 * @module
 */
import { type RunOptions, StudyRun } from "./study_run.ts";
import type { StudyHead, StudyStore } from "./store.ts";
import { type StartedTrial, type Trial, trialKey, type TrialSpec } from "./trial.ts";

/** What came of a run: the trials in the order asked for; of an aborted one those that have ended. */
export type RunOutcome =
  | { readonly kind: "ended"; readonly trials: readonly Trial[] }
  | { readonly kind: "aborted"; readonly trials: readonly Trial[] };

/** A study over a store. */
export class Study implements Disposable {
  readonly #store: StudyStore;
  /** The number of every key that the store has, or that was asked for here. */
  readonly #numbers = new Map<string, number>();
  readonly #used = new Set<number>();
  readonly #ended = new Map<string, Trial>();
  #next = 0;
  #busy = false;

  /** Goes on with what the store has. */
  constructor(store: StudyStore) {
    this.#store = store;
    for (const trial of store.trials()) this.#ended.set(trialKey(trial), trial);
    for (const trial of [...store.started(), ...this.#ended.values()]) {
      this.#numbers.set(trialKey(trial), trial.number);
      this.#used.add(trial.number);
    }
  }

  /** What the study is: name, seed, settings, digest of its data. */
  get head(): StudyHead {
    return this.#store.head;
  }

  /** The trials that have ended, by number. */
  trials(): readonly Trial[] {
    return this.#store.trials();
  }

  /** The trials that have begun and not ended, by number. */
  started(): readonly StartedTrial[] {
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
    const failed = [...this.#ended].filter(([, { outcome }]) => outcome.kind === "failed");
    for (const [key, { number }] of failed) {
      this.#store.discard(number);
      this.#ended.delete(key);
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
   * they end. Rejects with what the executor or the store rejects with, after the other trials are cancelled.
   */
  async run(specs: readonly TrialSpec[], { executor, signal, onEvent }: RunOptions): Promise<RunOutcome> {
    if (this.#busy) throw new Error("Cannot run trials: expected the study to be at rest, got a run in progress");
    this.#busy = true;
    try {
      const wanted = new Map<string, TrialSpec>();
      for (const spec of specs) if (!wanted.has(trialKey(spec))) wanted.set(trialKey(spec), spec);
      const run = new StudyRun(wanted.size, { executor, signal, onEvent });
      const missing: StartedTrial[] = [];
      for (const [key, spec] of wanted) {
        const number = this.#giveNumber(key);
        const trial = this.#ended.get(key);
        if (trial) run.recall(trial);
        else missing.push({ ...spec, number, startedAt: "" });
      }
      await Promise.all(missing.map((trial) => this.#runOne(trial, run)));
      run.throwFailure();
      const trials = specs.flatMap((spec) => this.#ended.get(trialKey(spec)) ?? []);
      return { kind: trials.length === specs.length ? "ended" : "aborted", trials };
    } finally {
      this.#busy = false;
    }
  }

  async #runOne(trial: StartedTrial, run: StudyRun): Promise<void> {
    const execution = await run.execute(trial, {
      settings: { dataDigest: this.head.dataDigest, ...this.head.settings, ...trial.conditions },
      onStart: (started) => this.#store.start(started),
    });
    run.guard(() => {
      if (execution.kind === "cancelled") return this.#store.withdraw(trial.number);
      const ended: Trial = { ...trial, ...execution.result };
      this.#store.end(ended);
      this.#ended.set(trialKey(ended), ended);
      run.end(ended);
    });
  }

  /** A kept trial has its number; a new one gets the next that is free. So a replay numbers as the first run did. */
  #giveNumber(key: string): number {
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.#next;
      while (this.#used.has(number)) number++;
      this.#numbers.set(key, number);
      this.#used.add(number);
    }
    this.#next = number + 1;
    return number;
  }
}
