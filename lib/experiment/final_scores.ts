/**
 * The scores of a search's final comparison as a table: rows = seeds, columns = functions. It trains nothing and tests
 * nothing.
 *
 * @module
 */
import type { ScoreTable } from "../statistics/mod.ts";
import { type Study, type Trial, trialFitness, trialScores } from "../study/mod.ts";
import { UserError } from "../user_error.ts";
import { contenders, finalTrials, foundTrials } from "./finals.ts";
import { comparisonSettings } from "./search_settings.ts";

/** A score of the final comparison; higher is better. */
export type FinalMeasure = "testAccuracy" | "validationAccuracy" | "fitness";

const READ: Readonly<Record<FinalMeasure, (trial: Trial) => number>> = {
  testAccuracy: (trial) => trialScores(trial)?.testAccuracy ?? NaN,
  validationAccuracy: (trial) => trialScores(trial)?.validationAccuracy ?? NaN,
  fitness: trialFitness,
};

/** The scores of the final comparison. */
export const FINAL_MEASURES: readonly FinalMeasure[] = Object.keys(READ) as FinalMeasure[];

/**
 * The scores of the final comparison of a study: a row for each seed, a column for each function; one that the search
 * found and that is also a baseline stands there once. NaN where a training diverged or is still missing, but for the
 * fitness, which is 0 then.
 *
 * Throws a UserError where the study has no final comparison.
 */
export function finalScores(study: Study, { measure }: { readonly measure: FinalMeasure }): ScoreTable {
  const { name, seed, settings } = study.head;
  const options = comparisonSettings(settings);
  const trials = study.trials().filter(({ label }) => label === "final");
  const functions = contenders(foundTrials(study, options), options)
    .filter(({ identity }, i, all) => all.findIndex((other) => other.identity === identity) === i);
  const seeds = [
    ...new Set(finalTrials(functions, { seed, finalSeeds: options.finalSeeds, recipe: {} }).map(({ seed }) => seed)),
  ];
  if (!trials.some((trial) => seeds.includes(trial.seed))) {
    throw new UserError(
      `Cannot compare functions of study ${name}: expected its final comparison, got none; ` +
        `run deno task search --study ${JSON.stringify(name)} to its end`,
    );
  }
  const read = READ[measure];
  return {
    functions: functions.map(({ name }) => name),
    cases: seeds.map((seed) => `seed ${seed}`),
    scores: seeds.map((seed) =>
      functions.map(({ identity }) => {
        const trial = trials.find((one) => one.identity === identity && one.seed === seed);
        return trial === undefined ? NaN : read(trial);
      })
    ),
    unit: "seed",
  };
}
