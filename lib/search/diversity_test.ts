import { assertEquals } from "@std/assert";
import { geneDiversity } from "./diversity.ts";

for (
  const { genomes, expected } of [
    { genomes: [], expected: 0 },
    { genomes: [[1, 2, 3]], expected: 0 },
    { genomes: [[1, 2, 3], [1, 2, 3]], expected: 0 },
    { genomes: [[1, 2, 3], [4, 5, 6]], expected: 1 },
    { genomes: [[1, 2], [1, 2, 3, 4]], expected: 0.5 },
  ]
) Deno.test(`geneDiversity: ${JSON.stringify(genomes)}`, () => assertEquals(geneDiversity(genomes), expected));
