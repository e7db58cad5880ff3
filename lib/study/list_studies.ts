/**
 * What studies a folder has. It reads them all and changes none.
 *
 * @module
 */
import { basename, join } from "node:path";
import { SqliteStore } from "./sqlite_store.ts";
import { STUDY_EXTENSION } from "./study_file.ts";
import { type Trial, TRIAL_STATUSES, trialFitness, type TrialStatus } from "./trial.ts";
import { UserError } from "../user_error.ts";

/** A study in a list. One that cannot be read says why. */
export type StudySummary =
  | {
    readonly kind: "study";
    /** The name of the file without its end: what opens the study. */
    readonly name: string;
    readonly path: string;
    /** ISO 8601, UTC. */
    readonly createdAt: string;
    /** How many trials have each status. */
    readonly trials: Readonly<Record<TrialStatus, number>>;
    /** The best fitness of its search trials. */
    readonly bestFitness?: number;
  }
  | { readonly kind: "broken"; readonly name: string; readonly path: string; readonly reason: string };

/** The studies of a folder by name; none where there is no such folder. */
export function listStudies(folder: string): StudySummary[] {
  let names: string[];
  try {
    names = [...Deno.readDirSync(folder)].map(({ name }) => name);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    const why = error instanceof Error ? error.message : String(error);
    throw new UserError(`Cannot list studies in ${folder}: ${why}: choose another folder`, { cause: error });
  }
  return names.filter((name) => name.endsWith(STUDY_EXTENSION)).sort().map((name) => summary(join(folder, name)));
}

function summary(path: string): StudySummary {
  const name = basename(path, STUDY_EXTENSION);
  try {
    using store = SqliteStore.open(path, { access: "read" });
    const ended = store.trials();
    const left = SqliteStore.isHeld(path) ? "running" : "interrupted";
    const fitness = ended.filter(({ kind }) => kind === "search").map(trialFitness);
    return {
      kind: "study",
      name,
      path,
      createdAt: store.head.createdAt,
      trials: { ...count(ended), [left]: store.started().length },
      ...fitness.length > 0 && { bestFitness: Math.max(...fitness) },
    };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { kind: "broken", name, path, reason: error.message };
  }
}

function count(trials: readonly Trial[]): Record<TrialStatus, number> {
  const counts = Object.fromEntries(TRIAL_STATUSES.map((status) => [status, 0])) as Record<TrialStatus, number>;
  for (const { outcome } of trials) counts[outcome.kind]++;
  return counts;
}
