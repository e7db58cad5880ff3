/**
 * The sizes and limits of a search, and what follows from them. It does not know the operators.
 *
 * @module
 */

/** Sizes of a search: `elites + crossed + mutated + immigrants` is the population size. */
export interface Limits {
  /** Functions in a population. */
  readonly populationSize: number;
  /** Populations in all, the random one included. */
  readonly generations: number;
  /** The best, which stay (nψ in the paper). */
  readonly elites: number;
  /** Children by crossover (n_x). */
  readonly crossed: number;
  /** Children by mutation (n_m). */
  readonly mutated: number;
  /** Random newcomers. */
  readonly immigrants: number;
  /** Evaluations at most; default: no limit. */
  readonly maxTrials?: number;
  /** How often a couple, or an individual to mutate, is tried before a random genome takes the place; default 20. */
  readonly breedingTries?: number;
  /** Random genomes in a row that may be rejected or known before a place stays empty; default 1000. */
  readonly drawTries?: number;
}

const LEAST = {
  populationSize: 1,
  generations: 1,
  elites: 0,
  crossed: 0,
  mutated: 0,
  immigrants: 0,
  maxTrials: 1,
  breedingTries: 1,
  drawTries: 1,
} as const;

/** Throws a RangeError unless the limits are integers in their ranges and the parts add up to the population. */
export function checkLimits(limits: Limits): void {
  for (const name of Object.keys(LEAST) as (keyof Limits)[]) {
    const value = limits[name];
    if (value === undefined || (name === "maxTrials" && value === Infinity)) continue;
    if (!Number.isSafeInteger(value) || value < LEAST[name]) {
      throw new RangeError(`Cannot search: expected ${name} to be an integer of at least ${LEAST[name]}, got ${value}`);
    }
  }
  const { populationSize, elites, crossed, mutated, immigrants } = limits;
  if (elites + crossed + mutated + immigrants !== populationSize) {
    throw new RangeError(
      `Cannot search: expected elites, crossed, mutated and immigrants to add up to populationSize ${populationSize}, ` +
        `got ${elites} + ${crossed} + ${mutated} + ${immigrants} = ${elites + crossed + mutated + immigrants}`,
    );
  }
}

/** The number of evaluations of a search that finds new functions for all places; no search makes more. */
export function mostTrials(limits: Limits): number {
  const { populationSize, generations, elites, maxTrials = Infinity } = limits;
  return Math.min(maxTrials, populationSize + (generations - 1) * (populationSize - elites));
}

/** The generations that a search needs for so many evaluations. */
export function generationsFor(trials: number, { populationSize, elites }: Limits): number {
  return 1 + Math.max(0, Math.ceil((trials - populationSize) / Math.max(1, populationSize - elites)));
}
