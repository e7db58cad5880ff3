import { assertEquals, assertThrows } from "@std/assert";
import { checkLimits, type Limits, mostTrials } from "./limits.ts";

const LIMITS: Limits = { populationSize: 10, generations: 4, elites: 3, crossed: 4, mutated: 2, immigrants: 1 };

Deno.test("sizes that make a search", () => {
  for (
    const changes of [
      {},
      { maxTrials: Infinity },
      { maxTrials: 1, breedingTries: 1, drawTries: 1 },
      { maxTrials: undefined, drawTries: undefined },
      { generations: 1 },
      { elites: 0, crossed: 0, mutated: 0, immigrants: 10 },
      { elites: 10, crossed: 0, mutated: 0, immigrants: 0 },
    ]
  ) checkLimits({ ...LIMITS, ...changes });
});

/** What makes none, and what is said of it. */
const WRONG: readonly (readonly [Partial<Limits>, string])[] = [
  [{ populationSize: 0 }, "expected populationSize to be an integer of at least 1, got 0"],
  [{ populationSize: Infinity }, "populationSize to be an integer of at least 1, got Infinity"],
  [{ generations: 0 }, "generations to be an integer of at least 1, got 0"],
  [{ elites: -1 }, "elites to be an integer of at least 0, got -1"],
  [{ crossed: 1.5 }, "crossed to be an integer of at least 0, got 1.5"],
  [{ mutated: NaN }, "mutated to be an integer of at least 0, got NaN"],
  [{ immigrants: -Infinity }, "immigrants to be an integer of at least 0, got -Infinity"],
  [{ maxTrials: 0 }, "maxTrials to be an integer of at least 1, got 0"],
  [{ breedingTries: 0 }, "breedingTries to be an integer of at least 1, got 0"],
  [{ drawTries: Infinity }, "drawTries to be an integer of at least 1, got Infinity"],
  [{ immigrants: 2 }, "to add up to populationSize 10, got 3 + 4 + 2 + 2 = 11"],
];

for (const [changes, message] of WRONG) {
  Deno.test(`refused: ${message}`, () => {
    assertThrows(() => checkLimits({ ...LIMITS, ...changes }), RangeError, message);
  });
}

/** By hand: the first population, then all but the elites in each further one. */
const MOST: readonly (readonly [Partial<Limits>, number])[] = [
  [{}, 10 + 3 * 7],
  [{ generations: 1 }, 10],
  [{ elites: 0, immigrants: 4 }, 40],
  [{ elites: 10 }, 10],
  [{ maxTrials: 12 }, 12],
  [{ maxTrials: 1000 }, 31],
];

for (const [changes, expected] of MOST) {
  Deno.test(`at most ${expected} trials with ${JSON.stringify(changes)}`, () => {
    assertEquals(mostTrials({ ...LIMITS, ...changes }), expected);
  });
}
