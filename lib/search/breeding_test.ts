import { assert, assertEquals } from "@std/assert";
import { random } from "../random.ts";
import { breed } from "./breeding.ts";
import { createGate } from "./gate.ts";
import type { Genome } from "./genes.ts";
import type { Individual } from "./individual.ts";
import type { Limits } from "./limits.ts";
import { DEFAULT_OPERATORS, type Operators } from "./operators.ts";

const LIMITS: Limits = { populationSize: 10, generations: 2, elites: 2, crossed: 4, mutated: 2, immigrants: 2 };

/** A population of functions 0, 1, 2 …, each of one gene. */
function population(size: number): Individual[] {
  return Array.from({ length: size }, (_, number) => ({
    ...{ number, generation: 0, genome: [number], formula: `f${number}`, identity: String(number) },
    ...{ origin: "random", parents: [], fitness: 1 / (1 + number) } as const,
  }));
}

/**
 * Breeds with operators whose children are counted: a genome is [parents…, kind, count], and each is a function of its own
 * unless `identityOf` says otherwise.
 */
function bred(
  parents: readonly Individual[],
  { limits = {}, operators = {}, identityOf = (genome) => genome.join() }: {
    limits?: Partial<Limits>;
    operators?: Partial<Operators>;
    identityOf?: (genome: Genome) => string;
  } = {},
) {
  const calls = { crossover: 0, mutation: 0, random: 0 };
  const gate = createGate((genome) => ({ formula: genome.join(), identity: identityOf(genome) }));
  gate.open(1);
  const candidates = breed(parents, {
    limits: { ...LIMITS, ...limits },
    gate,
    rng: random(1),
    operators: {
      ...DEFAULT_OPERATORS,
      selection: (population, { count }) => Array.from({ length: count }, (_, i) => population[i % population.length]),
      crossover: ([a, b]) => {
        calls.crossover++;
        return [[a[0], b[0], 100, calls.crossover], [b[0], a[0], 200, calls.crossover]];
      },
      mutation: (genome) => [genome[0], 300, ++calls.mutation],
      randomGenome: () => [400, ++calls.random],
      ...operators,
    },
  });
  return { candidates, calls, counts: gate.counts() };
}

const origins = (candidates: readonly { origin: string; parents: readonly number[] }[]) =>
  candidates.map(({ origin, parents }) => [origin, ...parents].join(" "));

Deno.test("each part has its size and its parents: couples, then individuals, then random genomes", () => {
  const { candidates, calls } = bred(population(5));
  assertEquals(origins(candidates), [
    ...[
      "crossover 0 1",
      "crossover 0 1",
      "crossover 2 3",
      "crossover 2 3",
      "mutation 0",
      "mutation 1",
      "random",
      "random",
    ],
  ]);
  assertEquals(calls, { crossover: 2, mutation: 2, random: 2 });
  assertEquals(candidates.map(({ number }) => number), [...candidates.keys()]);
});

Deno.test("of an odd number of children the last couple brings one", () => {
  const { candidates } = bred(population(6), { limits: { crossed: 3, immigrants: 3 } });
  assertEquals(origins(candidates).filter((origin) => origin.startsWith("crossover")), [
    ...["crossover 0 1", "crossover 0 1", "crossover 2 3"],
  ]);
  assertEquals(candidates.length, 8);
});

Deno.test("the first population is random as a whole, and places that elites cannot fill are random, too", () => {
  const first = bred([]);
  assertEquals(origins(first.candidates), Array(10).fill("random"));
  assertEquals([first.calls.crossover, first.calls.mutation], [0, 0]);
  assertEquals(bred(population(1)).candidates.length, 9); // one elite
});

Deno.test("children that are not new are tried again as often as said; random genomes take their places", () => {
  const limits = { breedingTries: 3 };
  // Both children of a couple are always the same function, and mutants are never new.
  const { candidates, calls, counts } = bred(population(4), {
    limits,
    identityOf: (genome) => genome.includes(300) ? "mutant" : genome.length === 4 ? "child" : genome.join(),
  });
  assertEquals(calls, { crossover: 3 + 3, mutation: 1 + 3, random: 6 });
  assertEquals(origins(candidates), ["crossover 0 1", "mutation 0", ...Array(6).fill("random")]);
  assertEquals(counts.proposed - counts.duplicates, candidates.length);
});

Deno.test("a couple goes on after one new child until it has two", () => {
  const { calls, candidates } = bred(population(2), {
    limits: { populationSize: 4, elites: 2, crossed: 2, mutated: 0, immigrants: 0 },
    // The second child of the first two tries is the function of the first.
    identityOf: (genome) => genome.at(-1)! < 3 ? "same" : genome.join(),
  });
  assertEquals([calls.crossover, candidates.length], [3, 2]);
});

Deno.test("places stay empty where so many random genomes in a row bring nothing new", () => {
  let draws = 0;
  const { candidates } = bred([], {
    limits: { drawTries: 5 },
    operators: { randomGenome: () => (draws++, [draws < 10 ? Math.floor(draws / 4) : 0]) },
  });
  // Draws 1, 4 and 8 are new; then five are not.
  assertEquals([candidates.length, draws], [3, 13]);
});

Deno.test("a part draws the same whatever the others draw", () => {
  const drawn: Record<string, number[]> = { crossover: [], mutation: [], random: [] };
  const operators = (also: number): Partial<Operators> => ({
    crossover: (_, { rng }) => {
      for (let i = 0; i < also; i++) rng.next();
      drawn.crossover.push(rng.next());
      return [[drawn.crossover.at(-1)!], [drawn.crossover.at(-1)! + 1]];
    },
    mutation: (_, { rng }) => [drawn.mutation[drawn.mutation.push(rng.next()) - 1]],
    randomGenome: ({ rng }) => [drawn.random[drawn.random.push(rng.next()) - 1]],
  });
  bred(population(4), { operators: operators(0) });
  const first = structuredClone(drawn);
  for (const list of Object.values(drawn)) list.length = 0;
  bred(population(4), { operators: operators(7) });
  assertEquals([drawn.mutation, drawn.random], [first.mutation, first.random]);
  assert(first.crossover[0] !== first.mutation[0] && first.mutation[0] !== first.random[0]);
});
