import { assertEquals } from "@std/assert";
import { caseScoreRows } from "./case_scores.ts";

const common = { diverged: false, searched: false };

/** Trainings of a function in a case; a missing score is one that diverged. */
function trainings(name: string, { of, scores }: { of: string; scores: readonly (number | undefined)[] }) {
  return scores.map((score, seed) => ({
    ...common,
    seed,
    case: of,
    function: name,
    score: score ?? 0,
    diverged: score === undefined,
    searched: of === "cct/cifar-10",
  }));
}

// 0.5 and 0.75 have the mean 62.5 % and the sample standard deviation 25 / √2 = 17.68 %
Deno.test("cases are rows and functions columns; the best, what diverged and what was searched on are marked", () => {
  const scores = [
    ...trainings("relu", { of: "vgg16/mnist", scores: [0.5, 0.75] }),
    ...trainings("swish", { of: "vgg16/mnist", scores: [0.875, undefined] }),
    ...trainings("mish", { of: "vgg16/mnist", scores: [undefined, undefined] }),
    ...trainings("relu", { of: "cct/cifar-10", scores: [0.25] }),
    ...trainings("swish", { of: "cct/cifar-10", scores: [0.25] }),
  ];
  assertEquals(caseScoreRows(scores), [
    { case: "vgg16/mnist", relu: "* 62.50 ± 17.68", swish: "87.50 (1 of 2)", mish: "diverged" },
    { case: "cct/cifar-10 †", relu: "* 25.00", swish: "* 25.00", mish: "–" },
  ]);
});

Deno.test("a training that failed is neither the best nor diverged", () => {
  const failed = { ...common, seed: 1, case: "a", function: "relu", score: null };
  assertEquals(caseScoreRows([failed]), [{ case: "a", relu: "–" }]);
});

Deno.test("a function with fewer seeds than others of its case says so, and is not the best", () => {
  const scores = [
    ...trainings("relu", { of: "vgg16/mnist", scores: [0.5, 0.5, 0.5] }),
    ...trainings("swish", { of: "vgg16/mnist", scores: [0.75, 0.75] }),
  ];
  assertEquals(caseScoreRows(scores), [{
    case: "vgg16/mnist",
    relu: "* 50.00 ± 0.00",
    swish: "75.00 ± 0.00 (2 of 3)",
  }]);
});
