import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { readTrainings } from "../report/trainings.ts";
import { InlineExecutor, type JsonRecord, openStudy, studyPath } from "../study/mod.ts";
import { runTask } from "./testdata/run_task.ts";

/** Makes the last trial of a study a failed one. */
async function failOne(path: string): Promise<void> {
  const spec = openStudy(path, { access: "read" }).trials().at(-1)!;
  const database = new DatabaseSync(path);
  database.prepare("delete from trials where number = ?").run(spec.number);
  database.close();
  using study = openStudy(path);
  const executor = new InlineExecutor<JsonRecord>(() => {
    throw new Error("no such layer");
  });
  await study.run([spec], { executor });
}

Deno.test("reproduce writes the results of a search and an evaluation, and trains nothing twice", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const flags = ["--budget", "tiny", "--folder", `${folder}/studies`, "--results", `${folder}/results`];
    const first = await runTask("reproduce", flags);
    assertEquals(first.code, 0, first.err);
    const files = [...Deno.readDirSync(`${folder}/results`)].map(({ name }) => name);
    for (const name of ["accuracy.csv", "claims.tex", "tables.md", "critical_difference.svg", "evaluation.csv"]) {
      assertEquals(files.includes(name), true, name);
      assertStringIncludes(first.out, `${folder}/results/${name}\n`);
    }
    const source = `${folder}/results/evaluation.csv`;
    const text = await Deno.readTextFile(source);
    const trainings = readTrainings(text, { source });
    const cases = new Set(trainings.map((training) => training.case));
    assertEquals([...cases], ["phi/fashion-mnist", "cct/fashion-mnist"]);
    assertStringIncludes(text, "best of reproduce_tiny_1_search");
    const answer = first.out.slice(first.out.indexOf("\nAnswer\n")).replace(/\s+/g, " ");
    assertMatch(
      answer,
      / best of reproduce_tiny_1_search is .+\. .* the best mean rank, [\d.]+\. 12 functions were ranked/,
    );
    assertStringIncludes(answer, `Picture: ${folder}/results/critical_difference.svg`);
    assertStringIncludes(answer, `deno task friedman --csv ${folder}/results/evaluation.csv`);
    const again = await runTask("reproduce", flags);
    assertEquals([again.code, again.out], [0, first.out]);
    // the times of trainings are stored with them: equal ones were not trained anew
    assertEquals(await Deno.readTextFile(source), text);

    await failOne(studyPath(`${folder}/studies`, "reproduce_tiny_1_evaluation"));
    const failed = await runTask("reproduce", flags);
    assertEquals(failed.code, 1, failed.err);
    assertMatch(failed.err, / in \S+ with seed \d+ could not be trained: .*no such layer$/m);
    assertStringIncludes(failed.out, "\nAnswer\n");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("reproduce refuses a budget that it has not", async () => {
  const { code, err } = await runTask("reproduce", ["--budget", "huge"]);
  assertEquals(code, 2);
  assertMatch(err, /^error: .*tiny, quick.*paper/);
});
