/**
 * Studies as files in a folder: made, opened, gone on with, listed, renamed, deleted.
 *
 * @module
 */
import { basename, dirname, join } from "node:path";
import { didYouMean } from "../closest.ts";
import { UserError } from "../user_error.ts";
import { checkJson, differences, type JsonRecord } from "./json.ts";
import {
  asWriting,
  journalPath,
  lockPath,
  SqliteStore,
  STUDY_EXTENSION,
  summarizeFile,
  withLock,
} from "./sqlite_store.ts";
import { MemoryStore, type StudyHead } from "./store.ts";
import { Study } from "./study.ts";
import { TRIAL_STATUSES, type TrialStatus } from "./trial.ts";

/** What a new study shall be, or an old one is expected to be. */
export type StudyPlan = Omit<StudyHead, "createdAt">;

/** The path of a study's file. Throws a UserError for a name that is no plain file name. */
export function studyPath(folder: string, name: string): string {
  if (!/^[\p{L}\p{N}][\p{L}\p{M}\p{N} ._-]*$/u.test(name)) {
    throw new UserError(
      `Cannot name a study ${JSON.stringify(name)}: expected letters, digits, spaces, ".", "_" or "-", ` +
        `with a letter or a digit first`,
    );
  }
  return join(folder, `${name.normalize("NFC")}${STUDY_EXTENSION}`); // é has two forms
}

/** The path of the picture that a command may leave beside a study's file. */
export function picturePath(folder: string, name: string): string {
  return `${studyPath(folder, name).slice(0, -STUDY_EXTENSION.length)}.svg`;
}

/**
 * A name for a new study, after the time and different for each process that asks: it is reserved by the file of the
 * study's lock. The folder is made where it is missing.
 */
export function newStudyName(kind: string, { folder }: { readonly folder: string }): string {
  const time = new Date().toISOString().slice(0, 19).replace(/[-:]/g, "").replace("T", "-");
  return asWriting(folder, () => {
    Deno.mkdirSync(folder, { recursive: true });
    for (let i = 1;; i++) {
      const name = `${kind}-${time}${i > 1 ? `-${i}` : ""}`;
      try {
        Deno.openSync(lockPath(studyPath(folder, name)), { write: true, createNew: true }).close();
        return name;
      } catch (error) {
        if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
      }
    }
  });
}

/** Gives back a name of {@linkcode newStudyName} under which no study was made. */
export function forgetStudyName(folder: string, name: string): void {
  const path = studyPath(folder, name);
  if (!isFile(path) && isFile(lockPath(path)) && !SqliteStore.isHeld(path)) Deno.removeSync(lockPath(path));
}

/**
 * Makes a new study: in the file `path`, whose folder is made where it is missing, or without a path in memory. Throws
 * a UserError where there is such a file, and a RangeError for settings that JSON cannot hold.
 */
export function createStudy<R = JsonRecord>(plan: StudyPlan, { path }: { readonly path?: string } = {}): Study<R> {
  const { name, seed, settings } = plan;
  checkJson(settings);
  const head = { createdAt: new Date().toISOString(), seed, settings };
  if (path === undefined) return new Study(new MemoryStore<R>({ name, ...head }));
  asWriting(path, () => Deno.mkdirSync(dirname(path), { recursive: true }));
  return new Study(SqliteStore.create<R>(path, head));
}

/**
 * Opens the study of a file. Throws a UserError where there is none, where it is damaged, where another process writes
 * to it, or where it is not as `expected`: seed and settings, with the list of differences.
 */
export function openStudy<R = JsonRecord>(path: string, options: {
  /** Default: `"write"`. Any number of processes may read. */
  readonly access?: "read" | "write";
  /** What the study must be; its name may differ. Default: anything. */
  readonly expected?: Omit<StudyPlan, "name">;
} = {}): Study<R> {
  const { access = "write", expected } = options;
  const store = SqliteStore.open<R>(path, { access });
  const comparable = ({ seed, settings }: Omit<StudyPlan, "name">) => ({ seed, ...settings });
  const found = expected ? differences(comparable(store.head), comparable(expected)) : [];
  if (found.length > 0) {
    store.close();
    throw new UserError(
      `Cannot go on with study ${path}: ${found.join("; ")}. Ask for what the study has, or choose another name`,
    );
  }
  return new Study(store);
}

/** Opens the study of a file as {@linkcode openStudy}, or makes it as {@linkcode createStudy} where there is none. */
export function resumeStudy<R = JsonRecord>(plan: StudyPlan, { path }: { readonly path: string }): Study<R> {
  return isFile(path) ? openStudy(path, { expected: plan }) : createStudy(plan, { path });
}

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
    /** The trial with the highest fitness. */
    readonly best?: { readonly formula: string; readonly fitness: number };
  }
  | { readonly kind: "broken"; readonly name: string; readonly path: string; readonly reason: string };

/** The studies of a folder by name; none where there is no such folder. */
export function listStudies(folder: string): StudySummary[] {
  try {
    const names = [...Deno.readDirSync(folder)].map(({ name }) => name).filter((name) =>
      name.endsWith(STUDY_EXTENSION)
    );
    return names.sort().map((name) => summary(join(folder, name)));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    const why = error instanceof Error ? error.message : String(error);
    throw new UserError(`Cannot list studies in ${folder}: ${why}: choose another folder`, { cause: error });
  }
}

function summary(path: string): StudySummary {
  const name = basename(path, STUDY_EXTENSION);
  try {
    const { head: { createdAt }, counts, best } = summarizeFile(path);
    const left = SqliteStore.isHeld(path) ? "running" : "interrupted";
    const count = (status: TrialStatus) => counts.get(status === left ? "started" : status) ?? 0;
    const trials = Object.fromEntries(TRIAL_STATUSES.map((status) => [status, count(status)]));
    return { kind: "study", name, path, createdAt, trials: trials as Record<TrialStatus, number>, ...best && { best } };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { kind: "broken", name, path, reason: error.message };
  }
}

/** The name of the study of a folder that was written to last. Throws a UserError where there is none. */
export function latestStudy(folder: string): string {
  const studies = listStudies(folder).map(({ name, path }) => ({
    name,
    time: Deno.statSync(path).mtime?.getTime() ?? 0,
  }));
  const [latest] = studies.sort((a, b) => b.time - a.time);
  if (latest) return latest.name;
  throw new UserError(`Cannot find the latest study: expected studies in ${folder}, got none`);
}

/** Deletes a study, and its picture. Throws a UserError where there is none, and where a process writes to it. */
export function deleteStudy(folder: string, name: string): void {
  const path = existing(folder, name);
  withLock(path, (lock) => {
    asWriting(
      path,
      () =>
        [path, journalPath(path), lockPath(path), picturePath(folder, name)].filter(isFile).forEach((file) =>
          Deno.removeSync(file)
        ),
    );
    lock[Symbol.dispose]();
  });
}

/**
 * Renames a study, and its picture. Throws a UserError where there is none, where a process writes to it, and where the
 * name is taken.
 */
export function renameStudy(folder: string, { from, to }: { readonly from: string; readonly to: string }): void {
  const [path, target] = [existing(folder, from), studyPath(folder, to)];
  if (isFile(target)) throw new UserError(`Cannot rename study ${from}: there is a study ${to} already`);
  SqliteStore.open(path, { access: "write" }).close(); // takes a broken transaction back: its journal has the old name
  withLock(path, (lock) => {
    asWriting(target, () => Deno.renameSync(path, target));
    if (isFile(picturePath(folder, from))) Deno.renameSync(picturePath(folder, from), picturePath(folder, to));
    if (isFile(lockPath(path))) Deno.removeSync(lockPath(path));
    lock[Symbol.dispose]();
  });
}

function existing(folder: string, name: string): string {
  const path = studyPath(folder, name);
  if (isFile(path)) return path;
  const meant = didYouMean(name, listStudies(folder).map((study) => study.name));
  throw new UserError(
    `Cannot find study ${name}: there is no file ${path}: \`deno task study list\` names all${meant}`,
  );
}

function isFile(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch {
    return false;
  }
}
