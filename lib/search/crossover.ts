/**
 * Single-point crossover that makes well-formed genomes only, also between shapes. It does not know what the codes
 * stand for.
 *
 * @module
 */
import type { Random } from "../random.ts";
import { binaryCount, type Genes, type Genome } from "./genes.ts";

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
