import { assertEquals, assertRejects } from "@std/assert";
import { UserError } from "../user_error.ts";
import { isEvaluation, recordedResults } from "./evaluation_study.ts";
import { TOY_FUNCTIONS, toyEvaluationStudy } from "./testdata/toy_evaluation.ts";
import { toyStudy } from "./testdata/toy_finals.ts";

/** How many trials have ended, in the grid's order: case by case, in it function by function, seed by seed. */
const ENDED: readonly { trials: number; cases: readonly string[] }[] = [
  { trials: 18, cases: ["phi/fashion-mnist", "cct/fashion-mnist", "mine"] },
  { trials: 7, cases: ["phi/fashion-mnist", "cct/fashion-mnist"] },
];

for (const { trials, cases } of ENDED) {
  Deno.test(`the results of an evaluation's study of which ${trials} trials have ended`, async () => {
    const folder = await Deno.makeTempDir();
    try {
      using study = await toyEvaluationStudy({ path: `${folder}/toy.sqlite`, folder, trials });
      assertEquals(isEvaluation(study), true);
      const { results, missing } = await recordedResults(study, { folder });
      assertEquals(results.length, trials);
      assertEquals([...new Set(results.map((result) => result.case))], cases);
      assertEquals([...new Set(results.map((result) => result.function))], TOY_FUNCTIONS);
      assertEquals(missing.map(({ name }) => name), ["elsewhere"]);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });
}

Deno.test("a study of which nothing has ended has no results; that of a search is no evaluation's", async () => {
  const folder = await Deno.makeTempDir();
  try {
    using study = await toyEvaluationStudy({ path: `${folder}/toy.sqlite`, folder, trials: 0 });
    await assertRejects(() => recordedResults(study, { folder }), UserError, 'run deno task evaluate --study "toy"');
    using search = await toyStudy({ finals: false });
    assertEquals(isEvaluation(search), false);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
