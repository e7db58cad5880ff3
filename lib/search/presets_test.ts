import { assert, assertEquals, assertThrows } from "@std/assert";
import { random } from "../random.ts";
import { ALL_GENES, type Genome } from "./genes.ts";
import { type Generation, geneticSearch } from "./genetic.ts";
import { mostTrials } from "./limits.ts";
import { operatorsOf, type PresetName, presets, resized } from "./presets.ts";
import { closeness, toyDescription } from "./testdata/toy_algebra.ts";

const names = Object.keys(presets) as PresetName[];

Deno.test("presets: the sizes of the paper and of the published code", () => {
  const sizes = names.map((name) => {
    const { populationSize, generations, elites, crossed, mutated, immigrants } = presets[name];
    assertEquals(elites + crossed + mutated + immigrants, populationSize);
    return [name, populationSize, generations, elites, crossed, mutated, immigrants];
  });
  assertEquals(sizes.slice(1), [["paper", 30, 50, 6, 6, 6, 12], ["afos", 30, 50, 6, 6, 0, 18]]);
  assertEquals(mostTrials(presets.paper), 30 + 49 * 24);
  assertEquals(mostTrials({ ...presets.paper, maxTrials: 100 }), 100);
});

Deno.test("presets are plain data: they survive storage", () => {
  assertEquals(JSON.parse(JSON.stringify(presets)), presets);
});

Deno.test("resized presets: parts add up, in proportion", () => {
  for (const name of names) {
    for (let size = 1; size <= 100; size++) {
      const { populationSize, elites, crossed, mutated, immigrants } = resized(presets[name], size);
      assertEquals(populationSize, size);
      assertEquals(elites + crossed + mutated + immigrants, size);
      assert(elites >= 1 && immigrants >= 0, `${name} ${size}`);
    }
    assertEquals(resized(presets[name], presets[name].populationSize), presets[name]);
  }
  assertThrows(() => resized(presets.quick, 0), RangeError, "populationSize");
});

async function run(name: PresetName, target: Genome): Promise<Generation[]> {
  const generations: Generation[] = [];
  const search = geneticSearch({
    ...operatorsOf(presets[name]),
    rng: random(1),
    candidateOf: toyDescription,
    evaluate: (candidates) => Promise.resolve(candidates.map(({ genome }) => closeness(genome, target))),
  });
  for await (const generation of search) generations.push(generation);
  return generations;
}

Deno.test("each preset runs, within its genes and its number of trials", async () => {
  for (const name of names) {
    const { genes, generations } = presets[name];
    const history = await run(name, [0, 1, 9, 5, 13]);
    assertEquals(history.length, generations);
    assertEquals(history.at(-1)!.trials, mostTrials(presets[name]));
    for (const { genome } of history.flatMap(({ population }) => population)) {
      const binary = (genome.length - 1) / 2;
      assert(genome.every((code, place) => (place < binary ? genes.binary : genes.unary).includes(code)));
    }
  }
});

Deno.test("afos: never mutates, crosses 1 with 2, 3 with 4, 5 with 6, and replaces what is not new at random", async () => {
  const history = await run("afos", [0, 1, 9, 5, 13]);
  let crossed = 0;
  for (let i = 1; i < history.length; i++) {
    const parents = history[i - 1].population.slice(0, 6).map(({ genome }) => genome);
    const newcomers = history[i].population.filter(({ generation }) => generation === i);
    assertEquals(newcomers.length, 24);
    for (const { origin, genome } of newcomers) {
      assert(origin !== "mutation");
      if (origin !== "crossover") continue;
      crossed++;
      const couples = [[0, 1], [2, 3], [4, 5]].map((couple) => couple.map((index) => parents[index]));
      const genes = couples.map((couple) => new Set(couple.flat()));
      assert(genes.some((codes) => genome.every((code) => codes.has(code))), genome.join());
    }
  }
  // 0.8 of the 49 × 6 places (standard deviation 7) at most; fewer, for couples that stay the same have few new children.
  assert(crossed > 20 && crossed < 0.8 * 294 + 28, `${crossed}`);
});

Deno.test("quick and paper draw every function once: softplus has one code", () => {
  for (const name of ["quick", "paper"] as const) assertEquals(presets[name].genes, ALL_GENES);
  assertEquals([ALL_GENES.binary.length, ALL_GENES.unary.length], [9, 18]);
});
