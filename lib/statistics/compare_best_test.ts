import { assertEquals } from "@std/assert";
import { compareBest, type TrainedFunction } from "./compare_best.ts";

const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];

/** A function whose accuracies are all the same, or as given. */
function trained(name: string, accuracy: number, more: Partial<TrainedFunction> = {}): TrainedFunction {
  const seeds = more.seeds ?? SEEDS;
  const accuracies = seeds.map(() => accuracy);
  const diverged = seeds.map(() => false);
  return {
    ...{ name, formula: name, identity: name, seeds },
    ...{ validationAccuracy: accuracies, testAccuracy: accuracies, diverged },
    ...more,
  };
}

const found = { role: "found" } as const;
const baseline = { role: "baseline" } as const;

Deno.test("the best is chosen by validation among those that were found, and tested beside the baselines only", () => {
  const answer = compareBest([
    trained("lucky", 0.7, { ...found, testAccuracy: SEEDS.map(() => 0.95) }),
    trained("best", 0.8, found),
    trained("relu", 0.6, baseline),
    trained("gelu", 0.9, baseline),
  ])!;
  assertEquals([answer.best.name, answer.of, answer.diverged], ["best", 2, {}]);
  assertEquals(answer.comparison.others.map(({ name, verdict }) => [name, verdict]), [
    ["relu", "better"],
    ["gelu", "worse"],
  ]);
});

Deno.test("without roles every function may be the best, and is compared with all others", () => {
  const { best, comparison } = compareBest([trained("a", 0.1), trained("b", 0.3), trained("c", 0.2)])!;
  assertEquals([best.name, comparison.others.map(({ name }) => name)], ["b", ["a", "c"]]);
});

Deno.test("a baseline that the best is itself is left out", () => {
  const { comparison } = compareBest([
    trained("found 1 (= gelu)", 0.8, { ...found, identity: "gelu" }),
    trained("gelu", 0.8, baseline),
  ])!;
  assertEquals(comparison.others, []);
});

Deno.test("a training that diverged counts as 0; a seed that a function lacks is left out", () => {
  const broken = SEEDS.map((seed) => seed === 3 ? NaN : 0.9);
  const { best, comparison, diverged } = compareBest([
    trained("often", 0.8, found),
    trained("once", 0.9, {
      ...found,
      validationAccuracy: broken,
      testAccuracy: broken,
      diverged: SEEDS.map((seed) => seed === 3),
    }),
    trained("relu", 0.5, { ...baseline, seeds: [1, 2, 3, 4] }),
  ])!;
  assertEquals([best.name, comparison.seeds], ["often", 4]);
  assertEquals(diverged, {});
  const alone = compareBest([
    trained("once", 0.9, {
      ...found,
      validationAccuracy: broken,
      testAccuracy: broken,
      diverged: SEEDS.map((seed) => seed === 3),
    }),
    trained("relu", 0.5, baseline),
  ])!;
  assertEquals([alone.diverged, alone.comparison.others[0].least], [{ once: 1 }, -0.5]);
});

Deno.test("no answer: nothing was trained, nothing to its end, or no seed with all functions", () => {
  const nothing = SEEDS.map(() => NaN);
  const all = { validationAccuracy: nothing, testAccuracy: nothing, diverged: SEEDS.map(() => true) };
  assertEquals(compareBest([]), undefined);
  assertEquals(compareBest([trained("f", 0, { ...found, ...all }), trained("relu", 0.5, baseline)]), undefined);
  assertEquals(
    compareBest([trained("f", 0.5, { ...found, seeds: [1] }), trained("relu", 0.5, { ...baseline, seeds: [2] })]),
    undefined,
  );
});
