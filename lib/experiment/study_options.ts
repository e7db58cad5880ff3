/**
 * What searches and evaluations have in common: where their study is, what trains, how a run is watched and ended. It
 * knows nothing of either.
 *
 * @module
 */
import type { Progress } from "../datasets/mod.ts";
import { type JsonRecord, openStudy, type RunOptions } from "../study/mod.ts";
import { UserError } from "../user_error.ts";

/** Where a study is, and what trains. */
export interface StudyOptions {
  /** The study's name; an existing one is resumed. */
  readonly study: string;
  /** The folder of the studies. */
  readonly folder: string;
  /** The engine (default: the study's, `AFOS_ENGINE`, or `tensorflow`). */
  readonly engine?: string;
  /** Processes that train at a time (default: one a core). It does not change any result. */
  readonly workers?: number;
  /** When aborted, the preparation ends by throwing the signal's reason. */
  readonly signal?: AbortSignal;
  /** Called with a line for each step of the preparation. */
  readonly log?: (line: string) => void;
  /** Called with what is being done while a data set is fetched (default: steps go to `log`). */
  readonly onProgress?: (progress: Progress) => void;
}

/** How a run is ended and watched: when the signal is aborted, what runs is cancelled, and the study can be resumed. */
export type WatchOptions = Pick<RunOptions, "signal" | "onEvent">;

/** What an existing study says of itself. */
export interface RecordedStudy {
  readonly seed: number;
  readonly settings: JsonRecord;
  readonly notes: ReadonlyMap<string, string>;
}

/** Reads what an existing study says of itself; undefined where there is none. */
export function recordedStudy(path: string): RecordedStudy | undefined {
  try {
    Deno.statSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw new UserError(`Cannot open study ${path}: ${(error as Error).message}`);
  }
  using study = openStudy(path, { access: "read" });
  const { seed, settings } = study.head;
  return { seed, settings, notes: study.notes() };
}

/** The fields that have a value. */
export function withoutUndefined<T extends object>(record: T): Partial<T> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as Partial<T>;
}
