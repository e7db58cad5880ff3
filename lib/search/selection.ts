/**
 * The choice of parents. It knows the order of a population and not how far the fitness values lie apart, so that one
 * outstanding function does not crowd out the others.
 *
 * @module
 */
import type { Random } from "../random.ts";
import type { Individual } from "./individual.ts";

/**
 * Chooses `count` parents of a population that is sorted from the best to the worst and not empty; an operator of the
 * search.
 */
export type Selection = (
  population: readonly Individual[],
  options: { readonly count: number; readonly rng: Random },
) => readonly Individual[];

/**
 * Linear ranking (Baker, "Adaptive selection methods for genetic algorithms", ICGA 1985): of n individuals the best has
 * weight n, the worst 1. Drawn without replacement, so that no individual is a parent a second time before all have
 * been one.
 */
export function rankSelection(
  population: readonly Individual[],
  { count, rng }: { readonly count: number; readonly rng: Random },
): readonly Individual[] {
  const parents: Individual[] = [];
  let pool: { individual: Individual; weight: number }[] = [];
  while (parents.length < count) {
    if (pool.length === 0) {
      pool = population.map((individual, rank) => ({ individual, weight: population.length - rank }));
    }
    let rest = rng.integer(pool.reduce((sum, { weight }) => sum + weight, 0));
    const drawn = pool.findIndex(({ weight }) => (rest -= weight) < 0);
    parents.push(pool[drawn].individual);
    pool = pool.toSpliced(drawn, 1);
  }
  return parents;
}

/**
 * The `count` best in their order, starting over when there are fewer: the paper's "rank selection of the best", and
 * the couples 1-2, 3-4, 5-6 of the published code. With few evaluations it finds better functions than
 * {@linkcode rankSelection}; a search long enough to lose its variety may want the latter.
 */
export function bestSelection(
  population: readonly Individual[],
  { count }: { readonly count: number },
): readonly Individual[] {
  return Array.from({ length: count }, (_, index) => population[index % population.length]);
}
