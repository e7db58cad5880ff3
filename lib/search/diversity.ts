/**
 * How different the genomes of a population are. It knows nothing of functions and of fitness.
 *
 * @module
 */
import type { Genome } from "./genes.ts";

/**
 * The share of genes in which two genomes differ, on average over all pairs: 0 where all are alike (or there is one),
 * 1 where no two have a gene in common. Genes that only the longer of two has count as different.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { geneDiversity } from "./diversity.ts";
 * assertEquals(geneDiversity([[1, 2], [1, 2], [1, 3]]), (0 + 0.5 + 0.5) / 3);
 * ```
 */
export function geneDiversity(genomes: readonly Genome[]): number {
  let [sum, pairs] = [0, 0];
  for (const [i, a] of genomes.entries()) {
    for (const b of genomes.slice(i + 1)) {
      const length = Math.max(a.length, b.length);
      const differing = Array.from({ length }, (_, at) => a[at] !== b[at]).filter(Boolean).length;
      sum += length > 0 ? differing / length : 0;
      pairs++;
    }
  }
  return pairs > 0 ? sum / pairs : 0;
}
