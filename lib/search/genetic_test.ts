import { assert, assertEquals, assertGreater, assertRejects } from "@std/assert";
import fc from "fast-check";
import { evaluate, parse } from "../activation/mod.ts";
import { random } from "../random.ts";
import type { Description } from "./gate.ts";
import { ALL_GENES, type Genes, type Genome } from "./genes.ts";
import { type Generation, type GeneticOptions, geneticSearch } from "./genetic.ts";
import type { Candidate } from "./individual.ts";
import { mostTrials } from "./limits.ts";
import { randomSearch } from "./random_search.ts";
import { closeness, isToyGenome, toyDescription } from "./testdata/toy_algebra.ts";

const TARGET: Genome = [0, 1, 9, 5, 13]; // (max(x, 0) · sin(x)) + x / 2

function near(target: Genome): GeneticOptions["evaluate"] {
  return (candidates) => Promise.resolve(candidates.map(({ genome }) => closeness(genome, target)));
}

const SMALL = {
  populationSize: 12,
  generations: 8,
  elites: 3,
  crossed: 4,
  mutated: 3,
  immigrants: 2,
  candidateOf: toyDescription,
  evaluate: near(TARGET),
};

async function all(search: AsyncIterable<Generation>): Promise<Generation[]> {
  const generations: Generation[] = [];
  for await (const generation of search) generations.push(generation);
  return generations;
}

/** The search, its generations, and all candidates in the order of their evaluation. */
async function traced(options: GeneticOptions): Promise<{ generations: Generation[]; trials: Candidate[] }> {
  const trials: Candidate[] = [];
  const evaluate = (candidates: readonly Candidate[]) => {
    trials.push(...candidates);
    return options.evaluate!(candidates);
  };
  return { generations: await all(geneticSearch({ ...options, evaluate })), trials };
}

Deno.test("no function twice in a population or in an evaluation, only well-formed genomes, counts that add up", async () => {
  const settings = fc.record({
    seed: fc.nat(),
    elites: fc.nat(4),
    crossed: fc.nat(5),
    mutated: fc.nat(4),
    immigrants: fc.integer({ min: 1, max: 5 }),
    breedingTries: fc.constantFrom(1, 20),
    few: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(settings, async ({ seed, few, ...sizes }) => {
      const populationSize = sizes.elites + sizes.crossed + sizes.mutated + sizes.immigrants;
      const genes: Genes = few ? { shapes: [3, 5], binary: [0, 1, 4], unary: [0, 1, 17, 18] } : ALL_GENES;
      const { generations, trials } = await traced({ ...SMALL, ...sizes, populationSize, genes, rng: random(seed) });
      assertEquals(new Set(trials.map(({ identity }) => identity)).size, trials.length);
      assertEquals(trials.map(({ number }) => number), [...trials.keys()]);
      assert(trials.every(({ genome }) => isToyGenome(genome) && toyDescription(genome).rejected === undefined));
      assertEquals(generations.at(-1)!.trials, trials.length);
      generations.forEach(({ population, best, counts, evaluated, ended }, index) => {
        assert(population.length <= populationSize);
        assertEquals(new Set(population.map(({ identity }) => identity)).size, population.length);
        const { proposed, duplicates, rejected } = counts;
        assertEquals(proposed, duplicates + rejected.constant + rejected["not finite"] + evaluated);
        assertEquals(best.fitness, Math.max(...generations.slice(0, index + 1).map((g) => g.population[0].fitness)));
        assertEquals(ended !== undefined, index === generations.length - 1);
      });
    }),
    { seed: 11, numRuns: 60 },
  );
});

Deno.test("the best stay, are not evaluated again, and every part of the next population has its size", async () => {
  const { generations } = await traced({ ...SMALL, rng: random(3) });
  assertEquals(generations.length, 8);
  for (let i = 1; i < generations.length; i++) {
    const { population, evaluated } = generations[i];
    const newcomers = population.filter(({ generation }) => generation === i);
    assertEquals(evaluated, 9);
    assertEquals(newcomers.length, 9);
    const kept = population.filter(({ generation }) => generation < i);
    assertEquals(kept, generations[i - 1].population.slice(0, 3));
    const born = (origin: string) => newcomers.filter((newcomer) => newcomer.origin === origin).length;
    // A couple without new children leaves its places to random genomes.
    assert(born("crossover") <= 4 && born("mutation") === 3);
    if (i === 1) assertEquals([born("crossover"), born("mutation"), born("random")], [4, 3, 2]);
  }
  assertEquals(generations.at(-1)!.trials, mostTrials(SMALL));
});

Deno.test("one seed, one search, whenever evaluations end; another seed, another search", async () => {
  const instant = await traced({ ...SMALL, rng: random(1) });
  const shuffled = random(8);
  const late = await traced({
    ...SMALL,
    rng: random(1),
    async evaluate(candidates) {
      const results = candidates.map(() => 0);
      await Promise.all(candidates.map(async ({ genome }, index) => {
        await new Promise((done) => setTimeout(done, shuffled.integer(4)));
        results[index] = closeness(genome, TARGET);
      }));
      return results;
    },
  });
  assertEquals(late, instant);
  const other = await traced({ ...SMALL, rng: random(2) });
  assert(other.trials[0].identity !== instant.trials[0].identity);
});

Deno.test("a search does not depend on what else was drawn from the generator", async () => {
  const rng = random(1);
  rng.shuffle([1, 2, 3, 4, 5]);
  assertEquals(await traced({ ...SMALL, rng }), await traced({ ...SMALL, rng: random(1) }));
});

Deno.test("maxTrials: exactly so many evaluations, a prefix of those of the longer search", async () => {
  const whole = await traced({ ...SMALL, rng: random(5) });
  assertEquals(whole.generations.at(-1)!.ended, "generations");
  for (const maxTrials of [1, 11, 12, 13, 30, whole.trials.length]) {
    const cut = await traced({ ...SMALL, rng: random(5), maxTrials });
    assertEquals(cut.trials, whole.trials.slice(0, maxTrials));
    assertEquals(cut.generations.at(-1)!.ended, "trials");
    assertEquals(cut.generations.at(-1)!.trials, maxTrials);
  }
});

Deno.test("stop: the search ends with the generation that says so; breaking out needs no clean-up", async () => {
  const whole = await traced({ ...SMALL, rng: random(5) });
  const stopped = await traced({ ...SMALL, rng: random(5), stop: ({ generation }) => generation === 2 });
  assertEquals(stopped.generations.map(({ ended }) => ended), [undefined, undefined, "stopped"]);
  assertEquals(stopped.trials, whole.trials.slice(0, stopped.trials.length));
  let evaluations = 0;
  const evaluate = (candidates: readonly Candidate[]) => (evaluations++, SMALL.evaluate!(candidates));
  for await (const { generation } of geneticSearch({ ...SMALL, evaluate, rng: random(5) })) if (generation === 1) break;
  assertEquals(evaluations, 2);
});

Deno.test("an aborted signal ends the search with its reason, before the next evaluation", async () => {
  const controller = new AbortController();
  let evaluations = 0;
  const evaluate = (candidates: readonly Candidate[]) => {
    if (++evaluations === 2) controller.abort(new Error("enough"));
    return SMALL.evaluate!(candidates);
  };
  const search = geneticSearch({ ...SMALL, evaluate, rng: random(5), signal: controller.signal });
  await assertRejects(() => all(search), Error, "enough");
  assertEquals(evaluations, 2);
  const again = geneticSearch({ ...SMALL, evaluate, rng: random(5), signal: controller.signal });
  await assertRejects(() => all(again), Error, "enough");
  assertEquals(evaluations, 2);
});

Deno.test("a tiny space is searched to its end", async () => {
  // x + x, x + -x = -x + x = 0 (constant), -x + -x: two functions.
  const genes: Genes = { shapes: [3], binary: [0], unary: [0, 1] };
  const generations = await all(geneticSearch({ ...SMALL, genes, rng: random(1), drawTries: 100 }));
  assertEquals(generations.map(({ ended }) => ended), [undefined, "exhausted"]);
  assertEquals(generations.map(({ trials }) => trials), [2, 2]);
  assertEquals(generations.map(({ population }) => population.length), [2, 2]);
  assertGreater(generations[0].counts.rejected.constant, 0);
});

Deno.test("a space of rejected functions is an error that says so", async () => {
  const genes: Genes = { shapes: [3], binary: [0, 1], unary: [17] }; // 1 + 1, 1 · 1
  await assertRejects(() => all(geneticSearch({ ...SMALL, genes, rng: random(1) })), RangeError, "all rejected");
});

Deno.test("what an operator or the caller gets wrong is refused", async () => {
  const wrong: [Partial<GeneticOptions>, string][] = [
    [{ immigrants: 3 }, "3 + 4 + 3 + 3 = 13"],
    [{ elites: -1, immigrants: 6 }, "elites"],
    [{ generations: 0 }, "generations"],
    [{ maxTrials: 0 }, "maxTrials"],
    [{ populationSize: 12.5 }, "12.5"],
    [{ evaluate: () => Promise.resolve([1]) }, "expected 12 fitness values, got 1"],
    [{ evaluate: (candidates) => Promise.resolve(candidates.map(() => NaN)) }, "finite fitness"],
    [{ randomGenome: () => [0, 0] }, "got [0, 0]"],
  ];
  for (const [options, text] of wrong) {
    await assertRejects(() => all(geneticSearch({ ...SMALL, rng: random(1), ...options })), RangeError, text);
  }
});

Deno.test("a genome is described once; its function may come back under other genes", async () => {
  const described: string[] = [];
  const candidateOf = (genome: Genome): Description => (described.push(genome.join()), toyDescription(genome));
  const generations = await all(geneticSearch({ ...SMALL, generations: 30, candidateOf, rng: random(6) }));
  assertEquals(new Set(described).size, described.length);
  assertGreater(generations.reduce((sum, { counts }) => sum + counts.duplicates, 0), 0);
});

Deno.test("the search finds planted functions far more often than random search with as many evaluations", async () => {
  const sizes = {
    populationSize: 30,
    elites: 6,
    crossed: 8,
    mutated: 10,
    immigrants: 6,
    generations: 60,
    maxTrials: 600,
  };
  const found = { genetic: 0, random: 0 };
  const better = { genetic: 0, random: 0 };
  for (const target of [TARGET, [0, 4, 16], [6, 5, 12]]) { // also tanh(x) + asinh(x) and hypot(sin(x), softplus(x))
    for (let seed = 0; seed < 15; seed++) {
      const options = { ...SMALL, ...sizes, evaluate: near(target) };
      const genetic = (await all(geneticSearch({ ...options, rng: random(seed) }))).at(-1)!;
      const baseline = (await all(randomSearch({ ...options, rng: random(seed) }))).at(-1)!;
      assertEquals([genetic.trials, baseline.trials], [600, 600]);
      if (genetic.best.fitness === 1) found.genetic++;
      if (baseline.best.fitness === 1) found.random++;
      if (genetic.best.fitness > baseline.best.fitness) better.genetic++;
      if (genetic.best.fitness < baseline.best.fitness) better.random++;
    }
  }
  const text = JSON.stringify({ found, better });
  assert(found.genetic >= 15 && found.genetic >= 2 * found.random, text);
  assert(better.genetic >= 33 && better.random <= 7, text); // a fair coin: p < 1e-4
});

const toy = (formula: string) => evaluate(parse(formula), 1);

Deno.test("fitness of one function at a time, or of several at once, gives the same search", async () => {
  const runs = [];
  for (const concurrency of [1, 3]) {
    let [running, most] = [0, 0];
    const search = geneticSearch({
      population: 8,
      generations: 3,
      seed: 2,
      concurrency,
      fitness: async (expression, { formula, number }) => {
        most = Math.max(most, ++running);
        await new Promise((resolve) => setTimeout(resolve, number % 3));
        running--;
        assertEquals(evaluate(expression, 1), toy(formula));
        return Math.tanh(Math.abs(toy(formula)));
      },
    });
    runs.push(JSON.stringify((await all(search)).map(({ population }) => population)));
    assertEquals(most, concurrency);
  }
  assertEquals(runs[0], runs[1]);
});

Deno.test("sizes follow from the population, and a seed is as good as its generator", async () => {
  const fitness = (_: unknown, { formula }: Candidate) => 1 / formula.length;
  const first = await all(geneticSearch({ population: 20, generations: 2, fitness }));
  assertEquals(first.map(({ population }) => population.length), [20, 20]);
  assertEquals(first[1].evaluated, 14); // a fresh population but for 3 / 10 of elites, as in the preset quick
  const again = await all(geneticSearch({ population: 20, generations: 2, rng: random(1), fitness }));
  assertEquals(JSON.stringify(again), JSON.stringify(first));
});

Deno.test("parents: two of a crossover, one of a mutation, none of a random genome, all of an earlier generation", async () => {
  const { generations } = await traced({ ...SMALL, rng: random(3) });
  const members = new Map(generations.flatMap(({ population }) => population.map((one) => [one.number, one])));
  for (const { origin, parents, generation } of members.values()) {
    assertEquals(parents.length, { crossover: 2, mutation: 1, random: 0, enumeration: 0, given: 0 }[origin]);
    assert(parents.every((number) => members.get(number)!.generation < generation));
  }
});

for (
  const [options, message] of [
    [{}, "expected fitness"],
    [{ fitness: () => 1, concurrency: 0 }, "expected concurrency to be an integer of at least 1, got 0"],
    [{ fitness: () => 1, population: 0 }, "populationSize"],
    [{ fitness: () => NaN }, "expected a finite fitness"],
  ] as const
) {
  Deno.test(`refused: ${message}`, async () => {
    await assertRejects(() => all(geneticSearch(options)), Error, message);
  });
}
