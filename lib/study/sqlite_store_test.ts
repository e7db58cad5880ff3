import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { SqliteStore } from "./sqlite_store.ts";
import { testStore } from "./store_contract.ts";
import type { StudyHead } from "./store.ts";
import { createStudy, openStudy } from "./study_file.ts";
import { withFolder } from "./testdata/toy.ts";
import { UserError } from "../user_error.ts";

const folder = Deno.makeTempDirSync({ prefix: "afos-study-" });
globalThis.addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));
let files = 0;
let path = "";

testStore("SQLite store", {
  create: (head) => SqliteStore.create(path = `${folder}/${files++}.sqlite`, head),
  reopen(store) {
    store.close();
    return SqliteStore.open(path, { access: "write" });
  },
});

const HEAD: StudyHead = { name: "s", createdAt: "2024-01-01T00:00:00.000Z", seed: 1, settings: {}, dataDigest: "d" };

/** A whole study of some pages. */
function study(file: string): Uint8Array<ArrayBuffer> {
  using store = SqliteStore.create(file, HEAD);
  for (let i = 0; i < 50; i++) store.note(`note ${i}`, "text ".repeat(100));
  store.close();
  return Deno.readFileSync(file);
}

function foreign(file: string, sql: string): void {
  const database = new DatabaseSync(file);
  database.exec(sql);
  database.close();
}

const BROKEN: { what: string; make: (file: string) => void; reason: string }[] = [
  { what: "no file", make: () => {}, reason: "there is no such file" },
  { what: "a folder", make: (file) => Deno.mkdirSync(file), reason: "it is a folder" },
  { what: "an empty file", make: (file) => Deno.writeFileSync(file, new Uint8Array()), reason: "it is empty" },
  {
    what: "a text",
    make: (file) => Deno.writeTextFileSync(file, "some text\n".repeat(1000)),
    reason: "file is not a database",
  },
  {
    what: "a short text",
    make: (file) => Deno.writeTextFileSync(file, "x"),
    reason: "not a study of AFOS Lab",
  },
  {
    what: "a database of another program",
    make: (file) => foreign(file, "create table trials (number integer); insert into trials values (1)"),
    reason: "not a study of AFOS Lab",
  },
  {
    what: "a newer study",
    make(file) {
      study(file);
      foreign(file, "pragma user_version = 99");
    },
    reason: "it has version 99, and this AFOS Lab knows up to 2: update AFOS Lab",
  },
  {
    what: "a study cut short in the middle",
    make: (file) => {
      const bytes = study(file);
      Deno.writeFileSync(file, bytes.subarray(0, bytes.length >> 1));
    },
    reason: "malformed",
  },
  {
    what: "a study of which only the beginning is left",
    make: (file) => Deno.writeFileSync(file, study(file).subarray(0, 100)),
    reason: "malformed",
  },
  {
    what: "a study written over in the middle",
    make: (file) => Deno.writeFileSync(file, study(file).fill(0xaa, 4096)),
    reason: "it is damaged",
  },
  {
    what: "a study without its head",
    make(file) {
      study(file);
      foreign(file, "delete from head where name = 'settings'");
    },
    reason: "its head is not complete",
  },
];

function bytesOf(file: string): Uint8Array | undefined {
  try {
    return Deno.readFileSync(file);
  } catch {
    return undefined;
  }
}

for (const { what, make, reason } of BROKEN) {
  for (const access of ["read", "write"] as const) {
    Deno.test(`SQLite store: ${what} is refused to ${access} in one line, and left as it is`, () =>
      withFolder((folder) => {
        const file = `${folder}/s.sqlite`;
        make(file);
        const before = bytesOf(file);
        const { message } = assertThrows(() => SqliteStore.open(file, { access }), UserError, file);
        assertStringIncludes(message, reason);
        assertEquals(message.split("\n").length, 1);
        assertEquals(bytesOf(file), before);
      }));
  }
}

Deno.test("SQLite store: a damaged row is a UserError that names the file", () =>
  withFolder((folder) => {
    const file = `${folder}/s.sqlite`;
    study(file);
    foreign(
      file,
      `insert into started (number, kind, expression, identity, seed, test, started_at)
       values (0, 'dream', 'x', 'x', 1, 0, '')`,
    );
    using store = SqliteStore.open(file, { access: "read" });
    assertThrows(() => store.started(), UserError, file);
  }));

Deno.test("SQLite store: a file of that name is not written over", () =>
  withFolder((folder) => {
    const file = `${folder}/s.sqlite`;
    Deno.writeTextFileSync(file, "my thesis");
    assertThrows(() => SqliteStore.create(file, HEAD), UserError, file);
    assertEquals(Deno.readTextFileSync(file), "my thesis");
  }));

Deno.test("SQLite store: what a killed creation left is no obstacle", () =>
  withFolder((folder) => {
    const file = `${folder}/s.sqlite`;
    Deno.writeTextFileSync(`${file}.new`, "half a study");
    Deno.writeTextFileSync(`${file}.new-journal`, "half a journal");
    SqliteStore.create(file, HEAD).close();
    using store = SqliteStore.open(file, { access: "read" });
    assertEquals({ ...store.head }, HEAD);
    assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name).filter((name) => name.includes("new")), []);
  }));

Deno.test("SQLite store: no file can be made below a file", () =>
  withFolder((folder) => {
    Deno.writeTextFileSync(`${folder}/file`, "");
    const plan = { name: "s", seed: 1, settings: {}, dataDigest: "" };
    for (const path of [`${folder}/file/s.sqlite`, `${folder}/file/deep/s.sqlite`]) {
      const { message } = assertThrows(() => createStudy(plan, { path }), UserError, path);
      assertEquals(message.split("\n").length, 1);
      assertThrows(() => openStudy(path), UserError, path);
    }
  }));

Deno.test("SQLite store: it can be read while it is written, and not written through a reader", () =>
  withFolder((folder) => {
    const file = `${folder}/s.sqlite`;
    using writer = SqliteStore.create(file, HEAD);
    using reader = SqliteStore.open(file, { access: "read" });
    assertEquals(SqliteStore.isHeld(file), true);
    writer.note("a", "b");
    assertEquals([...reader.notes()], [["a", "b"]]);
    assertThrows(() => reader.note("a", "c"), UserError, file);
    assertThrows(() => SqliteStore.open(file, { access: "write" }), UserError, `process ${Deno.pid} is using it`);
    writer.close();
    assertEquals(SqliteStore.isHeld(file), false);
    SqliteStore.open(file, { access: "write" }).close();
  }));

/** The tables of version 1 that version 2 changed. */
const VERSION_1 = `
  drop table epochs; drop table started; drop table trials; pragma user_version = 1;
  create table started (
    number integer primary key, kind text not null, expression text not null, genome text, identity text not null,
    seed integer not null, test integer not null, started_at text not null
  ) strict;
  create table trials (
    number integer primary key, kind text not null, expression text not null, genome text, identity text not null,
    seed integer not null, test integer not null, started_at text not null,
    status text not null, fitness real, validation_accuracy real, validation_loss real, test_accuracy real,
    test_loss real, diverged_epoch integer, reason text,
    seconds real not null, attempts integer not null, worker_pid integer,
    unique (kind, identity, seed, test)
  ) strict;
  create table epochs (
    trial integer not null references trials (number), epoch integer not null, train_loss real, validation_loss real,
    validation_accuracy real, seconds real, images integer, primary key (trial, epoch)
  ) strict, without rowid;
`;

Deno.test("a study of version 1 is read and written to, but takes no trial with conditions", () => {
  const file = `${folder}/version1.sqlite`;
  study(file);
  foreign(file, VERSION_1);
  using store = SqliteStore.open(file, { access: "write" });
  const spec = { kind: "search", expression: "x", identity: "x", seed: 1, test: false } as const;
  const outcome = { kind: "diverged", fitness: 0, epoch: 1 } as const;
  const trial = {
    ...spec,
    number: 0,
    startedAt: "2024-01-01T00:00:00.000Z",
    epochs: [],
    outcome,
    seconds: 1,
    attempts: 1,
  };
  store.start({ ...spec, number: 0, startedAt: trial.startedAt });
  store.end(trial);
  assertEquals([...store.trials()], [trial]);
  assertThrows(
    () => store.end({ ...trial, number: 1, identity: "y", conditions: { epochs: 1 } }),
    UserError,
    "conditions",
  );
  assertEquals([...store.trials()], [trial]);
});
