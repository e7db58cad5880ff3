/**
 * The operators of the genetic search: selection, crossover, mutation, and random genomes. They make well-formed genomes
 * only, and do not know what a code stands for.
 *
 * @module
 */
import type { Random } from "../random.ts";
import { ALL_GENES, binaryCount, type Genes, type Genome } from "./genes.ts";
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

/** Makes children, two at most, of two parents; an operator of the search. */
export type Crossover = (
  parents: readonly [Genome, Genome],
  options: { readonly rng: Random; readonly genes: Genes },
) => readonly Genome[];

/**
 * Cuts both parents once, each cut with equal probability, and exchanges their tails: the children are the head of
 * the one and the tail of the other.
 *
 * Parents of one shape are cut at one position, any of the `length - 1` between two genes, as in the paper. Parents of
 * different shapes are cut at places of the same kind: in the binary part after equally many genes from the front, or
 * in the unary part before equally many genes from the end. A tail then brings as many unary codes as its shape needs,
 * so that each child is well-formed and has the shape of one parent: that of the tail for a cut in the binary part,
 * that of the head for one in the unary part.
 */
export function crossover([a, b]: readonly [Genome, Genome], { rng }: { readonly rng: Random }): readonly Genome[] {
  const binary = Math.min(binaryCount(a), binaryCount(b));
  const inUnary = a.length === b.length ? binary : binary + 1;
  const cut = rng.integer(binary + inUnary);
  const position = (genome: Genome) => cut < binary ? cut + 1 : genome.length - (cut - binary + 1);
  const [i, j] = [position(a), position(b)];
  return [[...a.slice(0, i), ...b.slice(j)], [...b.slice(0, j), ...a.slice(i)]];
}

/** The operator with a probability in [0, 1]: otherwise the parents have no children. */
export function occasional(operator: Crossover, { probability }: { readonly probability: number }): Crossover {
  if (!(probability >= 0 && probability <= 1)) {
    throw new RangeError(`Cannot cross: expected a probability from 0 to 1, got ${probability}`);
  }
  return (parents, options) => options.rng.next() < probability ? operator(parents, options) : [];
}

/** Changes a genome; an operator of the search. */
export type Mutation = (genome: Genome, options: { readonly rng: Random; readonly genes: Genes }) => Genome;

/**
 * Draws one place and gives it another of the allowed codes of its kind, each with equal probability. The result is
 * well-formed, of the same shape, and always differs from the genome in exactly one gene; a place for which there is
 * no other code is not drawn. Throws a RangeError when no gene can change.
 */
export function pointMutation(genome: Genome, { rng, genes }: Parameters<Mutation>[1]): Genome {
  const binary = binaryCount(genome);
  const alternatives = genome.map((code, place) =>
    (place < binary ? genes.binary : genes.unary).filter((other) => other !== code)
  );
  const places = genome.map((_, place) => place).filter((place) => alternatives[place].length > 0);
  if (places.length === 0) {
    throw new RangeError(`Cannot mutate [${genome.join(", ")}]: expected another code for one of its genes, got none`);
  }
  const place = rng.choice(places);
  return genome.with(place, rng.choice(alternatives[place]));
}

/** Draws a genome; an operator of the search. */
export type RandomGenome = (options: { readonly rng: Random; readonly genes: Genes }) => Genome;

/** Draws the shape, then every code, each with equal probability. The result is well-formed. */
export function randomGenome({ rng, genes }: Parameters<RandomGenome>[0]): Genome {
  const binary = (rng.choice(genes.shapes) - 1) / 2;
  return Array.from({ length: 2 * binary + 1 }, (_, place) => rng.choice(place < binary ? genes.binary : genes.unary));
}

/** What makes genomes out of genomes, and what it may draw. */
export interface Operators {
  /** Shapes and codes that may be drawn. */
  readonly genes: Genes;
  /** Chooses the parents. */
  readonly selection: Selection;
  /** Makes children of two parents. */
  readonly crossover: Crossover;
  /** Changes a genome. */
  readonly mutation: Mutation;
  /** Draws a genome. */
  readonly randomGenome: RandomGenome;
}

/** The best as parents, single-point crossover and mutation, uniform random genomes of all genes. */
export const DEFAULT_OPERATORS: Operators = {
  genes: ALL_GENES,
  selection: bestSelection,
  crossover,
  mutation: pointMutation,
  randomGenome,
};
