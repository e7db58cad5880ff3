/**
 * Studies as files in a folder: makes them, opens them, goes on with them. It knows nothing of trials, nor of what the
 * settings mean.
 *
 * @module
 */
import { dirname, join } from "node:path";
import { MemoryStore } from "./memory_store.ts";
import { checkSettings, type Settings, settingsDifferences } from "./settings.ts";
import { naming } from "./sqlite_file.ts";
import { SqliteStore } from "./sqlite_store.ts";
import type { StudyHead } from "./store.ts";
import { Study } from "./study.ts";
import { UserError } from "../user_error.ts";

/** What a new study shall be, or an old one is expected to be. */
export type StudyPlan = Omit<StudyHead, "createdAt">;

/** The end of a study's file name. */
export const STUDY_EXTENSION = ".sqlite";

/** The path of a study's file. Throws a UserError for a name that is no plain file name. */
export function studyPath(folder: string, name: string): string {
  if (!/^[\p{L}\p{N}][\p{L}\p{N} ._-]*$/u.test(name)) {
    throw new UserError(
      `Cannot name a study ${JSON.stringify(name)}: expected letters, digits, spaces, ".", "_" or "-", ` +
        `with a letter or a digit first`,
    );
  }
  return join(folder, `${name}${STUDY_EXTENSION}`);
}

/**
 * Makes a new study: in the file `path`, whose folder is made where it is missing, or without a path in memory. Throws
 * a UserError where there is such a file, and a RangeError for settings that JSON cannot hold.
 */
export function createStudy(plan: StudyPlan, { path }: { readonly path?: string } = {}): Study {
  checkSettings(plan.settings);
  const { name, seed, settings, dataDigest } = plan;
  const head: StudyHead = { name, createdAt: new Date().toISOString(), seed, settings, dataDigest };
  if (path === undefined) return new Study(new MemoryStore(head));
  naming(path, () => Deno.mkdirSync(dirname(path), { recursive: true }));
  return new Study(SqliteStore.create(path, head));
}

/**
 * Opens the study of a file. Throws a UserError where there is none, where it is damaged, where another process writes
 * to it, or where it is not as `expected`: seed, digest of the data and settings, with the list of differences.
 */
export function openStudy(path: string, options: {
  /** Default: `"write"`. Any number of processes may read. */
  readonly access?: "read" | "write";
  /** What the study must be; its name may differ. Default: anything. */
  readonly expected?: Omit<StudyPlan, "name">;
} = {}): Study {
  const { access = "write", expected } = options;
  const store = SqliteStore.open(path, { access });
  const differences = expected ? settingsDifferences(comparable(store.head), comparable(expected)) : [];
  if (differences.length > 0) {
    store.close();
    throw new UserError(
      `Cannot go on with study ${path}: ${differences.join("; ")}. ` +
        `Ask for what the study has, or choose another name`,
    );
  }
  return new Study(store);
}

/** Opens the study of a file as {@linkcode openStudy}, or makes it as {@linkcode createStudy} where there is none. */
export function resumeStudy(plan: StudyPlan, { path }: { readonly path: string }): Study {
  return isFile(path) ? openStudy(path, { expected: plan }) : createStudy(plan, { path });
}

function comparable({ seed, dataDigest, settings }: Omit<StudyPlan, "name">): Settings {
  return { seed, dataDigest, ...settings };
}

function isFile(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch {
    return false;
  }
}
