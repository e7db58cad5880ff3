/**
 * Every function of the search space, in the order of its genomes.
 *
 * @module
 */
import { asynchronousSearch } from "./asynchronous_search.ts";
import type { Genes, Genome } from "./genes.ts";
import type { Strategy } from "./strategy.ts";

/** All genomes, by shape and then by codes: the last code changes first. */
export function* allGenomes({ shapes, binary, unary }: Genes): Generator<Genome, void, void> {
  function* extended(head: Genome, places: number): Generator<Genome, void, void> {
    if (head.length === places) return yield head;
    for (const code of head.length < (places - 1) / 2 ? binary : unary) yield* extended([...head, code], places);
  }
  for (const shape of shapes.toSorted((a, b) => a - b)) yield* extended([], shape);
}

/** The number of genomes. */
export function genomeCount({ shapes, binary, unary }: Genes): number {
  return shapes.reduce(
    (sum, shape) => sum + binary.length ** ((shape - 1) / 2) * unary.length ** ((shape + 1) / 2),
    0,
  );
}

/** Trains every function of the space once. Small spaces only come to an end: three genes have 3,249 genomes. */
export const exhaustiveSearch: Strategy = (options) =>
  asynchronousSearch(options, ({ operators: { genes }, gate }) => {
    const genomes = allGenomes(genes);
    return {
      propose() {
        for (let next = genomes.next(); !next.done; next = genomes.next()) {
          const candidate = gate.admit(next.value, { origin: "enumeration", parents: [] });
          if (candidate) return candidate;
        }
        return undefined;
      },
      tell() {},
    };
  });
