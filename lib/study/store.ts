/**
 * Where one study is kept: what every store does, and the one in memory. `testdata/store_contract.ts` is the test that every
 * store must pass.
 *
 * @module
 */
import type { JsonRecord } from "./json.ts";
import { recipeText, type StartedTrial, type Trial, trialKey } from "./trial.ts";

/** What a study is, recorded when it is made and never changed. */
export interface StudyHead {
  /** What it is called; that of a file is the file's name. */
  readonly name: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  /** Everything random in the study comes from it. */
  readonly seed: number;
  /** What was asked for. */
  readonly settings: JsonRecord;
}

/** The store of one study. Every write is done, whole, when its method returns; a crash leaves all earlier writes. */
export interface StudyStore<R = JsonRecord> extends Disposable {
  /** What the study is. */
  readonly head: StudyHead;
  /** The trials that have ended, by number. */
  trials(): readonly Trial<R>[];
  /** The trials that have begun and not ended, by number: running ones, or left by a process that is gone. */
  started(): readonly StartedTrial<R>[];
  /** The trial of this key that has ended. */
  find(key: string): Trial<R> | undefined;
  /**
   * Marks a trial as begun. What was begun before under this number is replaced. Throws an Error where a trial of this
   * number has ended.
   */
  start(trial: StartedTrial<R>): void;
  /** Takes the mark of a trial back: it was cancelled, and leaves nothing. */
  withdraw(number: number): void;
  /** Keeps a trial that has ended, and takes its mark back. Throws an Error where its number or key is taken. */
  end(trial: Trial<R>): void;
  /** Forgets a trial that has ended, if there is one of this number: its number and key are free again. */
  discard(number: number): void;
  /** Notes about the study by name. */
  notes(): ReadonlyMap<string, string>;
  /** Writes a note, or writes over it. */
  note(name: string, text: string): void;
  /** Frees what the store holds. Closing again does nothing. */
  close(): void;
}

/** Keeps a study as long as the process lives. */
export class MemoryStore<R = JsonRecord> implements StudyStore<R> {
  /** What the study is. */
  readonly head: StudyHead;
  readonly #ended = new Map<number, Trial<R>>();
  readonly #started = new Map<number, StartedTrial<R>>();
  readonly #notes = new Map<string, string>();
  /** Each recipe once, by its text. */
  readonly #recipes = new Map<string, R>();
  /** The ended trials by key, made when it is first needed. */
  #byKey: Map<string, Trial<R>> | undefined;
  /** The ended trials by number, made when it is first needed. */
  #sorted: readonly Trial<R>[] | undefined;

  /** Makes an empty store for the study. */
  constructor(head: StudyHead) {
    this.head = structuredClone(head);
  }

  trials(): readonly Trial<R>[] {
    return this.#sorted ??= Object.freeze(byNumber(this.#ended));
  }

  started(): readonly StartedTrial<R>[] {
    return byNumber(this.#started);
  }

  find(key: string): Trial<R> | undefined {
    this.#byKey ??= new Map(this.trials().map((trial) => [trialKey(trial), trial]));
    return this.#byKey.get(key);
  }

  start(trial: StartedTrial<R>): void {
    this.refuseEnded(trial);
    this.#started.set(trial.number, this.#copy(trial));
  }

  withdraw(number: number): void {
    this.#started.delete(number);
  }

  end(trial: Trial<R>): void {
    this.refuseTaken(trial);
    const kept = this.#copy(trial);
    this.load(kept);
    this.#byKey?.set(trialKey(trial), kept);
    this.#started.delete(trial.number);
  }

  discard(number: number): void {
    const trial = this.#ended.get(number);
    if (!trial) return;
    this.#ended.delete(number);
    this.#byKey?.delete(trialKey(trial));
    this.#sorted = undefined;
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

  #copy<T extends StartedTrial<R>>({ recipe, ...trial }: T): T {
    const text = recipeText(recipe);
    if (!this.#recipes.has(text)) this.#recipes.set(text, structuredClone(recipe));
    return { ...structuredClone(trial), recipe: this.#recipes.get(text)! } as T;
  }

  /** Takes in a trial of one's own that has ended, without looking. */
  protected load(trial: Trial<R>): void {
    this.#ended.set(trial.number, trial);
    this.#sorted = undefined;
  }

  /** Throws an Error where a trial of this number has ended. */
  protected refuseEnded({ number }: StartedTrial<R>): void {
    if (this.#ended.has(number)) throw new Error(`Cannot keep trial ${number}: expected a new number`);
  }

  /** Throws an Error where the number or the key of a trial is taken. */
  protected refuseTaken(trial: Trial<R>): void {
    this.refuseEnded(trial);
    const key = trialKey(trial);
    if (this.find(key)) throw new Error(`Cannot keep trial ${trial.number}: expected a new key, got ${key}`);
  }
}

function byNumber<T extends { number: number }>(trials: ReadonlyMap<number, T>): T[] {
  return [...trials.values()].sort((a, b) => a.number - b.number);
}
