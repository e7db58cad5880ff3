/**
 * The genetic search, over injected operators, as in figure 1 of the AFOS paper (arXiv 2409.04915): a random population
 * → fitness → stop? → the best by rank → crossover → mutation → the best, their children and random newcomers are the
 * next population. It does not know how a function is trained, or how long that takes.
 *
 * @module
 */
import type { Expression } from "../activation/mod.ts";
import { type Random, random } from "../random.ts";
import { breed } from "./breeding.ts";
import { describeGenome } from "./describe_genome.ts";
import { type Counts, createGate, type Description } from "./gate.ts";
import { checkGenes, type Genome } from "./genes.ts";
import { type Candidate, type Individual, ranked } from "./individual.ts";
import type { Limits } from "./limits.ts";
import type { Operators } from "./operators.ts";
import { evaluator, measure } from "./score.ts";
import { limitsOf, operatorsIn } from "./search_options.ts";

/** Why a search ended: all generations done, `maxTrials` reached, `stop` said so, or nothing new could be found. */
export type Ending = "generations" | "trials" | "stopped" | "exhausted";

/** The fitness of a function, finite; higher is better, and a function that diverges has 0. */
export type Fitness = (expression: Expression, candidate: Candidate) => number | Promise<number>;

/**
 * What {@linkcode geneticSearch} needs: `fitness`, or `evaluate` for whole generations. Sizes that are not given are those
 * of the preset `quick`, in proportion to `population`; operators and genes those of `DEFAULT_OPERATORS`.
 */
export interface GeneticOptions extends Partial<Limits>, Partial<Operators> {
  /** Functions in a population (default: 10). */
  readonly population?: number;
  /** Seed of everything random (default: 1). */
  readonly seed?: number;
  /** In place of `seed`: decides everything that is random; it is split by generation and operator. */
  readonly rng?: Random;
  /** Scores one new function. It is never called twice with the same function. */
  readonly fitness?: Fitness;
  /** How many functions `fitness` scores at a time (default: 1). It changes no result. */
  readonly concurrency?: number;
  /** In place of `fitness`: scores the new functions of a generation at once, in their order. */
  readonly evaluate?: (candidates: readonly Candidate[]) => Promise<readonly number[]>;
  /** What the search begins with, at most a population; random functions come behind (default: none). */
  readonly given?: readonly Genome[];
  /** What a genome stands for, and whether it is rejected; must depend on the genome alone. */
  readonly candidateOf?: (genome: Genome) => Description;
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
 * import { evaluate } from "../activation/mod.ts";
 * import { geneticSearch } from "./genetic.ts";
 *
 * // functions that come close to tanh at 1
 * const search = geneticSearch({
 *   population: 6,
 *   generations: 3,
 *   fitness: (f) => 1 / (1 + Math.abs(evaluate(f, 1) - Math.tanh(1))),
 * });
 * let last;
 * for await (const { generation, best, trials } of search) last = { generation, trials, close: best.fitness > 0.5 };
 * assertEquals(last, { generation: 2, trials: 16, close: true });
 * ```
 */
export async function* geneticSearch(options: GeneticOptions): AsyncGenerator<Generation, void, void> {
  const { candidateOf = describeGenome, given, stop, signal } = options;
  const limits = limitsOf(options);
  const { generations, elites, maxTrials = Infinity } = limits;
  const operators = operatorsIn(options);
  checkGenes(operators.genes);
  const evaluate = evaluator(options);
  const seeded = options.rng ?? random(options.seed ?? 1);
  const gate = createGate(candidateOf);
  let population: readonly Individual[] = [];
  let best: Individual | undefined;
  let trials = 0;
  for (let generation = 0; generation < generations; generation++) {
    gate.open(generation);
    const rng = seeded.split(`generation ${generation}`);
    const proposed = breed(population, { limits, operators, gate, rng, given });
    const candidates = proposed.slice(0, maxTrials - trials);
    signal?.throwIfAborted();
    const newcomers = await measure(candidates, evaluate);
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
    const ended = endingOf(state, { ...limits, stop });
    yield ended === undefined ? state : { ...state, ended };
    if (ended !== undefined) return;
  }
}

function endingOf(
  state: Generation,
  { generations, maxTrials = Infinity, stop }: Limits & Pick<GeneticOptions, "stop">,
): Ending | undefined {
  if (state.evaluated === 0) return "exhausted";
  if (state.trials >= maxTrials) return "trials";
  if (state.generation + 1 === generations) return "generations";
  return stop?.(state) ? "stopped" : undefined;
}
