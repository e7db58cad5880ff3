/**
 * The loop of the strategies that decide one proposal after the other: nobody waits for the last of a generation.
 *
 * Scores are told in the order of the proposals, and always as many before each proposal, whichever trainings have ended.
 * So a search does not depend on the speed of the workers or on their number, and one that was interrupted is resumed by
 * replaying it.
 *
 * @module
 */
import { type Random, random } from "../random.ts";
import { SettingsError } from "../schema.ts";
import { describeGenome } from "./describe_genome.ts";
import { createGate, type Gate } from "./gate.ts";
import { checkGenes, type Genome } from "./genes.ts";
import type { Ending, Generation } from "./genetic.ts";
import { type Candidate, type Individual, type Provenance, ranked } from "./individual.ts";
import { type Limits, mostTrials } from "./limits.ts";
import type { Operators } from "./operators.ts";
import { evaluator, measure } from "./score.ts";
import { limitsOf, operatorsIn } from "./search_options.ts";
import { epochCost, type StrategyOptions } from "./strategy.ts";

/** How many proposals wait for their fitness at a time, where it is not said. */
export const PENDING = 8;

/** What decides proposals one by one. */
export interface Proposer {
  /** The next function to train; undefined where it finds none before it is told more. */
  propose(): Candidate | undefined;
  /** Takes the fitness of a proposal; they come in the order in which they were proposed. */
  tell(individual: Individual): void;
}

/** What a proposer works with. */
export interface ProposerTools {
  readonly limits: Limits;
  readonly operators: Operators;
  /** Decides everything that is random. */
  readonly rng: Random;
  /** How many proposals wait for their fitness at a time. */
  readonly pending: number;
  /** Epochs of a whole training. */
  readonly epochs: number;
  /** What lets new functions through. */
  readonly gate: Gate;
  /** The first new function that `make` brings in so many tries (default: `drawTries`). */
  readonly find: (make: () => Genome, plan: Provenance & { readonly tries?: number }) => Candidate | undefined;
  /** What the search is to begin with, and then a new random function; undefined where none is found. */
  readonly draw: (rng: Random) => Candidate | undefined;
}

const ROUNDING = 1e-9;

/**
 * Searches with a proposer. A generation is as many trainings as one of {@linkcode geneticSearch}, told in their order;
 * its population are the last ones that were trained to the end. Throws as {@linkcode geneticSearch}.
 */
export async function* asynchronousSearch(
  options: StrategyOptions,
  proposerOf: (tools: ProposerTools) => Proposer,
): AsyncGenerator<Generation, void, void> {
  const { signal, stop, pending = PENDING, epochs = 1, rates = 1 } = options;
  const limits = limitsOf(options);
  const operators = operatorsIn(options);
  checkGenes(operators.genes);
  for (const [name, value] of Object.entries({ pending, epochs, rates })) {
    if (Number.isSafeInteger(value) && value >= 1) continue;
    throw new SettingsError(`Cannot search: expected ${name} to be an integer of at least 1, got ${value}`);
  }
  const evaluate = evaluator(options);
  const gate = createGate(options.candidateOf ?? describeGenome);
  const find: ProposerTools["find"] = (make, { tries = limits.drawTries ?? 1000, ...provenance }) => {
    for (let attempt = 0; attempt < tries; attempt++) {
      const candidate = gate.admit(make(), provenance);
      if (candidate) return candidate;
    }
    return undefined;
  };
  const given = [...options.given ?? []];
  const draw = (rng: Random) => {
    for (let genome = given.shift(); genome; genome = given.shift()) {
      const candidate = gate.admit(genome, { origin: "given", parents: [] });
      if (candidate) return candidate;
    }
    return find(() => operators.randomGenome({ rng, genes: operators.genes }), { origin: "random", parents: [] });
  };
  const rng = options.rng ?? random(options.seed ?? 1);
  const proposer = proposerOf({ limits, operators, rng, pending, epochs, gate, find, draw });

  /** The share of a whole training. */
  const costOf = (candidate: Candidate) => epochCost(candidate.epochs ?? epochs, rates) / epochCost(epochs, rates);
  const most = mostTrials(limits);
  const waiting: { readonly candidate: Candidate; readonly scored: Promise<Individual[]> }[] = [];
  const functions = new Set<number>();
  let [asked, told, generation, evaluated] = [0, 0, 0, 0];
  let due = limits.populationSize;
  let population: readonly Individual[] = [];
  let best: Individual | undefined;
  let ending: Ending | undefined;

  gate.open(0);
  while (ending === undefined) {
    const candidate = asked < most - ROUNDING && waiting.length < pending ? proposer.propose() : undefined;
    if (candidate) {
      signal?.throwIfAborted();
      const scored = measure([candidate], evaluate);
      scored.catch(() => {}); // it is waited for below, or nobody waits any more
      waiting.push({ candidate, scored });
      asked += costOf(candidate);
      continue;
    }
    const next = waiting.shift();
    if (next) {
      const [individual] = await next.scored;
      signal?.throwIfAborted();
      told += costOf(individual);
      if (!functions.has(individual.number)) evaluated++;
      functions.add(individual.number);
      if (individual.epochs === undefined) {
        population = [...population, individual].slice(-limits.populationSize);
        best = best === undefined ? individual : ranked([best, individual])[0];
      }
      proposer.tell(individual);
    }
    const done = told >= most - ROUNDING;
    const exhausted = !next;
    if (!done && !exhausted && told < due - ROUNDING) continue;
    due += Math.max(1, limits.populationSize - limits.elites);
    if (best === undefined) {
      if (!done && !exhausted) continue;
      if (functions.size > 0) {
        throw new SettingsError(
          "Cannot search: expected a function that is trained to the end, got short trainings only; allow more trials",
        );
      }
      throw new RangeError(
        `Cannot search: expected a function that can be evaluated, got ${gate.counts().proposed} that are all rejected; ` +
          "allow more codes",
      );
    }
    const state = {
      generation,
      population: ranked(population),
      best,
      counts: gate.counts(),
      evaluated,
      trials: functions.size,
    };
    if (done) ending = told >= (limits.maxTrials ?? Infinity) - ROUNDING ? "trials" : "generations";
    else if (exhausted) ending = "exhausted";
    else if (stop?.(state)) ending = "stopped";
    yield ending === undefined ? state : { ...state, ended: ending };
    evaluated = 0;
    gate.open(++generation);
  }
}
