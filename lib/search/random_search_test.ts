import { assert, assertEquals, assertNotEquals } from "@std/assert";
import type { Generation, GeneticOptions } from "./genetic.ts";
import { mostTrials } from "./limits.ts";
import { presets } from "./presets.ts";
import { randomSearch } from "./random_search.ts";
import { toyDescription } from "./testdata/toy_algebra.ts";

const TOY: GeneticOptions = {
  generations: 4,
  seed: 3,
  candidateOf: toyDescription,
  // The earlier, the better: a search that kept its best would never lose the first ones.
  evaluate: (candidates) => Promise.resolve(candidates.map(({ number }) => 1 / (1 + number))),
};

async function run(options: GeneticOptions): Promise<Generation[]> {
  return await Array.fromAsync(randomSearch({ ...TOY, ...options }));
}

Deno.test("every function is drawn at random, none twice, and the best of all is kept in mind", async () => {
  const generations = await run({ population: 6 });
  assertEquals(generations.length, 4);
  let trials = 0;
  for (const { population, evaluated, best, trials: sum } of generations) {
    assertEquals([population.length, best.number, sum], [6, 0, trials += evaluated]);
    assertEquals(new Set(population.map(({ number }) => number)).size, 6);
    assert(population.every(({ origin }) => origin === "random"));
  }
  const sizes = { populationSize: 6, generations: 4, elites: 0, crossed: 0, mutated: 0, immigrants: 6 };
  assert(trials <= mostTrials(sizes));
});

Deno.test("its size is the population's, under either name, or the preset's", async () => {
  for (
    const [options, size] of [[{ populationSize: 5 }, 5], [{ population: 7 }, 7], [
      {},
      presets.quick.populationSize,
    ]] as const
  ) {
    assertEquals((await run({ ...options, generations: 1 }))[0].population.length, size);
  }
});

Deno.test("the seed decides what is drawn", async () => {
  const drawn = async (seed: number) =>
    (await run({ population: 6, seed })).flatMap(({ population }) => population.map(({ genome }) => genome));
  assertEquals(await drawn(1), await drawn(1));
  assertNotEquals(await drawn(1), await drawn(2));
});
