import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { listStudies } from "./list_studies.ts";
import { InlineExecutor } from "./inline_executor.ts";
import { createStudy, openStudy, resumeStudy, studyPath, type StudyPlan } from "./study_file.ts";
import { SETTINGS, spec, withFolder } from "./testdata/toy.ts";
import { UserError } from "../user_error.ts";

const PLAN: StudyPlan = { name: "s", seed: 1, settings: { ...SETTINGS, learningRate: 0.01 }, dataDigest: "d" };
const executor = new InlineExecutor(({ identity }) => (
  { kind: "complete", fitness: identity.length, validationAccuracy: 0.5, validationLoss: 1 }
));

Deno.test("a study is named as a file may be", () => {
  assertEquals(studyPath("data/studies", "Été 2024_b.1"), "data/studies/Été 2024_b.1.sqlite");
  for (const name of ["", ".", "..", "../x", "a/b", "a\\b", "-x", ".hidden", "a\nb", "a\0b"]) {
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
    change: { settings: { ...PLAN.settings, learningRate: 0.02 } },
    says: "learningRate: study has 0.01, asked for 0.02.",
  },
  {
    what: "settings",
    change: { settings: { ...PLAN.settings, epochs: 3, gate: true } },
    says: "epochs: study has 2, asked for 3; gate: study has none, asked for true.",
  },
  { what: "seed", change: { seed: 2 }, says: "seed: study has 1, asked for 2." },
  { what: "data", change: { dataDigest: "e" }, says: 'dataDigest: study has "d", asked for "e".' },
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
    resumeStudy({ ...PLAN, name: "t" }, { path: studyPath(folder, "t") }).close();
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
    await study.run([spec("a"), spec("bb"), spec("cccc", { kind: "final" })], { executor });
    createStudy(PLAN, { path: studyPath(folder, "c") }).close();
    Deno.writeTextFileSync(studyPath(folder, "a"), "no study");
    Deno.writeTextFileSync(`${folder}/notes.txt`, "no study either");
    const [a, b, c, ...others] = listStudies(folder);
    assertEquals(others, []);
    assertEquals([a.kind, a.name], ["broken", "a"]);
    const none = { complete: 0, stopped: 0, diverged: 0, failed: 0, running: 0, interrupted: 0 };
    const { createdAt } = study.head;
    const path = studyPath(folder, "b");
    assertEquals(b, { kind: "study", name: "b", path, createdAt, trials: { ...none, complete: 3 }, bestFitness: 2 });
    assertEquals(c.kind === "study" && c.trials, none);
    assertEquals("bestFitness" in c, false);
    Deno.writeTextFileSync(`${folder}/file`, "");
    assertThrows(() => listStudies(`${folder}/file`), UserError, `${folder}/file`);
  }));
