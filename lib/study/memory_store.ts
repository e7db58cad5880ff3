/**
 * A study kept in memory: for tests, and for studies that nobody needs tomorrow. It knows nothing of files.
 *
 * @module
 */
import type { StudyHead, StudyStore } from "./store.ts";
import { type StartedTrial, type Trial, trialKey } from "./trial.ts";

/** Keeps a study as long as the process lives. */
export class MemoryStore implements StudyStore {
  /** What the study is. */
  readonly head: StudyHead;
  readonly #ended = new Map<number, Trial>();
  readonly #started = new Map<number, StartedTrial>();
  readonly #keys = new Set<string>();
  readonly #notes = new Map<string, string>();

  /** Makes an empty store for the study. */
  constructor(head: StudyHead) {
    this.head = structuredClone(head);
  }

  trials(): readonly Trial[] {
    return byNumber(this.#ended);
  }

  started(): readonly StartedTrial[] {
    return byNumber(this.#started);
  }

  start(trial: StartedTrial): void {
    this.#started.set(trial.number, structuredClone(trial));
  }

  withdraw(number: number): void {
    this.#started.delete(number);
  }

  end(trial: Trial): void {
    const key = trialKey(trial);
    if (this.#ended.has(trial.number) || this.#keys.has(key)) {
      throw new Error(`Cannot keep trial ${trial.number}: expected a new number and a new key, got ${key}`);
    }
    this.#ended.set(trial.number, structuredClone(trial));
    this.#keys.add(key);
    this.#started.delete(trial.number);
  }

  discard(number: number): void {
    const trial = this.#ended.get(number);
    if (!trial) return;
    this.#ended.delete(number);
    this.#keys.delete(trialKey(trial));
  }

  notes(): ReadonlyMap<string, string> {
    return new Map(this.#notes);
  }

  note(name: string, text: string): void {
    this.#notes.set(name, text);
  }

  close(): void {}

  /** Closes the store. */
  [Symbol.dispose](): void {
    this.close();
  }
}

function byNumber<T extends { number: number }>(trials: ReadonlyMap<number, T>): T[] {
  return [...trials.values()].sort((a, b) => a.number - b.number);
}
