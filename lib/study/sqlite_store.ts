/**
 * A study in a SQLite file of its own. It does not know where studies lie, nor what a trial is about.
 *
 * The file is made whole under another name and then renamed, so that it exists only with its head. It is in WAL mode,
 * each change is one transaction, and it is never repaired, overwritten or removed. One process at a time may write; any
 * number may read meanwhile.
 *
 * @module
 */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import { isLocked, type LockOutcome, tryLock } from "./lock.ts";
import { createStudyFile, naming, openStudyFile, unreadable } from "./sqlite_file.ts";
import { endedTrial, epochRow, type Row, startedRow, startedTrial, trialRow } from "./sqlite_schema.ts";
import type { StudyHead, StudyStore } from "./store.ts";
import type { StartedTrial, Trial } from "./trial.ts";
import { UserError } from "../user_error.ts";

/** Keeps a study in a file. */
export class SqliteStore implements StudyStore {
  /** What the study is. */
  readonly head: StudyHead;
  readonly #path: string;
  readonly #database: DatabaseSync;
  readonly #lock: Disposable | undefined;
  readonly #statements = new Map<string, StatementSync>();
  #open = true;

  private constructor(path: string, { access, lock }: { access: "read" | "write"; lock?: Disposable }) {
    this.#path = path;
    this.#lock = lock;
    const { database, head } = openStudyFile(path, { access });
    this.#database = database;
    this.head = head;
  }

  /**
   * Makes the file of a new study, and holds it for writing. Throws a UserError where there is such a file, where
   * another process holds it, or where none can be written.
   */
  static create(path: string, head: StudyHead): SqliteStore {
    return holding(path, (lock) => {
      createStudyFile(path, head);
      return new SqliteStore(path, { access: "write", lock });
    });
  }

  /**
   * Opens the file of a study; for writing, no other process may hold it. Throws a UserError that says what is wrong
   * with the file.
   */
  static open(path: string, { access }: { readonly access: "read" | "write" }): SqliteStore {
    const reading = new SqliteStore(path, { access: "read" });
    if (access === "read") return reading;
    reading.close();
    return holding(path, (lock) => new SqliteStore(path, { access, lock }));
  }

  /** Tells whether a process holds the study of this file for writing. */
  static isHeld(path: string): boolean {
    return isLocked(lockPath(path));
  }

  trials(): readonly Trial[] {
    return this.#reading(() => {
      const epochs = new Map<number, Row[]>();
      for (const row of this.#all("select * from epochs order by trial, epoch")) {
        const trial = Number(row.trial);
        epochs.set(trial, [...epochs.get(trial) ?? [], row]);
      }
      const rows = this.#all("select * from trials order by number");
      return rows.map((row) => endedTrial(row, epochs.get(Number(row.number)) ?? []));
    });
  }

  started(): readonly StartedTrial[] {
    return this.#reading(() => this.#all("select * from started order by number").map(startedTrial));
  }

  start(trial: StartedTrial): void {
    this.#transaction(() => {
      this.#remove(trial.number);
      this.#insert("started", startedRow(trial));
    });
  }

  withdraw(number: number): void {
    this.#transaction(() => this.#remove(number));
  }

  end(trial: Trial): void {
    this.#transaction(() => {
      this.#remove(trial.number);
      this.#insert("trials", trialRow(trial));
      for (const metrics of trial.epochs) this.#insert("epochs", epochRow(trial.number, metrics));
    });
  }

  discard(number: number): void {
    this.#transaction(() => {
      this.#statement("delete from epochs where trial = ?").run(number);
      this.#statement("delete from trials where number = ?").run(number);
    });
  }

  notes(): ReadonlyMap<string, string> {
    return this.#reading(() =>
      new Map(this.#all("select * from notes order by name").map(({ name, value }) => [String(name), String(value)]))
    );
  }

  note(name: string, text: string): void {
    this.#transaction(() =>
      this.#statement("insert into notes (name, value) values (?, ?) on conflict do update set value = excluded.value")
        .run(name, text)
    );
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#database.close();
    this.#lock?.[Symbol.dispose]();
  }

  /** Closes the store. */
  [Symbol.dispose](): void {
    this.close();
  }

  #statement(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (!statement) this.#statements.set(sql, statement = this.#database.prepare(sql));
    return statement;
  }

  #all(sql: string): Row[] {
    return this.#statement(sql).all() as Row[];
  }

  #remove(started: number): void {
    this.#statement("delete from started where number = ?").run(started);
  }

  #insert(table: string, row: Row): void {
    const names = Object.keys(row);
    const places = names.map(() => "?");
    this.#statement(`insert into ${table} (${names}) values (${places})`).run(...Object.values(row));
  }

  #reading<T>(action: () => T): T {
    try {
      return action();
    } catch (error) {
      throw unreadable(this.#path, error);
    }
  }

  #transaction(action: () => void): void {
    naming(this.#path, () => {
      this.#database.exec("begin immediate");
      try {
        action();
        this.#database.exec("commit");
      } catch (error) {
        if (this.#database.isTransaction) this.#database.exec("rollback");
        throw error;
      }
    });
  }
}

function lockPath(path: string): string {
  return `${path}.lock`;
}

/** Makes a store that holds the lock of its file; where that fails, the lock is free again. */
function holding(path: string, make: (lock: Disposable) => SqliteStore): SqliteStore {
  const outcome: LockOutcome = naming(path, () => tryLock(lockPath(path)));
  if (outcome.kind === "held") {
    const holder = outcome.pid === undefined ? "another process" : `process ${outcome.pid}`;
    throw new UserError(
      `Cannot open study ${path}: ${holder} is using it: wait for it to end, or choose another study`,
    );
  }
  try {
    return make(outcome.lock);
  } catch (error) {
    outcome.lock[Symbol.dispose]();
    throw error;
  }
}
