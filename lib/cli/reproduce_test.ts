import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { readTrainings } from "../report/trainings.ts";
import { runTask } from "./testdata/run_task.ts";

Deno.test("reproduce writes the results of a search and an evaluation, and trains nothing twice", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const flags = ["--budget", "tiny", "--folder", `${folder}/studies`, "--results", `${folder}/results`];
    const first = await runTask("reproduce", flags);
    assertEquals(first.code, 0, first.err);
    const files = first.out.trim().split("\n").map((path) => path.slice(`${folder}/results/`.length));
    for (const name of ["accuracy.csv", "claims.tex", "tables.md", "critical_difference.svg", "evaluation.csv"]) {
      assertEquals(files.includes(name), true, name);
    }
    const source = `${folder}/results/evaluation.csv`;
    const text = await Deno.readTextFile(source);
    const trainings = readTrainings(text, { source });
    const cases = new Set(trainings.map((training) => training.case));
    assertEquals([...cases], ["phi/fashion-mnist", "cct/fashion-mnist"]);
    assertStringIncludes(text, "best of reproduce_tiny_1_search");
    const again = await runTask("reproduce", flags);
    assertEquals([again.code, again.out], [0, first.out]);
    // the times of trainings are stored with them: equal ones were not trained anew
    assertEquals(await Deno.readTextFile(source), text);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("reproduce refuses a budget that it has not", async () => {
  const { code, err } = await runTask("reproduce", ["--budget", "huge"]);
  assertEquals(code, 2);
  assertMatch(err, /^error: .*tiny, quick.*paper/);
});
