import { assertEquals, assertThrows } from "@std/assert";
import { parse } from "../activation/parse.ts";
import { identityKey } from "../activation/identity.ts";
import { InlineExecutor } from "../study/inline_executor.ts";
import { createStudy } from "../study/study_file.ts";
import type { TrainedOutcome, TrialSpec } from "../study/trial.ts";
import { UserError } from "../user_error.ts";
import { contenders, finalTrials } from "./finals.ts";
import { finalScores } from "./final_scores.ts";
import { finalSettings, planSettings } from "./plan.ts";

const SURROUNDINGS = { engine: "tensorflow", engineVersion: "test", splitSeed: 1 };

const search = (expression: string): TrialSpec => ({
  kind: "search",
  expression,
  identity: identityKey(parse(expression)),
  seed: 1,
  test: false,
});

/** A study of three functions, one of them a baseline too, whose scores follow from the formula's length. */
async function study({ finals }: { finals: boolean }) {
  const settings = planSettings({ finalists: 2, finalSeeds: 3, baselines: ["relu", "swish"] }, SURROUNDINGS);
  const one = createStudy({ name: "toy", seed: 1, settings, dataDigest: "0" });
  const executor = new InlineExecutor(({ expression, test, kind }): TrainedOutcome => {
    if (kind === "final" && expression === "sin(x)") return { kind: "diverged", fitness: 0, epoch: 1 };
    const score = expression.length / 100;
    return {
      kind: "complete",
      fitness: score,
      validationAccuracy: score / 2,
      validationLoss: 1,
      ...test && { testAccuracy: score / 4, testLoss: 1 },
    };
  });
  await one.run([search("max(x, 0)"), search("sin(x)"), search("x")], { executor });
  const options = finalSettings(settings);
  const specs = finalTrials(contenders(one.trials(), options), { seed: 1, finalSeeds: options.finalSeeds });
  if (finals) await one.run(specs, { executor });
  return one;
}

Deno.test("the scores of a final comparison: rows are seeds, a function found twice stands once", async () => {
  using one = await study({ finals: true });
  const { functions, cases, scores, unit } = finalScores(one, { measure: "testAccuracy" });
  assertEquals([functions, unit], [["found 1 (= relu)", "found 2", "swish"], "seed"]);
  assertEquals([cases.length, new Set(cases).size], [3, 3]);
  const swish = contenders(one.trials(), { finalists: 0, baselines: ["swish"] })[0].formula.length / 400;
  assertEquals(scores, Array.from({ length: 3 }, () => [9 / 400, NaN, swish]));
  assertEquals(finalScores(one, { measure: "validationAccuracy" }).scores[0][0], 9 / 200);
  assertEquals(finalScores(one, { measure: "fitness" }).scores[0].slice(0, 2), [9 / 100, 0]);
});

Deno.test("a study without a final comparison is refused", async () => {
  using one = await study({ finals: false });
  assertThrows(() => finalScores(one, { measure: "fitness" }), UserError, 'deno task search --study "toy"');
});
