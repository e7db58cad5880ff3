import { assert, assertEquals } from "@std/assert";
import { contestant } from "./contestant.ts";
import { type Grid, type GridCase, gridSeeds, gridTrials } from "./grid.ts";

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
  cases: [gridCase("phi", [0.1, 0.2, 0.4]), gridCase("cct", [1])],
  contestants: ["relu", "swish", "exp(exp(x))"].map(contestant),
  seed: 7,
  seeds: 2,
  tuned: true,
};

Deno.test("the grid: every case with every function and every seed, the same seeds for all", () => {
  const trials = gridTrials({ ...GRID, tuned: false });
  assertEquals(trials.length, 2 * 3 * 2);
  const keys = trials.map(({ case: { name }, spec }) => JSON.stringify([name, spec.identity, spec.seed]));
  assertEquals(new Set(keys).size, trials.length);
  for (const { spec } of trials) {
    assertEquals([spec.label, spec.test, spec.recipe.learningRate], ["evaluation", true, 0.5]);
    assertEquals(spec.recipe.learningRates, undefined);
  }
  const seeds = Map.groupBy(trials, ({ case: { name }, contestant }) => `${name} ${contestant.name}`);
  for (const [, own] of seeds) assertEquals(own.map(({ spec }) => spec.seed), gridSeeds(GRID));
});

Deno.test("more seeds or functions leave the trials of fewer as they are", () => {
  const keys = (grid: Grid) => new Set(gridTrials(grid).map(({ spec }) => JSON.stringify(spec)));
  const few = keys({ ...GRID, tuned: false, seeds: 1, contestants: GRID.contestants.slice(0, 2) });
  assert(few.isSubsetOf(keys({ ...GRID, tuned: false })));
});

Deno.test("learning rates: where they are tuned, each training tries those of its case, the same for every function", () => {
  const rates = gridTrials(GRID).map(({ contestant, spec: { recipe } }) => [
    ...[recipe.network, contestant.name, recipe.learningRate, recipe.learningRates],
  ]);
  assertEquals(new Set(rates.map((rate) => JSON.stringify(rate))).size, 2 * 3);
  for (const [network, , learningRate, learningRates] of rates) {
    assertEquals([learningRate, learningRates], [0.5, network === "phi" ? [0.1, 0.2, 0.4] : undefined]);
  }
});
