import { assertEquals, assertThrows } from "@std/assert";
import { UserError } from "../user_error.ts";
import { contenders } from "./finals.ts";
import { finalScores } from "./final_scores.ts";
import { toyStudy } from "./testdata/toy_finals.ts";

Deno.test("the scores of a final comparison: rows are seeds, a function found twice stands once", async () => {
  using one = await toyStudy({ finals: true });
  const { functions, cases, scores, unit } = finalScores(one, { measure: "testAccuracy" });
  assertEquals([functions, unit], [["found 1 (= relu)", "found 2", "swish"], "seed"]);
  assertEquals([cases.length, new Set(cases).size], [3, 3]);
  const swish = contenders([], { baselines: ["swish"] })[0].formula.length / 400;
  assertEquals(scores, Array.from({ length: 3 }, () => [9 / 400, NaN, swish]));
  assertEquals(finalScores(one, { measure: "validationAccuracy" }).scores[0][0], 9 / 200);
  assertEquals(finalScores(one, { measure: "fitness" }).scores[0].slice(0, 2), [9 / 100, 0]);
});

Deno.test("a study without a final comparison is refused", async () => {
  using one = await toyStudy({ finals: false });
  assertThrows(() => finalScores(one, { measure: "fitness" }), UserError, 'deno task search --study "toy"');
});
