import { assertEquals } from "@std/assert";
import { createGate, type Description } from "./gate.ts";
import type { Genome } from "./genes.ts";

/** A function is its first gene; 8 is constant, 9 not finite. */
function firstGene(genome: Genome): Description {
  const identity = String(genome[0]);
  const rejected = ({ 8: "constant", 9: "not finite" } as const)[genome[0]];
  return { formula: `f${identity}`, identity, ...rejected && { rejected } };
}

const DRAWN = { origin: "random", parents: [] } as const;

Deno.test("each function comes in once, under whatever genes it comes", () => {
  const gate = createGate(firstGene);
  gate.open(0);
  assertEquals(gate.admit([1, 0, 0], DRAWN), {
    ...{ formula: "f1", identity: "1", number: 0, generation: 0, genome: [1, 0, 0], origin: "random", parents: [] },
  });
  assertEquals(gate.admit([1, 5, 5], DRAWN), undefined);
  gate.open(4);
  assertEquals(gate.admit([1, 7, 7], DRAWN), undefined);
  const child = gate.admit([2, 0, 0], { origin: "crossover", parents: [0, 3] })!;
  assertEquals([child.number, child.generation, child.origin, child.parents], [1, 4, "crossover", [0, 3]]);
});

Deno.test("what is rejected stays out and takes no number; it is counted by its reason, anew in each generation", () => {
  const gate = createGate(firstGene);
  gate.open(0);
  for (const gene of [8, 9, 9, 1, 1, 8, 9]) gate.admit([gene, 0, 0], DRAWN);
  assertEquals(gate.counts(), { proposed: 7, duplicates: 1, rejected: { constant: 2, "not finite": 3 } });
  gate.open(1);
  assertEquals(gate.counts(), { proposed: 0, duplicates: 0, rejected: { constant: 0, "not finite": 0 } });
  assertEquals(gate.admit([2, 0, 0], DRAWN)!.number, 1);
  assertEquals(gate.admit([8, 0, 0], DRAWN), undefined);
  assertEquals(gate.counts(), { proposed: 2, duplicates: 0, rejected: { constant: 1, "not finite": 0 } });
});

Deno.test("a genome is described once, also one that is rejected", () => {
  const described: string[] = [];
  const gate = createGate((genome) => (described.push(genome.join()), firstGene(genome)));
  for (const generation of [0, 1]) {
    gate.open(generation);
    for (const genome of [[1, 2, 3], [8, 2, 3], [1, 2, 3], [1, 23]]) gate.admit(genome, DRAWN);
  }
  assertEquals(described, ["1,2,3", "8,2,3", "1,23"]);
});
