/**
 * Opens the SQLite file of a study, and says in one line what is wrong with a file that is none. It never changes a
 * file that it does not accept. It knows nothing of trials.
 *
 * @module
 */
import { DatabaseSync } from "node:sqlite";
import { APPLICATION_ID, SCHEMA, SCHEMA_VERSION } from "./sqlite_schema.ts";
import type { StudyHead } from "./store.ts";
import { isSystemError } from "../machine_fault.ts";
import { UserError } from "../user_error.ts";

const TIMEOUT = 5000; // ms to wait for another process's transaction
const SQLITE_CONSTRAINT = 19;

/** An open file and the head that it holds. */
export interface StudyFile {
  /** The connection; the owner closes it. */
  readonly database: DatabaseSync;
  /** What the study is. */
  readonly head: StudyHead;
}

/** Opens a study's file. Throws a UserError that names the file, what is wrong, and the way out. */
export function openStudyFile(path: string, { access }: { readonly access: "read" | "write" }): StudyFile {
  const file = inspect(path);
  if (access === "read") return file;
  file.database.close();
  const database = naming(path, () => new DatabaseSync(path, { timeout: TIMEOUT }));
  naming(path, () => database.exec("pragma journal_mode = wal; pragma synchronous = normal"));
  return { database, head: file.head };
}

/**
 * Makes a study's file, whole or not at all. The caller has the lock of the study. Throws a UserError where there is a
 * file, or where none can be written.
 */
export function createStudyFile(path: string, head: StudyHead): void {
  if (exists(path)) throw new UserError(`Cannot create study ${path}: expected no file of this name, got one: open it`);
  const draft = `${path}.new`;
  naming(path, () => {
    for (const left of [draft, `${draft}-journal`]) if (exists(left)) Deno.removeSync(left);
    const database = new DatabaseSync(draft, { timeout: TIMEOUT });
    try {
      database.exec(`begin; ${SCHEMA}`);
      const insert = database.prepare("insert into head (name, value) values (?, ?)");
      for (const [name, value] of Object.entries<unknown>({ ...head })) insert.run(name, JSON.stringify(value));
      database.exec("commit");
    } finally {
      database.close();
    }
    Deno.renameSync(draft, path);
  });
}

/** Does something with a study's file; an error of SQLite or of the file system becomes a UserError that names it. */
export function naming<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof UserError || !isOutside(error)) throw error;
    throw new UserError(
      `Cannot write study ${path}: ${error.message}: make room, make its folder writable, or choose another`,
      { cause: error },
    );
  }
}

/** Whether the fault lies with the file system or with SQLite's file, not with what was asked of it. */
function isOutside(error: unknown): error is Error {
  const { code, errcode = 0 } = (error ?? {}) as { code?: string; errcode?: number };
  return isSystemError(error) || (code === "ERR_SQLITE_ERROR" && (errcode & 0xff) !== SQLITE_CONSTRAINT);
}

function exists(path: string): boolean {
  try {
    Deno.lstatSync(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** Opens a file for reading and makes sure that it is a whole study of a version that is understood. */
function inspect(path: string): StudyFile {
  let database: DatabaseSync | undefined;
  try {
    if (!Deno.statSync(path).isFile) throw new Error("it is a folder, not a file");
    if (Deno.statSync(path).size === 0) throw new Error("it is empty");
    database = new DatabaseSync(path, { readOnly: true, timeout: TIMEOUT });
    if (pragma(database, "application_id") !== APPLICATION_ID) throw new Error("it is not a study of AFOS Lab");
    const version = pragma(database, "user_version");
    if (typeof version !== "number" || version > SCHEMA_VERSION) {
      throw new Error(`it has version ${version}, and this AFOS Lab knows up to ${SCHEMA_VERSION}: update AFOS Lab`);
    }
    const damage = pragma(database, "quick_check(1)");
    if (damage !== "ok") throw new Error(`it is damaged (${damage})`);
    return { database, head: readHead(database) };
  } catch (error) {
    database?.close();
    throw unreadable(path, error);
  }
}

/** The UserError of a study's file that cannot be read. */
export function unreadable(path: string, error: unknown): UserError {
  if (error instanceof UserError) return error;
  if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
    return new UserError(`Cannot open study ${path}: there is no such file: check the name, or create the study`);
  }
  const why = (error instanceof Error ? error.message : String(error)).replace(/\s+/g, " ");
  return new UserError(
    `Cannot read study ${path}: ${why}. The file was left as it is: restore it from a copy, or choose another study`,
    { cause: error },
  );
}

function pragma(database: DatabaseSync, name: string): unknown {
  return Object.values(database.prepare(`pragma ${name}`).get() ?? {})[0];
}

function readHead(database: DatabaseSync): StudyHead {
  const rows = database.prepare("select name, value from head").all();
  const { name, createdAt, seed, settings, dataDigest } = Object.fromEntries(
    rows.map((row) => [String(row.name), JSON.parse(String(row.value))]),
  );
  if (typeof name !== "string" || typeof seed !== "number" || typeof settings !== "object") {
    throw new Error("it is damaged (its head is not complete)");
  }
  return { name, createdAt, seed, settings, dataDigest };
}
