/**
 * The newcomers of the next population: crossed, mutated and random ones. It does not know fitness, only the order of
 * the population.
 *
 * @module
 */
import type { Random } from "../random.ts";
import type { Gate } from "./gate.ts";
import type { Genome } from "./genes.ts";
import type { Candidate, Individual, Provenance } from "./individual.ts";
import type { Limits } from "./limits.ts";
import type { Operators } from "./operators.ts";

/** The circumstances of {@linkcode breed}. */
export interface Breeding {
  /** Sizes of the parts and numbers of tries. */
  readonly limits: Limits;
  /** What makes the genomes. */
  readonly operators: Operators;
  /** What lets new functions through. */
  readonly gate: Gate;
  /** Decides everything that is random; it is split by operator. */
  readonly rng: Random;
  /** What the first population begins with (default: nothing). */
  readonly given?: readonly Genome[];
}

/**
 * Breeds the newcomers of the population that follows `population` (sorted, best first; empty: the first one is bred).
 * Random genomes take the places of children that cannot be had; places stay empty when nothing new is found.
 */
export function breed(
  population: readonly Individual[],
  { limits, operators, gate, rng, given = [] }: Breeding,
): Candidate[] {
  const { populationSize, elites, crossed, mutated, breedingTries = 20, drawTries = 1000 } = limits;
  const { genes, selection, crossover, mutation, randomGenome } = operators;
  const newcomers: Candidate[] = [];

  /** Admits up to `wanted` of the genomes that at most `tries` calls of `make` bring; says whether there were any. */
  function admit(make: () => readonly Genome[], plan: Provenance & { wanted: number; tries: number }): boolean {
    const before = newcomers.length;
    for (let attempt = 0; attempt < plan.tries; attempt++) {
      for (const genome of make()) {
        const candidate = gate.admit(genome, plan);
        if (candidate !== undefined) newcomers.push(candidate);
        if (newcomers.length === before + plan.wanted) return true;
      }
    }
    return newcomers.length > before;
  }
  const parentsOf = (count: number, rng: Random) =>
    population.length === 0 ? [] : selection(population, { count, rng });

  if (population.length === 0) {
    for (const genome of given) admit(() => [genome], { origin: "given", parents: [], wanted: 1, tries: 1 });
  }

  const crossing = rng.split("crossover");
  const couples = parentsOf(2 * Math.ceil(crossed / 2), crossing.split("selection"));
  for (let first = 0; first < couples.length; first += 2) {
    const couple = [couples[first].genome, couples[first + 1].genome] as const;
    const parents = [couples[first].number, couples[first + 1].number];
    const plan = { origin: "crossover", parents, wanted: Math.min(2, crossed - first), tries: breedingTries } as const;
    admit(() => crossover(couple, { rng: crossing, genes }), plan);
  }

  const mutating = rng.split("mutation");
  for (const { genome, number } of parentsOf(mutated, mutating.split("selection"))) {
    const plan = { origin: "mutation", parents: [number], wanted: 1, tries: breedingTries } as const;
    admit(() => [mutation(genome, { rng: mutating, genes })], plan);
  }

  const drawing = rng.split("random");
  const places = populationSize - Math.min(elites, population.length);
  const plan = { origin: "random", parents: [], wanted: 1, tries: drawTries } as const;
  while (newcomers.length < places) {
    if (!admit(() => [randomGenome({ rng: drawing, genes })], plan)) break;
  }
  return newcomers;
}
