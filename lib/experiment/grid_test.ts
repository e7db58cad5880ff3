import { assert, assertEquals } from "@std/assert";
import { InlineExecutor } from "../study/executor.ts";
import { createStudy } from "../study/studies.ts";
import type { JsonRecord } from "../study/json.ts";
import type { TrialJob } from "../study/trial.ts";
import type { Epoch, Outcome } from "../training/mod.ts";
import { contestant } from "./contestant.ts";
import { evaluationTrials, type Grid, type GridCase, gridSeeds, tuningTrials } from "./grid.ts";

/** A case of a network and a data set. */
function gridCase(network: string, learningRates: readonly number[]): GridCase {
  const recipe = { learningRate: 0.5, learningRates } as unknown as GridCase["recipe"];
  return {
    name: `${network}/toy`,
    network,
    dataset: "toy",
    recipe,
    images: { train: 8, validation: 4, test: 4 },
    conditions: { network, dataset: "toy", epochs: 2 },
  };
}

const GRID: Grid = {
  cases: [gridCase("phi", [0.1, 0.2, 0.4]), gridCase("cct", [1, 2])],
  contestants: ["relu", "swish", "exp(exp(x))"].map(contestant),
  seed: 7,
  seeds: 2,
  tuned: true,
};

/** Each function is best at a learning rate of its own; the last one always diverges. */
const BEST: Readonly<Record<string, number>> = { "relu(x)": 0.2, "x * sigmoid(x)": 0.4 };

function toy(seen: TrialJob<JsonRecord>[]): InlineExecutor<JsonRecord> {
  return new InlineExecutor((job, { onEpoch }): Outcome => {
    seen.push(job);
    const best = BEST[job.formula];
    if (best === undefined) return { kind: "diverged", fitness: 0, epoch: 1 };
    const rate = job.recipe.learningRate as number;
    const validationAccuracy = 1 / (1 + Math.abs(rate - best));
    const common = { trainLoss: 1, validationLoss: 1, seconds: 1, images: 32 };
    const epochs: Epoch[] = [validationAccuracy, 0.01].map((accuracy, i) => (
      { ...common, epoch: i + 1, validationAccuracy: accuracy }
    ));
    epochs.forEach(onEpoch);
    const scores = { fitness: validationAccuracy, validationAccuracy, validationLoss: 1 };
    return { kind: "complete", ...scores, ...job.test && { testAccuracy: validationAccuracy, testLoss: 1 } };
  });
}

Deno.test("the grid: every case with every function and every seed, the same seeds for all", () => {
  const trials = evaluationTrials({ ...GRID, tuned: false }, []);
  assertEquals(trials.length, 2 * 3 * 2);
  const keys = trials.map(({ case: { name }, spec }) => JSON.stringify([name, spec.identity, spec.seed]));
  assertEquals(new Set(keys).size, trials.length);
  for (const { spec } of trials) {
    assertEquals([spec.label, spec.test, spec.recipe.learningRate], ["evaluation", true, 0.5]);
  }
  const seeds = Map.groupBy(trials, ({ case: { name }, contestant }) => `${name} ${contestant.name}`);
  for (const [, own] of seeds) assertEquals(own.map(({ spec }) => spec.seed), gridSeeds(GRID));
});

Deno.test("more seeds or functions leave the trials of fewer as they are", () => {
  const keys = (grid: Grid) => new Set(evaluationTrials(grid, []).map(({ spec }) => JSON.stringify(spec)));
  const few = keys({ ...GRID, tuned: false, seeds: 1, contestants: GRID.contestants.slice(0, 2) });
  assert(few.isSubsetOf(keys({ ...GRID, tuned: false })));
});

Deno.test("nothing is tuned unless it is asked for", () => {
  assertEquals(tuningTrials({ ...GRID, tuned: false }), []);
});

Deno.test("learning rates: each function tries the same ones at equal cost, never on test images nor with a seed of the comparison", async () => {
  const seen: TrialJob<JsonRecord>[] = [];
  await using executor = toy(seen);
  using study = createStudy({ name: "toy", seed: 7, settings: {} });
  const tuning = await study.run(tuningTrials(GRID).map(({ spec }) => spec), { executor });
  assertEquals(seen.length, 3 * (3 + 2));
  assert(seen.every(({ test }) => !test));
  assert(seen.every(({ seed }) => !gridSeeds(GRID).includes(seed)));
  assertEquals(new Set(seen.map(({ seed }) => seed)).size, 1);
  for (const [, own] of Map.groupBy(seen, ({ formula }) => formula)) {
    const conditions = own.map(({ recipe: { network, learningRate, epochs } }) => [network, learningRate, epochs]);
    assertEquals(conditions, [["phi", 0.1, 2], ["phi", 0.2, 2], ["phi", 0.4, 2], ["cct", 1, 2], ["cct", 2, 2]]);
  }

  const chosen = evaluationTrials(GRID, tuning.trials);
  const rates = chosen.filter(({ spec }) => spec.seed === gridSeeds(GRID)[0]).map((place) => [
    place.case.network,
    place.contestant.name,
    place.learningRate,
  ]);
  assertEquals(rates, [
    ["phi", "relu", 0.2],
    ["phi", "swish", 0.4],
    ["phi", "exp(exp(x))", 0.5], // it always diverged: the recipe's
    ["cct", "relu", 1],
    ["cct", "swish", 1],
    ["cct", "exp(exp(x))", 0.5],
  ]);

  await study.run(chosen.map(({ spec }) => spec), { executor });
  const job = seen.find(({ test, recipe }) => test && recipe.network === "phi");
  assertEquals(job?.recipe.learningRate, 0.2);
});
