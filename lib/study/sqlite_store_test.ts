import { assert, assertEquals, assertNotEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { crc32 } from "node:zlib";
import { SqliteStore } from "./sqlite_store.ts";
import { testStore } from "./testdata/store_contract.ts";
import type { StudyHead } from "./store.ts";
import { createStudy, openStudy } from "./studies.ts";
import { RECIPE, withFolder } from "./testdata/toy.ts";
import type { Trial } from "./trial.ts";
import { UserError } from "../user_error.ts";

const folder = Deno.makeTempDirSync({ prefix: "afos-study-" });
globalThis.addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));
let files = 0;
let path = "";

testStore("SQLite store", {
  create(head) {
    path = `${folder}/${files++}/${head.name}.sqlite`; // the name is the file's
    Deno.mkdirSync(dirname(path));
    return SqliteStore.create(path, head);
  },
  reopen(store) {
    store.close();
    return SqliteStore.open(path, { access: "write" });
  },
});

const HEAD: StudyHead = { name: "s", createdAt: "2024-01-01T00:00:00.000Z", seed: 1, settings: {} };

function trial(number: number): Trial {
  return {
    number,
    label: "search",
    formula: `x + ${number}`,
    identity: `x + ${number}`,
    recipe: RECIPE,
    seed: 1,
    test: false,
    epochs: [],
    outcome: { kind: "complete", fitness: 1 / (1 + number), validationAccuracy: 0.5, validationLoss: 1 },
    startedAt: "2024-01-01T00:00:00.000Z",
    seconds: 1,
    attempts: 1,
  };
}

/** A whole study of some pages. */
function study(file: string): Uint8Array<ArrayBuffer> {
  using store = SqliteStore.create(file, HEAD);
  for (let i = 0; i < 3; i++) store.end(trial(i));
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
    reason: "it has version 99, and this AFOS Lab knows version 3: update AFOS Lab",
  },
  {
    what: "an older study",
    make(file) {
      study(file);
      foreign(file, "pragma user_version = 2");
    },
    reason: "it has version 2, in which trials don't say how they were trained",
  },
  ...[
    [
      "whose trials are a view without end",
      "drop table trials; create view trials as with recursive t(number, status, " +
      "recipe, record, checksum) as (select 1, 'complete', 1, '', 1 union all select number + 1, 'complete', 1, '', 1 " +
      "from t) select * from t",
    ],
    ["with a changed score", "update trials set record = replace(record, '0.5', '0.9') where number = 1"],
    ["with a changed recipe", "update recipes set recipe = replace(recipe, '2', '3')"],
    ["with a trial of another number", "update trials set number = 9 where number = 2"],
    ["with a trial that is none", "update trials set record = 'null'"],
  ].map(([what, sql]) => ({
    what: `a study ${what}`,
    make(file: string) {
      study(file);
      foreign(file, sql);
    },
    reason: "damaged",
  })),
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

/** Odd values in the record of the first trial, with the checksum of one who knows how. */
const ODD: readonly Readonly<Record<string, unknown>>[] = [
  { number: "0" },
  { formula: 1 },
  { seed: null },
  { epochs: {} },
  { outcome: "complete" },
  { outcome: { kind: "complete", fitness: "1", validationAccuracy: 1, validationLoss: 1 } },
  { outcome: { kind: "dream", fitness: 1 } },
  { outcome: { kind: "failed", attempts: 3 } },
  { seconds: [] },
];

for (const odd of ODD) {
  Deno.test(`SQLite store: a trial with ${JSON.stringify(odd)} is refused`, () =>
    withFolder((folder) => {
      const file = `${folder}/s.sqlite`;
      study(file);
      const { recipe, ...record } = trial(0);
      const text = JSON.stringify({ ...record, ...odd });
      foreign(
        file,
        `update trials set record = '${text}', checksum = ${crc32(text + JSON.stringify(recipe))} where number = 0`,
      );
      assertThrows(() => SqliteStore.open(file, { access: "read" }), UserError, "trial 0 is damaged");
    }));
}

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
    assertEquals(SqliteStore.open(file, { access: "read" }).head, HEAD);
    assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name).filter((name) => name.includes("new")), []);
  }));

Deno.test("SQLite store: no file can be made below a file", () =>
  withFolder((folder) => {
    Deno.writeTextFileSync(`${folder}/file`, "");
    const plan = { name: "s", seed: 1, settings: {} };
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
    assertEquals(SqliteStore.isHeld(file), true);
    writer.note("a", "b");
    using reader = SqliteStore.open(file, { access: "read" });
    assertEquals([...reader.notes()], [["a", "b"]]);
    assertThrows(() => reader.note("a", "c"), UserError, file);
    assertThrows(() => SqliteStore.open(file, { access: "write" }), UserError, `process ${Deno.pid} is using it`);
    writer.close();
    assertEquals(SqliteStore.isHeld(file), false);
    SqliteStore.open(file, { access: "write" }).close();
  }));

Deno.test("SQLite store: columns are for people", () =>
  withFolder((folder) => {
    const file = `${folder}/s.sqlite`;
    study(file);
    const database = new DatabaseSync(file, { readOnly: true });
    assertEquals(
      database.prepare(
        "select formula, fitness, json_extract(recipes.recipe, '$.epochs') as epochs from trials " +
          "join recipes on recipes.id = trials.recipe order by fitness desc limit 2",
      ).all().map((row) => ({ ...row })),
      [{ formula: "x + 0", fitness: 1, epochs: 2 }, { formula: "x + 1", fitness: 0.5, epochs: 2 }],
    );
    database.close();
  }));

Deno.test("SQLite store: a study is one file, and a recipe is stored once", () =>
  withFolder((folder) => {
    const file = `${folder}/s.sqlite`;
    using store = SqliteStore.create(file, HEAD);
    for (let i = 0; i < 3; i++) store.end(trial(i));
    store.end({ ...trial(3), recipe: { ...RECIPE, epochs: 9 } });
    assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name).sort(), ["s.sqlite", "s.sqlite.lock"]);
    const copy = `${folder}/copy.sqlite`;
    Deno.copyFileSync(file, copy); // while it is open
    assertEquals(SqliteStore.open(copy, { access: "read" }).trials(), store.trials());
    const database = new DatabaseSync(file, { readOnly: true });
    assertEquals(database.prepare("select count(*) as n from recipes").get()?.n, 2);
    database.close();
  }));

Deno.test("SQLite store: a transaction that was broken off is taken back, for readers in a copy", () =>
  withFolder((folder) => {
    const file = `${folder}/s.sqlite`;
    study(file);
    // as after SIGKILL: the file and the journal of a transaction that did not end, and nobody holds the lock
    const database = new DatabaseSync(file);
    database.exec("pragma cache_size = 1; begin; update trials set record = hex(randomblob(4000))");
    Deno.copyFileSync(file, `${folder}/killed.sqlite`);
    Deno.copyFileSync(`${file}-journal`, `${folder}/killed.sqlite-journal`);
    database.exec("rollback");
    database.close();
    const before = bytesOf(`${folder}/killed.sqlite`);
    assertNotEquals(before, bytesOf(file));
    const expected = SqliteStore.open(file, { access: "read" }).trials();
    assertEquals(SqliteStore.open(`${folder}/killed.sqlite`, { access: "read" }).trials(), expected);
    assertEquals(bytesOf(`${folder}/killed.sqlite`), before);
    using store = SqliteStore.open(`${folder}/killed.sqlite`, { access: "write" });
    assertEquals(store.trials(), expected);
  }));

Deno.test("SQLite store: a full file takes no trial and stays whole", () =>
  withFolder((folder) => {
    const file = `${folder}/s.sqlite`;
    study(file);
    using store = SqliteStore.open(file, { access: "write", maximumPages: 40 });
    const { message } = assertThrows(() => {
      for (let i = 3; i < 1000; i++) store.end({ ...trial(i), formula: "x".repeat(2000) });
    }, UserError);
    assertStringIncludes(message, "database or disk is full: make room");
    const kept = [...store.trials()];
    assert(kept.length > 3);
    store.close();
    assertEquals([...SqliteStore.open(file, { access: "read" }).trials()], kept);
  }));

Deno.test("SQLite store: a study whose folder is deleted meanwhile is not written on", () =>
  withFolder((folder) => {
    const file = `${folder}/deep/s.sqlite`;
    Deno.mkdirSync(dirname(file));
    using store = SqliteStore.create(file, HEAD);
    store.end(trial(0));
    Deno.removeSync(dirname(file), { recursive: true });
    assertThrows(() => store.end(trial(1)), UserError, file);
    assertEquals(store.trials().length, 1);
  }));

Deno.test("SQLite store: a lock that is a link is refused, and its target left as it is", () =>
  withFolder((folder) => {
    const file = `${folder}/s.sqlite`;
    study(file);
    Deno.removeSync(`${file}.lock`);
    Deno.writeTextFileSync(`${folder}/thesis`, "my thesis");
    Deno.symlinkSync(`${folder}/thesis`, `${file}.lock`);
    assertThrows(() => SqliteStore.open(file, { access: "write" }), UserError, "got a link: remove it");
    assertEquals(Deno.readTextFileSync(`${folder}/thesis`), "my thesis");
  }));
