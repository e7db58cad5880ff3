import { assertEquals, assertStringIncludes } from "@std/assert";
import { compareBest } from "../statistics/mod.ts";
import { bestRows, bestText, type EvaluatedTraining, evaluationAnswer, evaluationAnswerText } from "./answer.ts";

/** A found function and baselines, with accuracies by seed, the same for validation and test. */
function answer(accuracies: Readonly<Record<string, readonly number[]>>) {
  return compareBest(
    Object.entries(accuracies).map(([name, list]) => ({
      name,
      formula: name.startsWith("found") ? "x*tanh(x)" : name,
      identity: name,
      role: name.startsWith("found") ? "found" : "baseline",
      seeds: list.map((_, i) => i),
      validationAccuracy: list,
      testAccuracy: list,
      diverged: list.map(Number.isNaN),
    })),
  )!;
}

const eight = (accuracy: number, step = 0) => Array.from({ length: 8 }, (_, i) => accuracy + i * step);

Deno.test("with few seeds: that they cannot tell, and how many could", () => {
  const few = answer({ "found 1": [0.5, 0.6, 0.7], relu: [0.4, 0.5, 0.68], gelu: [0.6, 0.6, 0.6] });
  assertEquals(
    bestText(few),
    "found 1 (x*tanh(x)) is the only function that could be chosen. Whether its test accuracy differs from " +
      "that of relu and gelu, 3 seeds cannot tell: with fewer than 7 no outcome is significant at the level 0.05 " +
      "(Wilcoxon's signed-rank test, 2 comparisons).",
  );
  assertEquals(bestRows(few)[0], {
    beside: "relu",
    "mean difference (points)": "+7.33",
    "least and greatest": "+2.00 to +10.00",
    interval: "–",
    p: "0.500",
  });
});

Deno.test("with enough seeds: what is better, what is worse, and what is not shown", () => {
  const wavy = eight(0.8).map((value, i) => value + (i % 2 === 0 ? 0.01 : -0.01) * (i + 1));
  const text = bestText(answer({ "found 1": eight(0.8), relu: eight(0.6, 0.001), gelu: eight(0.9), elu: wavy }));
  for (
    const part of [
      "Its test accuracy is better than that of relu and worse than that of gelu, by Wilcoxon's signed-rank test over " +
      "8 seeds, at the level 0.05 for all 3 comparisons together.",
      "No difference from elu is shown; it does not follow that they are equal.",
    ]
  ) assertStringIncludes(text, part);
});

Deno.test("a baseline that diverged is named; without baselines there is nothing to compare", () => {
  const text = bestText(answer({ "found 1": [0.5, 0.6], relu: [0.4, NaN] }));
  assertStringIncludes(text, "A training that diverged counts as 0: relu in 1 of 2.");
  assertStringIncludes(bestText(answer({ "found 1": [0.5] })), "There is no other function to compare it with.");
});

const training = (name: string, fn: string, seed: number, score: number | null): EvaluatedTraining => ({
  ...{ case: name, network: "phi", dataset: "mnist", function: fn, formula: fn, seed },
  ...{ score, validationAccuracy: score, diverged: false, searched: false },
});

const grid = (cases: readonly string[], functions: readonly string[], score: (f: number, seed: number) => number) =>
  cases.flatMap((name) => functions.flatMap((fn, f) => [1, 2].map((seed) => training(name, fn, seed, score(f, seed)))));

Deno.test("an evaluation is answered by ranks over cases, and of a single case over seeds", () => {
  const ranks = evaluationAnswerText(
    evaluationAnswer(grid(["a", "b", "c"], ["relu", "gelu", "elu"], (f) => 0.5 + f / 10)),
  );
  assertStringIncludes(ranks, "elu has the best mean rank, 1.00. 3 functions were ranked in 3 cases");
  const seeds = evaluationAnswerText(evaluationAnswer(grid(["a"], ["relu", "gelu"], (f) => 0.5 + f / 10)));
  assertStringIncludes(seeds, "gelu has the best mean validation accuracy of 2 functions. Whether");
  assertStringIncludes(seeds, "2 seeds cannot tell: with fewer than 6");
});

Deno.test("two functions in several cases are compared, too, and equal ones share the rank", () => {
  const text = evaluationAnswerText(evaluationAnswer(grid(["a", "b"], ["relu", "gelu"], () => 0.5)));
  assertStringIncludes(text, "relu and gelu share the best mean rank, 1.50. 2 functions were compared in 2 cases");
});

Deno.test("what cannot be compared says why", () => {
  assertEquals(
    evaluationAnswerText(evaluationAnswer(grid(["a"], ["relu"], () => 0.5))),
    "Nothing can be compared: expected at least 2 functions with results, got 1.",
  );
  const lacking = [training("a", "relu", 1, 0.5), training("a", "gelu", 1, null)];
  assertStringIncludes(evaluationAnswerText(evaluationAnswer(lacking)), "no case has a score of every function");
});
