import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { random } from "../random.ts";
import { AFOS_GENES, ALL_GENES, checkGenes, type Genes, type Genome, type Shape } from "./genes.ts";
import { type Individual, ranked } from "./individual.ts";
import { bestSelection, crossover, occasional, pointMutation, randomGenome, rankSelection } from "./operators.ts";

const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 });
const property = { seed: 3, numRuns: 500 };

/** Whether every code is an allowed one of its kind: what "well-formed" means. */
function isOf(genome: Genome, genes: Genes): boolean {
  const binary = (genome.length - 1) / 2;
  return genes.shapes.includes(genome.length as Shape) &&
    genome.every((code, place) => (place < binary ? genes.binary : genes.unary).includes(code));
}

Deno.test("random genomes, any sequence of crossover and mutation: well-formed genomes only", () => {
  const steps = fc.array(fc.record({ cross: fc.boolean(), i: fc.nat(), j: fc.nat() }), { maxLength: 60 });
  fc.assert(
    fc.property(seeds, steps, fc.constantFrom(ALL_GENES, AFOS_GENES), (seed, sequence, genes) => {
      const rng = random(seed);
      let pool: Genome[] = Array.from({ length: 6 }, () => randomGenome({ rng, genes }));
      for (const { cross, i, j } of sequence) {
        const [a, b] = [pool[i % pool.length], pool[j % pool.length]];
        const children = cross ? crossover([a, b], { rng }) : [pointMutation(a, { rng, genes })];
        pool = [...pool.slice(children.length), ...children];
        assert(children.every((child) => isOf(child, genes)), `${JSON.stringify([a, b, children])}`);
      }
    }),
    property,
  );
});

Deno.test("random genomes: every shape and every code turns up in every place, none other", () => {
  const rng = random(1);
  const seen = new Map<string, Set<number>>();
  for (let i = 0; i < 5000; i++) {
    const genome = randomGenome({ rng, genes: ALL_GENES });
    genome.forEach((code, place) => {
      const key = `${genome.length} ${place}`;
      seen.set(key, (seen.get(key) ?? new Set()).add(code));
    });
  }
  for (const shape of ALL_GENES.shapes) {
    for (let place = 0; place < shape; place++) {
      const codes = place < (shape - 1) / 2 ? ALL_GENES.binary : ALL_GENES.unary;
      assertEquals([...seen.get(`${shape} ${place}`)!].sort((a, b) => a - b), codes);
    }
  }
});

Deno.test("mutation: one gene becomes another one, any place, any other code", () => {
  const genome = [0, 1, 2, 3, 4];
  const seen = new Set<string>();
  const rng = random(2);
  for (let i = 0; i < 5000; i++) {
    const child = pointMutation(genome, { rng, genes: ALL_GENES });
    const changed = [...genome.keys()].filter((place) => child[place] !== genome[place]);
    assertEquals(changed.length, 1);
    seen.add(`${changed[0]}: ${child[changed[0]]}`);
  }
  assertEquals(seen.size, 2 * 8 + 3 * 17);
});

Deno.test("mutation: places without another code are left alone, and nothing to change is an error", () => {
  const genes: Genes = { shapes: [3], binary: [4], unary: [0, 1] };
  for (let seed = 0; seed < 20; seed++) {
    assertEquals(pointMutation([4, 0, 0], { rng: random(seed), genes })[0], 4);
  }
  const single: Genes = { shapes: [3], binary: [4], unary: [0] };
  assertThrows(() => pointMutation([4, 0, 0], { rng: random(0), genes: single }), RangeError, "got none");
});

Deno.test("crossover of one shape: head of the one, tail of the other, at every cut", () => {
  const a = [10, 11, 12, 13, 14, 15, 16];
  const b = [20, 21, 22, 23, 24, 25, 26];
  for (const length of [3, 5, 7]) {
    const [first, second] = [a.slice(0, length), b.slice(0, length)];
    const seen = new Set<string>();
    for (let seed = 0; seed < 200; seed++) {
      seen.add(JSON.stringify(crossover([first, second], { rng: random(seed) })));
    }
    const expected = Array.from({ length: length - 1 }, (_, i) => i + 1).map((cut) =>
      JSON.stringify([
        [...first.slice(0, cut), ...second.slice(cut)],
        [...second.slice(0, cut), ...first.slice(cut)],
      ])
    );
    assertEquals([...seen].sort(), expected.sort());
  }
});

Deno.test("crossover between shapes: the three cuts of 3 and 7 genes, worked by hand", () => {
  const [a, b] = [[0, 10, 11], [4, 5, 6, 14, 15, 16, 17]];
  const seen = new Set<string>();
  for (let seed = 0; seed < 200; seed++) seen.add(JSON.stringify(crossover([a, b], { rng: random(seed) })));
  assertEquals(
    [...seen].sort(),
    [
      [[0, 5, 6, 14, 15, 16, 17], [4, 10, 11]],
      [[0, 10, 17], [4, 5, 6, 14, 15, 16, 11]],
      [[0, 16, 17], [4, 5, 6, 14, 15, 10, 11]],
    ].map((children) => JSON.stringify(children)).sort(),
  );
});

Deno.test("occasional crossover: children in the given share of cases", () => {
  const rng = random(5);
  const operator = occasional(crossover, { probability: 0.8 });
  const times = Array.from({ length: 2000 }, () => operator([[0, 1, 2], [3, 4, 5]], { rng, genes: ALL_GENES }).length);
  const share = times.filter((count) => count === 2).length / times.length;
  assertEquals(times.filter((count) => count === 0).length, Math.round((1 - share) * 2000));
  assert(Math.abs(share - 0.8) < 0.04, `${share}`); // 4.5 standard deviations
  assertThrows(() => occasional(crossover, { probability: 1.5 }), RangeError, "1.5");
});

function individual(number: number, fitness: number, genome: Genome = [0, 0, 0]): Individual {
  return {
    number,
    fitness,
    genome,
    generation: 0,
    formula: `${number}`,
    identity: `${number}`,
    origin: "random",
    parents: [],
  };
}

Deno.test("ranking: fitness, then the shorter genome, then the earlier one, whatever the order given", () => {
  const population = [individual(0, 2), individual(1, 5, [0, 0, 0, 0, 0]), individual(2, 5), individual(3, 5)];
  for (let seed = 0; seed < 20; seed++) {
    assertEquals(ranked(random(seed).shuffle(population)).map(({ number }) => number), [2, 3, 1, 0]);
  }
});

Deno.test("rank selection: the weights of linear ranking, and no parent twice before all have been one", () => {
  const population = [4, 3, 2, 1].map((fitness, number) => individual(number, fitness));
  const rng = random(9);
  const first = [0, 0, 0, 0];
  for (let i = 0; i < 10_000; i++) {
    const parents = rankSelection(population, { count: 6, rng });
    assertEquals(parents.length, 6);
    assertEquals(new Set(parents.slice(0, 4)).size, 4);
    first[parents[0].number]++;
  }
  // Expected 4000, 3000, 2000, 1000; the standard deviation is at most 49.
  first.forEach((count, rank) => assert(Math.abs(count - (4 - rank) * 1000) < 200, `${first}`));
});

Deno.test("rank selection: only the order counts, not the distance", () => {
  const near = [individual(0, 1.02), individual(1, 1.01), individual(2, 1)];
  const far = [individual(0, 1e9), individual(1, 1), individual(2, 0)];
  const numbers = (population: Individual[]) =>
    rankSelection(population, { count: 5, rng: random(4) }).map(({ number }) => number);
  assertEquals(numbers(near), numbers(far));
});

Deno.test("best selection: the best in their order, starting over", () => {
  const population = [3, 2, 1].map((fitness, number) => individual(number, fitness));
  assertEquals(bestSelection(population, { count: 2 }).map(({ number }) => number), [0, 1]);
  assertEquals(bestSelection(population, { count: 5 }).map(({ number }) => number), [0, 1, 2, 0, 1]);
});

Deno.test("genes that make no search are refused", () => {
  const wrong: [Partial<Genes>, string][] = [
    [{ shapes: [] }, "shapes"],
    [{ shapes: [4 as Shape] }, "[4]"],
    [{ binary: [] }, "binary"],
    [{ unary: [1, 1] }, "none twice"],
    [{ unary: [-1] }, "[-1]"],
    [{ binary: [0], unary: [0] }, "at least 2"],
  ];
  for (const [genes, text] of wrong) assertThrows(() => checkGenes({ ...ALL_GENES, ...genes }), RangeError, text);
  checkGenes(ALL_GENES);
  checkGenes(AFOS_GENES);
});
