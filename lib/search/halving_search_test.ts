import { assert, assertEquals } from "@std/assert";
import { random } from "../random.ts";
import { halvedTrainings, halvingSearch, rungsOf } from "./halving_search.ts";
import type { Candidate } from "./individual.ts";

Deno.test("rungs: a third of the epochs, and a third of these, to one", () => {
  assertEquals([1, 2, 3, 4, 9, 15].map((epochs) => rungsOf(epochs)), [
    [1],
    [1, 2],
    [1, 3],
    [1, 2, 4],
    [1, 3, 9],
    [1, 2, 5, 15],
  ]);
});

Deno.test("halving: a third of each rung goes on, the best by its scores; whole trainings alone make the best", async () => {
  const trained = new Map<number, Candidate[]>();
  const fitnessOf = ({ formula, epochs = 9 }: Candidate) => epochs / (1 + formula.length);
  const search = halvingSearch({
    rng: random(1),
    population: 10,
    generations: 10,
    epochs: 9,
    pending: 1,
    evaluate: (candidates) => {
      for (const candidate of candidates) {
        const { epochs = 9 } = candidate;
        trained.set(epochs, [...trained.get(epochs) ?? [], candidate]);
      }
      return Promise.resolve(candidates.map(fitnessOf));
    },
  });
  let last;
  for await (const generation of search) {
    assert(generation.population.every(({ epochs }) => epochs === undefined));
    last = generation;
  }
  const [first, second, third] = [1, 3, 9].map((epochs) => trained.get(epochs)!);
  // more than a third: who was among the best third for a while has gone on
  for (const [lower, upper] of [[first, second], [second, third]]) {
    assert(upper.length >= Math.floor(lower.length / 3) && upper.length <= lower.length / 2, `${upper.length}`);
  }
  const cost = (first.length + 3 * second.length + 9 * third.length) / 9;
  assert(cost >= 73 && cost < 74); // 10 + 9 · 7 whole trainings, as the genetic search has
  assertEquals(last!.trials, first.length);
  assertEquals(new Set(first.map(({ number }) => number)).size, first.length);
  const expected = halvedTrainings(73, { epochs: 9 });
  const made = first.length + second.length + third.length;
  assert(Math.abs(made - expected) < 0.2 * expected, `${made} and ${expected}`);
  const lengths = (candidates: readonly Candidate[]) =>
    candidates.reduce((sum, { formula }) => sum + formula.length, 0) / candidates.length;
  assert(lengths(second) < lengths(first) && lengths(third) < lengths(second));
  assertEquals(last!.best.fitness, Math.max(...third.map(fitnessOf)));
});

Deno.test("halving: learning rates tried in the first epoch make short trainings dearer, and fewer", async () => {
  const count = async (rates: number) => {
    let short = 0;
    const evaluate = (candidates: readonly Candidate[]) => {
      short += candidates.filter(({ epochs }) => epochs === 1).length;
      return Promise.resolve(candidates.map(({ formula }) => 1 / formula.length));
    };
    for await (const _ of halvingSearch({ rng: random(1), population: 10, epochs: 4, rates, evaluate }));
    return short;
  };
  assert(await count(3) < 0.7 * await count(1));
});
