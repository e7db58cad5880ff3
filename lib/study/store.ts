/**
 * Where one study is kept. It does not know who asks for trials, nor what runs them; `store_contract.ts` is the one
 * test that every store must pass.
 *
 * @module
 */
import type { Settings } from "./settings.ts";
import type { StartedTrial, Trial } from "./trial.ts";

/** What a study is, recorded when it is made and never changed. */
export interface StudyHead {
  /** What it is called. */
  readonly name: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  /** Everything random in the study comes from it. */
  readonly seed: number;
  /** What every trial of the study is run with. */
  readonly settings: Settings;
  /** A digest of the data that the trials use. */
  readonly dataDigest: string;
}

/** The store of one study. Every write is done, whole, when its method returns; a crash leaves all earlier writes. */
export interface StudyStore extends Disposable {
  /** What the study is. */
  readonly head: StudyHead;
  /** The trials that have ended, by number. */
  trials(): readonly Trial[];
  /** The trials that have begun and not ended, by number: running ones, or left by a process that is gone. */
  started(): readonly StartedTrial[];
  /** Marks a trial as begun. What was begun before under this number is replaced. */
  start(trial: StartedTrial): void;
  /** Takes the mark of a trial back: it was cancelled, and leaves nothing. */
  withdraw(number: number): void;
  /** Keeps a trial that has ended, and takes its mark back. Throws an Error where its number or key is taken. */
  end(trial: Trial): void;
  /** Forgets a trial that has ended, if there is one of this number: its number and key are free again. */
  discard(number: number): void;
  /** Notes about the study by name. */
  notes(): ReadonlyMap<string, string>;
  /** Writes a note, or writes over it. */
  note(name: string, text: string): void;
  /** Frees what the store holds. Closing again does nothing. */
  close(): void;
}
