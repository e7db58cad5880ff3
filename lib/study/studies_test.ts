import { assertEquals, assertMatch, assertRejects, assertThrows } from "@std/assert";
import { InlineExecutor } from "./executor.ts";
import {
  createStudy,
  deleteStudy,
  latestStudy,
  listStudies,
  newStudyName,
  openStudy,
  renameStudy,
  resumeStudy,
  studyPath,
  type StudyPlan,
} from "./studies.ts";
import { whileReadOnly } from "./testdata/read_only.ts";
import { RECIPE, spec, withFolder } from "./testdata/toy.ts";
import { UserError } from "../user_error.ts";

const PLAN: StudyPlan = { name: "s", seed: 1, settings: { recipe: { ...RECIPE, learningRate: 0.01 } } };
const executor = new InlineExecutor(({ formula }) => (
  { kind: "complete", fitness: formula.length, validationAccuracy: 0.5, validationLoss: 1 }
));

Deno.test("a study is named as a file may be", () => {
  for (const name of ["Été 2024_b.1", "हिन्दी", "ไทย", "עִבְרִית", "日本"]) {
    assertEquals(studyPath("data/studies", name), `data/studies/${name.normalize("NFC")}.sqlite`);
  }
  assertEquals(studyPath("data", "e\u0301te\u0301"), studyPath("data", "\u00e9t\u00e9"));
  for (const name of ["\u0301x", "x\u202ey", "", ".", "..", "../x", "a/b", "a\\b", "-x", ".hidden", "a\nb", "a\0b"]) {
    assertThrows(() => studyPath("data", name), UserError, "Cannot name a study");
  }
});

Deno.test("a study is made with its folder, and opened again", () =>
  withFolder(async (folder) => {
    const path = studyPath(`${folder}/deep/er`, "s");
    const created = createStudy(PLAN, { path });
    await created.run([spec("a")], { executor });
    created.note("test set", "used");
    created.close();
    using opened = openStudy(path);
    assertEquals(opened.head.settings, PLAN.settings);
    assertEquals(opened.trials().map(({ identity, number }) => ({ identity, number })), [{ identity: "a", number: 0 }]);
    assertEquals([...opened.notes()], [["test set", "used"]]);
  }));

Deno.test("a study is not made twice", () =>
  withFolder((folder) => {
    const path = studyPath(folder, "s");
    createStudy(PLAN, { path }).close();
    assertThrows(() => createStudy(PLAN, { path }), UserError, path);
  }));

Deno.test("settings that JSON cannot hold make no study", () =>
  withFolder((folder) => {
    const path = studyPath(folder, "s");
    assertThrows(() => createStudy({ ...PLAN, settings: { limit: NaN } }, { path }), RangeError, "limit");
    assertEquals(listStudies(folder), []);
  }));

const OTHERS: { what: string; change: Partial<StudyPlan>; says: string }[] = [
  {
    what: "setting",
    change: { settings: { recipe: { ...RECIPE, learningRate: 0.02 } } },
    says: "recipe.learningRate: study has 0.01, asked for 0.02.",
  },
  {
    what: "settings",
    change: { settings: { recipe: { ...RECIPE, learningRate: 0.01, epochs: 3 }, gate: true } },
    says: "recipe.epochs: study has 2, asked for 3; gate: study has none, asked for true.",
  },
  { what: "seed", change: { seed: 2 }, says: "seed: study has 1, asked for 2." },
];

for (const { what, change, says } of OTHERS) {
  Deno.test(`a study is not resumed with another ${what}, and stays free`, () =>
    withFolder((folder) => {
      const path = studyPath(folder, "s");
      resumeStudy(PLAN, { path }).close();
      assertThrows(() => resumeStudy({ ...PLAN, ...change }, { path }), UserError, says);
      resumeStudy(PLAN, { path }).close();
    }));
}

Deno.test("a study is resumed under another name of its file", () =>
  withFolder((folder) => {
    resumeStudy(PLAN, { path: studyPath(folder, "s") }).close();
    Deno.renameSync(studyPath(folder, "s"), studyPath(folder, "t"));
    using study = resumeStudy({ ...PLAN, name: "t" }, { path: studyPath(folder, "t") });
    assertEquals(study.head.name, "t");
    assertEquals(listStudies(folder).map(({ name }) => name), ["t"]);
  }));

Deno.test("a study opened to read runs nothing", () =>
  withFolder(async (folder) => {
    const path = studyPath(folder, "s");
    createStudy(PLAN, { path }).close();
    using study = openStudy(path, { access: "read" });
    await assertRejects(() => study.run([spec("a")], { executor }), UserError, path);
  }));

Deno.test("the list of studies has what can be read, and says what cannot", () =>
  withFolder(async (folder) => {
    assertEquals(listStudies(`${folder}/none`), []);
    using study = createStudy(PLAN, { path: studyPath(folder, "b") });
    await study.run([spec("a"), spec("bb"), spec("cccc", { label: "final" })], { executor });
    createStudy(PLAN, { path: studyPath(folder, "c") }).close();
    Deno.writeTextFileSync(studyPath(folder, "a"), "no study");
    Deno.writeTextFileSync(`${folder}/notes.txt`, "no study either");
    const [a, b, c, ...others] = listStudies(folder);
    assertEquals(others, []);
    assertEquals([a.kind, a.name], ["broken", "a"]);
    const none = { complete: 0, stopped: 0, diverged: 0, failed: 0, running: 0, interrupted: 0 };
    const { createdAt } = study.head;
    const path = studyPath(folder, "b");
    const best = { formula: "x + cccc", fitness: 8 };
    assertEquals(b, { kind: "study", name: "b", path, createdAt, trials: { ...none, complete: 3 }, best });
    assertEquals(c.kind === "study" && c.trials, none);
    assertEquals("best" in c, false);
    Deno.writeTextFileSync(`${folder}/file`, "");
    assertThrows(() => listStudies(`${folder}/file`), UserError, `${folder}/file`);
  }));

Deno.test("two studies named after the same second have two names", () =>
  withFolder((folder) => {
    const names = Array.from({ length: 20 }, () => newStudyName("search", { folder: `${folder}/new` }));
    assertEquals(new Set(names).size, 20);
    for (const name of names) {
      assertMatch(name, /^search-\d{8}-\d{6}(-\d+)?$/);
      createStudy(PLAN, { path: studyPath(`${folder}/new`, name) }).close();
    }
  }));

const filesOf = (folder: string) => [...Deno.readDirSync(folder)].map(({ name }) => name).sort();

Deno.test("reading writes nothing: in a folder where nothing can be written, and also while the study is written", () =>
  withFolder(async (folder) => {
    const path = studyPath(folder, "s");
    using study = createStudy(PLAN, { path });
    await study.run([spec("a")], { executor });
    const read = () => {
      using reader = openStudy(path, { access: "read" });
      assertEquals([...reader.trials()], [...study.trials()]);
      assertEquals(listStudies(folder).map(({ kind }) => kind), ["study"]);
    };
    read();
    study.close();
    Deno.removeSync(`${path}.lock`);
    const before = filesOf(folder);
    assertEquals(before, ["s.sqlite"]);
    read();
    await whileReadOnly(folder, () => {
      read();
      assertThrows(() => openStudy(path), UserError, "make its folder writable");
    });
    assertEquals(filesOf(folder), before);
    openStudy(path).close();
  }));

Deno.test("a study is renamed, and deleted with all that is beside it; the latest is the one written to last", () =>
  withFolder((folder) => {
    assertThrows(() => latestStudy(folder), UserError, "expected studies in");
    for (const name of ["a", "b", "c"]) createStudy(PLAN, { path: studyPath(folder, name) }).close();
    for (const [i, name] of ["b", "c", "a"].entries()) Deno.utimeSync(studyPath(folder, name), 0, 1e9 + i);
    assertEquals(latestStudy(folder), "a");
    renameStudy(folder, { from: "a", to: "d" });
    assertEquals(listStudies(folder).map(({ name }) => name), ["b", "c", "d"]);
    assertThrows(() => renameStudy(folder, { from: "d", to: "b" }), UserError, "there is a study b already");
    assertThrows(() => deleteStudy(folder, "a"), UserError, "Cannot find study a");
    deleteStudy(folder, "b");
    deleteStudy(folder, "d");
    assertEquals(filesOf(folder), ["c.sqlite", "c.sqlite.lock"]);
    using study = openStudy(studyPath(folder, "c"));
    assertThrows(() => deleteStudy(folder, study.head.name), UserError, "is using it");
    assertThrows(() => renameStudy(folder, { from: "c", to: "d" }), UserError, "is using it");
  }));
