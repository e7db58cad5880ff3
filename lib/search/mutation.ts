/**
 * Single-point mutation: one gene becomes another one of its kind. It does not know what the codes stand for.
 *
 * @module
 */
import type { Random } from "../random.ts";
import { binaryCount, type Genes, type Genome } from "./genes.ts";

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
