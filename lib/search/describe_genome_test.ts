import { assert, assertAlmostEquals, assertEquals, assertNotEquals } from "@std/assert";
import { encodeGenome, evaluate, identityKey, parse } from "../activation/mod.ts";
import { describeGenome } from "./describe_genome.ts";
import { random } from "../random.ts";
import { ALL_GENES, type Genome } from "./genes.ts";
import { randomGenome } from "./operators.ts";

const genome = (formula: string) => encodeGenome(parse(formula))!;

Deno.test("a genome stands for a function, and for no other", () => {
  const { formula, identity, expression, rejected } = describeGenome(genome("x * sigmoid(x)"));
  assertEquals([identity, rejected], [identityKey(parse("x * sigmoid(x)")), undefined]);
  for (const x of [-2, 0, 0.5, 3]) {
    assertAlmostEquals(evaluate(parse(formula), x), x / (1 + Math.exp(-x)), 1e-12);
    assertEquals(evaluate(expression!, x), evaluate(parse(formula), x));
  }
  assertEquals(describeGenome(genome("sigmoid(x) * x")).identity, identity);
  assertNotEquals(describeGenome(genome("x * tanh(x)")).identity, identity);
});

/** By calculus. Genomes of 3 and 5 genes are b(u, u) and b(b(u, u), u). */
const REJECTED: readonly { genome: Genome; what: string; rejected: "constant" | "not finite" }[] = [
  { genome: [0, 0, 3], what: "x + -x = 0", rejected: "constant" },
  { genome: [1, 1, 4], what: "exp(x) * exp(-x) = 1, though both overflow", rejected: "constant" },
  { genome: [2, 5, 5], what: "max(min(x, 0), min(x, 0), 0) = 0", rejected: "constant" },
  { genome: [0, 16, 0], what: "atanh(x) + x is defined between -1 and 1 alone", rejected: "not finite" },
  { genome: [5, 5, 14, 14, 14], what: "sinh(x) exp(2 sinh(x)) is too large for float32 at 5", rejected: "not finite" },
];

for (const { genome, what, rejected } of REJECTED) {
  Deno.test(`${what}: ${rejected}`, () => assertEquals(describeGenome(genome).rejected, rejected));
}

Deno.test("a description depends on the genome alone; `rejected` is left out of one that is fit", () => {
  const rng = random(5);
  const genomes = Array.from({ length: 60 }, () => randomGenome({ rng, genes: ALL_GENES }));
  const first = genomes.map(describeGenome);
  assertEquals(genomes.toReversed().map(describeGenome), first.toReversed());
  const fit = first.filter((description) => !("rejected" in description));
  assert(fit.length > 0 && fit.length < first.length);
});
