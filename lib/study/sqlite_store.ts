/**
 * A study in a SQLite file of its own. What is read is the JSON of `record` and `recipe`, guarded by a checksum; the
 * other columns are for people: `select formula, fitness from trials order by fitness desc`.
 *
 * The file is made whole under another name and then renamed, so that it exists only with its head. It is one file, also
 * while it is written (SQLite's rollback journal is beside it for the moment of a transaction), and it is never repaired,
 * overwritten or removed. One process at a time may write; any number may read meanwhile, what there was when they opened
 * it, and reading writes nothing.
 *
 * @module
 */
import { basename, dirname, join } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { crc32 } from "node:zlib";
import { didYouMean } from "../closest.ts";
import { isSystemError } from "../machine_fault.ts";
import { UserError } from "../user_error.ts";
import { decodeJson, encodeJson, type JsonRecord } from "./json.ts";
import { isLocked, tryLock } from "./lock.ts";
import { MemoryStore, type StudyHead } from "./store.ts";
import { type StartedTrial, type Trial, trialScores } from "./trial.ts";

/** The end of a study's file name. */
export const STUDY_EXTENSION = ".sqlite";

const TIMEOUT = 5000; // ms to wait for another process's transaction
const SCHEMA_VERSION = 3; // kept as `user_version`
const APPLICATION_ID = 0x41464f53; // "AFOS" in ASCII

const SCHEMA = `
  pragma application_id = ${APPLICATION_ID};
  pragma user_version = ${SCHEMA_VERSION};
  create table head (name text primary key, value text not null) strict, without rowid;
  create table notes (name text primary key, value text not null) strict, without rowid;
  create table recipes (id integer primary key, recipe text not null unique) strict;
  create table trials (
    number integer primary key, label text not null, formula text not null, status text not null, fitness real,
    validation_accuracy real, test_accuracy real, reason text, seed integer not null,
    recipe integer not null references recipes (id), started_at text not null, seconds real,
    record text not null, checksum integer not null
  ) strict;
`;

/** How a study in a file is opened. */
export interface OpenOptions {
  readonly access: "read" | "write";
  /** How large the file may become, in SQLite's pages of 4 KiB (default: as large as the disk). */
  readonly maximumPages?: number;
}

/** Keeps a study in a file. */
export class SqliteStore<R = JsonRecord> extends MemoryStore<R> {
  readonly #path: string;
  readonly #lock: Disposable | undefined;
  readonly #statements = new Map<string, StatementSync>();
  readonly #recipes = new Map<string, number>();
  /** Undefined when it is closed, or was opened to read. */
  #database: DatabaseSync | undefined;

  private constructor(path: string, { database, lock }: { database: DatabaseSync; lock?: Disposable }) {
    super(readHead(path, database));
    this.#path = path;
    this.#lock = lock;
    this.#database = database;
    this.#load(database);
    if (!lock) this.close();
  }

  /**
   * Makes the file of a new study, and holds it for writing. Throws a UserError where there is such a file, where
   * another process holds it, or where none can be written.
   */
  static create<R = JsonRecord>(path: string, head: Omit<StudyHead, "name">): SqliteStore<R> {
    return withLock(path, (lock) => {
      createFile(path, head);
      return SqliteStore.#opened<R>(path, { access: "write", lock });
    });
  }

  /**
   * Opens the file of a study; for writing, no other process may hold it. Throws a UserError that says what is wrong
   * with the file.
   */
  static open<R = JsonRecord>(path: string, options: OpenOptions): SqliteStore<R> {
    if (options.access === "read") return SqliteStore.#opened<R>(path, options);
    checkFile(path); // no lock beside what is no study
    return withLock(path, (lock) => SqliteStore.#opened<R>(path, { ...options, lock }));
  }

  static #opened<R>(path: string, options: OpenOptions & { readonly lock?: Disposable }): SqliteStore<R> {
    const { lock, maximumPages } = options;
    return withDatabase(path, options, (database) => {
      if (maximumPages !== undefined) database.exec(`pragma max_page_count = ${maximumPages}`);
      return new SqliteStore<R>(path, { database, lock });
    });
  }

  /** Tells whether a process holds the study of this file for writing. */
  static isHeld(path: string): boolean {
    return isLocked(lockPath(path));
  }

  override start(trial: StartedTrial<R>): void {
    this.refuseEnded(trial);
    this.#transaction(() => this.#replace(trial));
    super.start(trial);
  }

  override withdraw(number: number): void {
    this.#transaction(() => this.#run("delete from trials where number = ? and status = 'started'", number));
    super.withdraw(number);
  }

  override end(trial: Trial<R>): void {
    this.refuseTaken(trial);
    this.#transaction(() => this.#replace(trial));
    super.end(trial);
  }

  override discard(number: number): void {
    this.#transaction(() => this.#run("delete from trials where number = ? and status <> 'started'", number));
    super.discard(number);
  }

  override note(name: string, text: string): void {
    this.#transaction(() =>
      this.#run("insert into notes values (?, ?) on conflict do update set value = excluded.value", name, text)
    );
    super.note(name, text);
  }

  override close(): void {
    this.#database?.close();
    this.#database = undefined;
    this.#lock?.[Symbol.dispose]();
  }

  #load(database: DatabaseSync): void {
    const recipes = new Map<unknown, { readonly text: string; readonly value: R }>();
    for (const { id, recipe } of database.prepare("select id, recipe from recipes").all()) {
      const text = String(recipe);
      recipes.set(id, { text, value: decodeJson(text) as R });
      this.#recipes.set(text, Number(id));
    }
    const rows = database.prepare("select number, status, recipe, record, checksum from trials order by number");
    for (const { number, status, recipe: id, record, checksum } of rows.iterate()) {
      const recipe = recipes.get(id);
      if (!recipe || typeof record !== "string" || crc32(record + recipe.text) !== checksum) {
        throw new Error(`trial ${number} is damaged`);
      }
      const trial = { ...decodeJson(record) as Trial<R>, recipe: recipe.value };
      if (!isTrial(trial, { number, status })) throw new Error(`trial ${number} is damaged`);
      if (status === "started") super.start(trial);
      else this.load(trial);
    }
    for (const { name, value } of database.prepare("select name, value from notes").all()) {
      super.note(String(name), String(value));
    }
  }

  #replace({ recipe, ...trial }: StartedTrial<R> | Trial<R>): void {
    const text = encodeJson(recipe);
    let id = this.#recipes.get(text);
    if (id === undefined) {
      id = this.#recipes.size + 1;
      this.#run("insert into recipes values (?, ?) on conflict do nothing", id, text);
      this.#recipes.set(text, id);
    }
    const record = encodeJson(trial);
    const outcome = "outcome" in trial ? trial.outcome : undefined;
    const scores = outcome && trialScores({ outcome });
    this.#run(
      "insert or replace into trials values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      ...[trial.number, trial.label, trial.formula, outcome?.kind ?? "started", scores?.fitness ?? null],
      ...[scores?.validationAccuracy ?? null, scores?.testAccuracy ?? null],
      ...[outcome?.kind === "failed" ? outcome.reason : null, trial.seed, id, trial.startedAt],
      ...["seconds" in trial ? trial.seconds : null, record, crc32(record + text)],
    );
  }

  #run(sql: string, ...values: (string | number | null)[]): void {
    let statement = this.#statements.get(sql);
    if (!statement) this.#statements.set(sql, statement = this.#database!.prepare(sql));
    statement.run(...values);
  }

  #transaction(action: () => void): void {
    const database = this.#database;
    if (!database) {
      throw new UserError(`Cannot write study ${this.#path}: it was opened to read, or is closed: open it to write`);
    }
    asWriting(this.#path, () => {
      database.exec("begin immediate");
      try {
        action();
        database.exec("commit");
      } catch (error) {
        if (database.isTransaction) database.exec("rollback");
        throw error;
      }
    });
  }
}

const NUMBERS: Readonly<Record<string, readonly string[]>> = {
  complete: ["fitness", "validationAccuracy", "validationLoss"],
  stopped: ["fitness", "validationAccuracy", "validationLoss"],
  diverged: ["fitness", "epoch"],
  failed: ["attempts"],
};

/** Whether what a row holds is a trial, as far as others rely on it: anybody may have written the file. */
function isTrial(trial: Trial<unknown>, { number, status }: { number: unknown; status: unknown }): boolean {
  const hasAll = (record: unknown, fields: readonly string[], type: string) =>
    typeof record === "object" && record !== null &&
    fields.every((field) => typeof (record as JsonRecord)[field] === type);
  return trial.number === number && hasAll(trial, ["formula", "identity", "label", "startedAt"], "string") &&
    hasAll(trial, ["seed"], "number") && hasAll(trial, ["recipe"], "object") && trial.recipe !== null &&
    (status === "started" ||
      (Array.isArray(trial.epochs) && hasAll(trial, ["seconds", "attempts"], "number") &&
        trial.outcome?.kind === status && hasAll(trial.outcome, NUMBERS[String(status)] ?? ["unknown"], "number") &&
        (status !== "failed" || hasAll(trial.outcome, ["reason"], "string"))));
}

/** What a list of studies shows of a file. */
export interface FileSummary {
  readonly head: StudyHead;
  /** How many trials have each status; `started` is one of them. */
  readonly counts: ReadonlyMap<string, number>;
  /** The trial with the highest fitness. */
  readonly best?: { readonly formula: string; readonly fitness: number };
}

/** Sums a study's file up without reading its trials. Throws a UserError as {@linkcode SqliteStore.open}. */
export function summarizeFile(path: string): FileSummary {
  return withDatabase(path, { access: "read" }, (database) => {
    const counts = database.prepare("select status, count(*) as n from trials group by status").all();
    const best = database.prepare("select formula, fitness from trials order by fitness desc, number limit 1").get();
    const summary: FileSummary = {
      head: readHead(path, database),
      counts: new Map(counts.map(({ status, n }) => [String(status), Number(n)])),
      ...typeof best?.fitness === "number" && { best: { formula: String(best.formula), fitness: best.fitness } },
    };
    database.close();
    return summary;
  });
}

/** Calls `action` with the lock of a study's file; where it throws, the lock is free again. */
export function withLock<T>(path: string, action: (lock: Disposable) => T): T {
  const outcome = asWriting(path, () => tryLock(lockPath(path)));
  if (outcome.kind === "held") {
    const holder = outcome.pid === undefined ? "another process" : `process ${outcome.pid}`;
    throw new UserError(
      `Cannot open study ${path}: ${holder} is using it: wait for it to end, or choose another study`,
    );
  }
  try {
    return action(outcome.lock);
  } catch (error) {
    outcome.lock[Symbol.dispose]();
    throw error;
  }
}

/** The file of a study's lock. */
export function lockPath(path: string): string {
  return `${path}.lock`;
}

/** The file that SQLite has beside a study during a transaction, and after one that was broken off. */
export function journalPath(path: string): string {
  return `${path}-journal`;
}

/** Makes a study's file, whole or not at all. The caller has its lock. */
function createFile(path: string, head: Omit<StudyHead, "name">): void {
  if (exists(path)) throw new UserError(`Cannot create study ${path}: expected no file of this name, got one: open it`);
  const draft = `${path}.new`;
  asWriting(path, () => {
    for (const left of [draft, journalPath(draft)]) if (exists(left)) Deno.removeSync(left);
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

/** Throws a UserError where a file is no study. */
function checkFile(path: string): void {
  withDatabase(path, { access: "read" }, (database) => database.close());
}

/**
 * Opens a study's file and makes sure that it is a whole study of a version that is understood. Where `action` throws, it
 * is closed. Throws a UserError that names the file, what is wrong, and the way out.
 */
function withDatabase<T>(path: string, { access }: OpenOptions, action: (database: DatabaseSync) => T): T {
  let database: DatabaseSync | undefined;
  let copy: string | undefined;
  try {
    const { isFile, size } = Deno.statSync(path);
    if (!isFile) throw new Error("it is a folder, not a file");
    if (size === 0) throw new Error("it is empty");
    if (access === "read" && exists(journalPath(path)) && !SqliteStore.isHeld(path)) copy = copyOf(path);
    const readOnly = access === "read" && copy === undefined;
    database = new DatabaseSync(copy ? join(copy, basename(path)) : path, { readOnly, timeout: TIMEOUT });
    checkSchema(database);
    return action(database);
  } catch (error) {
    if (database?.isOpen) database.close();
    throw unreadable(path, error);
  } finally {
    if (copy) Deno.removeSync(copy, { recursive: true });
  }
}

/** A copy of a study whose last transaction was broken off, in a folder of its own: reading takes that one back. */
function copyOf(path: string): string {
  const folder = Deno.makeTempDirSync({ prefix: "afos-study-" });
  for (const file of [path, journalPath(path)]) Deno.copyFileSync(file, join(folder, basename(file)));
  return folder;
}

function checkSchema(database: DatabaseSync): void {
  const pragma = (name: string) => Object.values(database.prepare(`pragma ${name}`).get() ?? {})[0];
  if (pragma("application_id") !== APPLICATION_ID) throw new Error("it is not a study of AFOS Lab");
  const version = pragma("user_version");
  if (typeof version !== "number" || version > SCHEMA_VERSION) {
    throw new Error(`it has version ${version}, and this AFOS Lab knows version ${SCHEMA_VERSION}: update AFOS Lab`);
  }
  if (version < SCHEMA_VERSION) {
    throw new Error(
      `it has version ${version}, in which trials don't say how they were trained, and this AFOS Lab knows version ` +
        `${SCHEMA_VERSION}: begin a new study, or use the AFOS Lab that made it`,
    );
  }
  const tables = database.prepare("select count(*) as n from sqlite_schema where type = 'table' and sql like ?");
  for (const name of ["head", "notes", "recipes", "trials"]) {
    if (tables.get(`create table ${name} (%`)?.n !== 1) throw new Error(`it is damaged (no table ${name})`);
  }
  const damage = pragma("quick_check(1)");
  if (damage !== "ok") throw new Error(`it is damaged (${damage})`);
}

function readHead(path: string, database: DatabaseSync): StudyHead {
  const rows = database.prepare("select name, value from head").all();
  const { createdAt, seed, settings } = Object.fromEntries(
    rows.map(({ name, value }) => [String(name), JSON.parse(String(value))]),
  );
  if (typeof createdAt !== "string" || typeof seed !== "number" || typeof settings !== "object" || !settings) {
    throw new Error("it is damaged (its head is not complete)");
  }
  return { name: basename(path, STUDY_EXTENSION), createdAt, seed, settings };
}

/** The low byte of SQLite's result codes: https://sqlite.org/rescode.html */
const SQLITE = { ioError: 10, full: 13, cannotOpen: 14, constraint: 19 };

function sqliteCode(error: unknown): number | undefined {
  const { code, errcode = 0 } = (error ?? {}) as { code?: string; errcode?: number };
  return code === "ERR_SQLITE_ERROR" ? errcode & 0xff : undefined;
}

/** Writes a study's file; an error of SQLite or of the file system becomes a UserError that names it. */
export function asWriting<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    const code = sqliteCode(error);
    if (!isSystemError(error) && (code === undefined || code === SQLITE.constraint)) throw error;
    if (code !== undefined && !exists(path)) {
      throw new UserError(`Cannot write study ${path}: its file is gone: bring it back, or begin a new study`, {
        cause: error,
      });
    }
    throw new UserError(
      `Cannot write study ${path}: ${(error as Error).message}: make room, make its folder writable, or choose another`,
      { cause: error },
    );
  }
}

/** The names of the studies in the same folder. */
function namesBeside(path: string): string[] {
  try {
    const files = [...Deno.readDirSync(dirname(path))].map(({ name }) => name);
    return files.filter((name) => name.endsWith(STUDY_EXTENSION)).map((name) => basename(name, STUDY_EXTENSION));
  } catch {
    return [];
  }
}

/** The UserError of a study's file that cannot be read. */
function unreadable(path: string, error: unknown): UserError {
  if (error instanceof UserError) return error;
  if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
    const meant = didYouMean(basename(path, STUDY_EXTENSION), namesBeside(path));
    return new UserError(
      `Cannot open study ${path}: there is no such file: check the name, or create the study${meant}`,
    );
  }
  const why = (error instanceof Error ? error.message : String(error)).replace(/\s+/g, " ");
  const isOutside = isSystemError(error) ||
    [SQLITE.ioError, SQLITE.full, SQLITE.cannotOpen].includes(sqliteCode(error)!);
  const wayOut = isOutside ? "make room, or make it readable" : "restore it from a copy, or choose another study";
  return new UserError(`Cannot read study ${path}: ${why}. The file was left as it is: ${wayOut}`, { cause: error });
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
