/**
 * A study with a final comparison in which nothing is trained, for tests.
 *
 * @module
 */
import { identityKey } from "../../activation/simplify/identity.ts";
import { parse } from "../../activation/parse.ts";
import { InlineExecutor } from "../../study/executor.ts";
import type { Study } from "../../study/study.ts";
import { createStudy } from "../../study/studies.ts";
import type { TrialSpec } from "../../study/trial.ts";
import type { Outcome } from "../../training/mod.ts";
import { contenders, finalTrials, foundTrials } from "../finals.ts";
import { comparisonSettings, planSearch } from "../search_settings.ts";

const SURROUNDINGS = { engine: "tensorflow", engineVersion: "test", kernel: true, bfloat16: false, splitSeed: 1 };

const search = (formula: string): TrialSpec => ({
  label: "search",
  formula,
  identity: identityKey(parse(formula)),
  recipe: {},
  seed: 1,
  test: false,
});

/**
 * A study of three functions, one of them a baseline too, whose scores follow from the formula's length, with its final
 * comparison of three seeds or without it; in the file `path`, or in memory.
 */
export async function toyStudy({ finals, path }: { readonly finals: boolean; readonly path?: string }): Promise<Study> {
  const settings = planSearch({ finalists: 2, finalSeeds: 3, baselines: ["relu", "swish"] }, SURROUNDINGS);
  const one = createStudy({ name: "toy", seed: 1, settings }, { path });
  const executor = new InlineExecutor(({ formula, test }): Outcome => {
    if (test && formula === "sin(x)") return { kind: "diverged", fitness: 0, epoch: 1 };
    const score = formula.length / 100;
    return {
      kind: "complete",
      fitness: score,
      validationAccuracy: score / 2,
      validationLoss: 1,
      ...test && { testAccuracy: score / 4, testLoss: 1 },
    };
  });
  await one.run([search("max(x, 0)"), search("sin(x)"), search("x")], { executor });
  const options = comparisonSettings(settings);
  const specs = finalTrials(contenders(foundTrials(one, options), options), {
    seed: 1,
    finalSeeds: options.finalSeeds,
    recipe: {},
  });
  if (finals) await one.run(specs, { executor });
  return one;
}
