/**
 * A genome drawn at random. It does not know whether the function is of any use.
 *
 * @module
 */
import type { Random } from "../random.ts";
import type { Genes, Genome } from "./genes.ts";

/** Draws a genome; an operator of the search. */
export type RandomGenome = (options: { readonly rng: Random; readonly genes: Genes }) => Genome;

/** Draws the shape, then every code, each with equal probability. The result is well-formed. */
export function randomGenome({ rng, genes }: Parameters<RandomGenome>[0]): Genome {
  const binary = (rng.choice(genes.shapes) - 1) / 2;
  return Array.from({ length: 2 * binary + 1 }, (_, place) => rng.choice(place < binary ? genes.binary : genes.unary));
}
