import { assert, assertEquals, assertRejects } from "@std/assert";
import fc from "fast-check";
import { evaluate as valueAt, parse } from "../activation/mod.ts";
import { random } from "../random.ts";
import { SettingsError } from "../schema.ts";
import { describeGenome } from "./describe_genome.ts";
import { allGenomes, exhaustiveSearch, genomeCount } from "./exhaustive_search.ts";
import type { Description } from "./gate.ts";
import { ALL_GENES, type Genes, type Genome } from "./genes.ts";
import type { Generation } from "./genetic.ts";
import type { Candidate } from "./individual.ts";
import { mostTrials } from "./limits.ts";
import { strategies, STRATEGY_NAMES } from "./strategies.ts";
import type { Strategy, StrategyOptions } from "./strategy.ts";

const SIZES = { populationSize: 10, generations: 5, elites: 3, crossed: 3, mutated: 2, immigrants: 2 };
/** b(u, u) of few codes: 32 genomes, of which some are constant or equal. */
const FEW: Genes = { shapes: [3], binary: [0, 1], unary: [0, 1, 5, 10] };

const described = new Map<string, Description>();
function candidateOf(genome: Genome): Description {
  const description = described.get(genome.join()) ?? describeGenome(genome);
  described.set(genome.join(), description);
  return description;
}

const TARGET = parse("x * sigmoid(x)");
const PLACES = Array.from({ length: 17 }, (_, i) => i / 4 - 2);

/** How close a function comes to Swish. */
function closeness({ expression }: Pick<Candidate, "expression">): number {
  const squares = PLACES.map((x) => (valueAt(expression!, x) - valueAt(TARGET, x)) ** 2);
  return 1 / (1 + Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / PLACES.length));
}

const OPTIONS = { ...SIZES, candidateOf, genes: { ...ALL_GENES, shapes: [3] } as const };

interface Trace {
  readonly generations: Generation[];
  /** All candidates in the order in which they were asked for. */
  readonly asked: Candidate[];
}

async function traced(strategy: Strategy, options: StrategyOptions = {}): Promise<Trace> {
  const [generations, asked]: [Generation[], Candidate[]] = [[], []];
  const evaluate = (candidates: readonly Candidate[]) => {
    asked.push(...candidates);
    return options.evaluate?.(candidates) ??
      Promise.resolve(candidates.map(closeness));
  };
  for await (const generation of strategy({ ...OPTIONS, ...options, evaluate })) generations.push(generation);
  return { generations, asked };
}

for (const name of STRATEGY_NAMES) {
  const strategy = strategies[name];

  Deno.test(`${name}: no function twice, as many trainings as sizes say, whole generations`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(1000), fc.integer({ min: 1, max: 20 }), async (seed, pending) => {
        const { generations, asked } = await traced(strategy, { rng: random(seed), pending });
        assert(asked.every(({ genome }) => candidateOf(genome).rejected === undefined));
        const whole = asked.filter(({ epochs }) => epochs === undefined);
        assertEquals(new Set(whole.map(({ identity }) => identity)).size, whole.length);
        assertEquals(whole.length, mostTrials(SIZES));
        assertEquals(generations.map(({ ended }) => ended), [...Array(4).fill(undefined), "generations"]);
        assertEquals(generations.map(({ trials }) => trials), [10, 17, 24, 31, 38]);
        assertEquals(generations.map(({ evaluated }) => evaluated), [10, 7, 7, 7, 7]);
        for (const { population, best } of generations) {
          assert(population.every(({ fitness }) => fitness <= best.fitness));
          assertEquals(population.length, 10);
        }
      }),
      { numRuns: 6, seed: 3 },
    );
  });

  Deno.test(`${name}: the same proposals whichever trainings end first, and for the same seed only`, async () => {
    const prompt = await traced(strategy, { rng: random(1) });
    const delays = random(8);
    const late = await traced(strategy, {
      rng: random(1),
      evaluate: async (candidates) => {
        await new Promise((resolve) => setTimeout(resolve, delays.integer(5)));
        return candidates.map(closeness);
      },
    });
    assertEquals(late.asked, prompt.asked);
    assertEquals(late.generations, prompt.generations);
    const other = await traced(strategy, { rng: random(2) });
    if (name === "exhaustive") assertEquals(other.asked, prompt.asked);
    else assert(other.asked[0].identity !== prompt.asked[0].identity);
  });

  Deno.test(`${name}: maxTrials gives a prefix; a longer search begins as the shorter one`, async () => {
    const whole = await traced(strategy, { rng: random(5), generations: 8 });
    for (const maxTrials of [1, 10, 22]) {
      const { asked, generations } = await traced(strategy, { rng: random(5), maxTrials });
      assertEquals(asked, whole.asked.slice(0, maxTrials));
      assertEquals(generations.at(-1)!.ended, "trials");
    }
    const shorter = await traced(strategy, { rng: random(5), generations: 3 });
    assertEquals(shorter.asked, whole.asked.slice(0, shorter.asked.length));
  });

  if (name !== "exhaustive") {
    Deno.test(`${name}: begins with what it is given, each function once`, async () => {
      const given = [[1, 0, 1], [0, 0, 1], [1, 1, 0], [0, 5, 10]] as const;
      const { asked } = await traced(strategy, { rng: random(1), given });
      const functions = new Set(
        given.map(candidateOf).filter(({ rejected }) => !rejected).map(({ identity }) => identity),
      );
      const first = asked.slice(0, functions.size);
      assertEquals(first.map(({ identity, origin }) => [identity, origin]), [...functions].map((id) => [id, "given"]));
      assert(asked.slice(functions.size).every(({ origin }) => origin !== "given"));
      const many = Array.from({ length: 11 }, () => given[0]);
      await assertRejects(() => traced(strategy, { given: many }), SettingsError, "at most 10 functions to begin with");
    });
  }

  Deno.test(`${name}: a small space to its end`, async () => {
    const functions = new Set(
      [...allGenomes(FEW)].map(candidateOf).filter(({ rejected }) => !rejected).map((d) => d.identity),
    );
    const { asked, generations } = await traced(strategy, { rng: random(1), genes: FEW, generations: 50 });
    assertEquals(new Set(asked.map(({ identity }) => identity)), functions);
    assertEquals(generations.at(-1)!.ended, "exhausted");
    assertEquals(generations.at(-1)!.trials, functions.size);
  });

  Deno.test(`${name}: fitness of ${name === "genetic" ? "a generation" : "pending functions"}, so many at a time`, async () => {
    for (const concurrency of [1, 3]) {
      let [running, most] = [0, 0];
      const search = strategy({
        ...OPTIONS,
        concurrency,
        fitness: async (_, candidate) => {
          most = Math.max(most, ++running);
          await new Promise((resolve) => setTimeout(resolve, 0));
          running--;
          return closeness(candidate);
        },
      });
      for await (const { trials } of search) assert(trials > 0);
      assertEquals(most, concurrency);
    }
  });

  Deno.test(`${name}: what fails ends the search, and nothing is scored any more`, async () => {
    let calls = 0;
    const search = strategy({
      ...OPTIONS,
      fitness: () => {
        if (++calls === 3) throw new Error("no memory");
        return 1;
      },
    });
    await assertRejects(
      async () => {
        for await (const _ of search);
      },
      Error,
      "no memory",
    );
    await new Promise((resolve) => setTimeout(resolve, 5));
    assertEquals(calls, 3);
    const nothing = (genome: Genome) => ({ ...candidateOf(genome), rejected: "constant" }) as const;
    await assertRejects(() => traced(strategy, { genes: FEW, candidateOf: nothing }), RangeError, "rejected");
    const aborted = AbortSignal.abort(new Error("enough"));
    await assertRejects(() => traced(strategy, { signal: aborted }), Error, "enough");
  });
}

Deno.test("a proposal is decided from the fitness of those before the pending ones", async () => {
  for (const pending of [1, 3, 8]) {
    let [asked, told, most] = [0, 0, 0];
    const { generations } = await traced(strategies.aging, {
      rng: random(1),
      pending,
      evaluate: async (candidates) => {
        most = Math.max(most, ++asked - told);
        await new Promise((resolve) => setTimeout(resolve, 0));
        told++;
        return candidates.map(closeness);
      },
    });
    assertEquals(most, pending);
    assertEquals(generations.at(-1)!.trials, 38);
  }
  await assertRejects(() => traced(strategies.aging, { pending: 0 }), Error, "expected pending to be an integer");
});

Deno.test("aging: children of the best of a tournament; nobody older than the population is a parent", async () => {
  const { asked } = await traced(strategies.aging, { rng: random(4), pending: 1, generations: 30 });
  assertEquals(asked.slice(0, 10).every(({ origin }) => origin === "random"), true);
  const children = asked.filter(({ origin }) => origin === "mutation");
  assert(children.length > 100);
  for (const { number, parents: [parent], genome } of children) {
    assert(parent < number && parent >= number - 10);
    const differing = asked[parent].genome.filter((code, i) => code !== genome[i]);
    assertEquals([differing.length, asked[parent].genome.length], [1, genome.length]);
  }
});

Deno.test("exhaustive: every genome in order, each function once", async () => {
  assertEquals(genomeCount({ ...ALL_GENES, shapes: [3] }), 9 * 18 * 18);
  assertEquals(genomeCount(FEW), [...allGenomes(FEW)].length);
  assertEquals([...allGenomes({ ...FEW, shapes: [5, 3] })].slice(31, 34), [[1, 10, 10], [0, 0, 0, 0, 0], [
    0,
    0,
    0,
    0,
    1,
  ]]);
  const { asked } = await traced(exhaustiveSearch, { genes: FEW, generations: 50 });
  const genomes = asked.map(({ genome }) => genome.map((code) => String(code).padStart(2, "0")).join());
  assertEquals(genomes, genomes.toSorted());
});
