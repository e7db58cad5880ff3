/**
 * The genetic search, over injected operators, as in figure 1 of the AFOS paper (arXiv 2409.04915): a random population
 * → fitness → stop? → the best by rank → crossover → mutation → the best, their children and random newcomers are the
 * next population. It does not know what a code stands for, how a function is trained, or how long that takes.
 *
 * @module
 */
import type { Random } from "../random.ts";
import { breed, DEFAULT_OPERATORS, type Operators } from "./breeding.ts";
import { type Counts, createGate, type Description } from "./gate.ts";
import { checkGenes, type Genome } from "./genes.ts";
import { type Candidate, type Individual, ranked } from "./individual.ts";
import { checkLimits, type Limits } from "./limits.ts";

/** Why a search ended: all generations done, `maxTrials` reached, `stop` said so, or nothing new could be found. */
export type Ending = "generations" | "trials" | "stopped" | "exhausted";

/** What {@linkcode geneticSearch} needs; operators and genes that are not given are {@linkcode DEFAULT_OPERATORS}. */
export interface GeneticOptions extends Limits, Partial<Operators> {
  /** Decides everything that is random; it is split by generation and operator. */
  readonly rng: Random;
  /**
   * The fitness of each candidate, in their order; higher is better, a diverged function has 0. Called once a
   * generation with the new functions only; never with a function that it was called with before.
   */
  readonly evaluate: (candidates: readonly Candidate[]) => Promise<readonly number[]>;
  /** What a genome stands for, and whether it is rejected; must depend on the genome alone. */
  readonly candidateOf: (genome: Genome) => Description;
  /** Asked after each generation; `true` ends the search with that generation. */
  readonly stop?: (generation: Generation) => boolean;
  /** Once aborted, the search throws the signal's reason before or after the evaluation that is next. */
  readonly signal?: AbortSignal;
}

/** One generation with its fitness. */
export interface Generation {
  /** From 0, the random one. */
  readonly generation: number;
  /** From the best to the worst; every function once. */
  readonly population: readonly Individual[];
  /** The best of the search so far. */
  readonly best: Individual;
  /** What became of the genomes proposed for this generation. */
  readonly counts: Counts;
  /** Functions evaluated in this generation. */
  readonly evaluated: number;
  /** Functions evaluated in the search so far. */
  readonly trials: number;
  /** Set in the last generation only. */
  readonly ended?: Ending;
}

/**
 * Searches, one generation a step; the caller may break out of the loop after any of them.
 *
 * Newcomers of a generation are functions that the search has not seen before: thus no function is in a population
 * twice, and none is evaluated twice. A child that is rejected or not new is bred again, `breedingTries` times in all;
 * then a random genome takes its place. Where `drawTries` random genomes in a row bring nothing new, the population
 * stays smaller, and a search that finds no newcomer at all ends as "exhausted", with the
 * population it had.
 *
 * The same seed gives the same search, whatever the time that evaluations take. `maxTrials` cuts the last generation
 * after that many evaluations in the order of proposal, so that the trials are a prefix of those of a longer search.
 *
 * Throws a RangeError for options that make no sense, for a fitness that is not finite, and when the first `drawTries`
 * random genomes are all rejected.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { random } from "../random.ts";
 * import { geneticSearch } from "./genetic.ts";
 *
 * const search = geneticSearch({
 *   populationSize: 6, generations: 3, elites: 1, crossed: 2, mutated: 2, immigrants: 1,
 *   rng: random(1),
 *   candidateOf: (genome) => ({ expression: genome.join(" "), identity: genome.join(" ") }),
 *   evaluate: (candidates) => Promise.resolve(candidates.map(({ genome }) => -genome[0])),
 * });
 * const trials: number[] = [];
 * for await (const generation of search) trials.push(generation.trials);
 * assertEquals(trials, [6, 11, 16]);
 * ```
 */
export async function* geneticSearch(options: GeneticOptions): AsyncGenerator<Generation, void, void> {
  const { generations, elites, maxTrials = Infinity, signal } = options;
  const operators = operatorsIn(options);
  checkLimits(options);
  checkGenes(operators.genes);
  const gate = createGate(options.candidateOf);
  let population: readonly Individual[] = [];
  let best: Individual | undefined;
  let trials = 0;
  for (let generation = 0; generation < generations; generation++) {
    gate.open(generation);
    const rng = options.rng.split(`generation ${generation}`);
    const proposed = breed(population, { limits: options, operators, gate, rng });
    const candidates = proposed.slice(0, maxTrials - trials);
    signal?.throwIfAborted();
    const newcomers = await measured(candidates, options.evaluate);
    signal?.throwIfAborted();
    trials += newcomers.length;
    if (newcomers.length > 0) population = ranked([...population.slice(0, elites), ...newcomers]);
    if (population.length === 0) {
      throw new RangeError(
        `Cannot search: expected a function that can be evaluated, got ${gate.counts().proposed} random ones that are ` +
          `all rejected; allow more codes`,
      );
    }
    best = best === undefined ? population[0] : ranked([best, population[0]])[0];
    const state = { generation, population, best, counts: gate.counts(), evaluated: newcomers.length, trials };
    const ended = endingOf(state, options);
    yield ended === undefined ? state : { ...state, ended };
    if (ended !== undefined) return;
  }
}

function endingOf(state: Generation, { generations, maxTrials = Infinity, stop }: GeneticOptions): Ending | undefined {
  if (state.evaluated === 0) return "exhausted";
  if (state.trials >= maxTrials) return "trials";
  if (state.generation + 1 === generations) return "generations";
  return stop?.(state) ? "stopped" : undefined;
}

function operatorsIn(options: Partial<Operators>): Operators {
  const standard = DEFAULT_OPERATORS;
  return {
    genes: options.genes ?? standard.genes,
    selection: options.selection ?? standard.selection,
    crossover: options.crossover ?? standard.crossover,
    mutation: options.mutation ?? standard.mutation,
    randomGenome: options.randomGenome ?? standard.randomGenome,
  };
}

/** The candidates with their fitness. */
async function measured(
  candidates: readonly Candidate[],
  evaluate: GeneticOptions["evaluate"],
): Promise<Individual[]> {
  if (candidates.length === 0) return [];
  const values = await evaluate(candidates);
  if (values.length !== candidates.length) {
    throw new RangeError(`Cannot search: expected ${candidates.length} fitness values, got ${values.length}`);
  }
  return candidates.map((candidate, index) => {
    const fitness = values[index];
    if (!Number.isFinite(fitness)) {
      throw new RangeError(
        `Cannot search: expected a finite fitness of ${candidate.expression}, got ${fitness}; ` +
          "a function that diverges has fitness 0",
      );
    }
    return { ...candidate, fitness };
  });
}
