import { assertEquals } from "@std/assert";
import type { Trial, TrialOutcome } from "../study/mod.ts";
import { contestant } from "./contestant.ts";
import { EVALUATION_COLUMNS, evaluationResults, evaluationTable } from "./evaluation_results.ts";
import { type Grid, type GridCase, gridTrials } from "./grid.ts";

function gridCase(dataset: string): GridCase {
  return {
    name: `phi/${dataset}`,
    network: "phi",
    dataset,
    recipe: { learningRate: 0.5, learningRates: [0.5], imageSize: 8 } as unknown as GridCase["recipe"],
    images: { train: 8, validation: 4, test: 4 },
    conditions: { network: "phi", dataset },
  };
}

const GRID: Grid = {
  cases: [gridCase("cifar-10"), gridCase("mnist")],
  contestants: ["relu", "eelu2"].map(contestant),
  seed: 1,
  seeds: 1,
  tuned: false,
};
const PLACES = gridTrials(GRID);

const epoch = (number: number, validationAccuracy: number) => (
  { epoch: number, trainLoss: 1, validationLoss: 1, validationAccuracy, seconds: 1, images: 8 }
);
const EPOCHS = [epoch(1, 0.25), epoch(2, 0.75), epoch(3, 0.5)];
const scores = { fitness: 1, validationAccuracy: 0.75, validationLoss: 1 };

function ended(place: number, outcome: TrialOutcome, epochs: Trial["epochs"] = EPOCHS): Trial {
  const { spec } = PLACES[place];
  return { ...spec, number: place, outcome, epochs, startedAt: "", seconds: 5, attempts: 1 };
}

/** What of a result depends on the outcome. */
const OUTCOMES: readonly { outcome: TrialOutcome; epochs?: Trial["epochs"]; expected: readonly unknown[] }[] = [
  {
    outcome: { kind: "complete", ...scores, testAccuracy: 0.625, testLoss: 2 },
    expected: [0.625, 0.625, 2, 0.75, 2, 3, false, null],
  },
  {
    outcome: { kind: "complete", ...scores, testAccuracy: 0.625 }, // the test loss was not finite
    expected: [0.625, 0.625, null, 0.75, 2, 3, false, null],
  },
  { outcome: { kind: "complete", ...scores }, expected: [null, null, null, 0.75, 2, 3, false, null] },
  {
    outcome: { kind: "diverged", fitness: 0, epoch: 2 },
    epochs: EPOCHS.slice(0, 1),
    expected: [0, null, null, null, null, 1, true, null],
  },
  {
    outcome: { kind: "failed", reason: "no such kernel\n    at somewhere", attempts: 3 },
    epochs: [],
    expected: [null, null, null, null, null, 0, false, "no such kernel"],
  },
];

for (const { outcome, epochs, expected } of OUTCOMES) {
  Deno.test(`the result of ${JSON.stringify(outcome)}`, () => {
    const [result] = evaluationResults(PLACES, { trials: [ended(0, outcome, epochs)], plan: GRID });
    assertEquals([
      ...[result.score, result.testAccuracy, result.testLoss, result.validationAccuracy, result.bestEpoch],
      ...[result.epochs, result.diverged, result.failure],
    ], expected);
    assertEquals([result.case, result.function, result.imageSize, result.learningRate, result.seconds], [
      ...["phi/cifar-10", "relu", 8, 0.5, 5],
    ]);
  });
}

Deno.test("results are in the order of the grid, without those that have not ended; cases that were searched on are marked", () => {
  const outcome: TrialOutcome = { kind: "complete", ...scores, testAccuracy: 0.5 };
  const trials = [3, 0, 2].map((place) => ended(place, outcome));
  const foreign = { ...trials[0], seed: 12345 };
  const results = evaluationResults(PLACES, { trials: [...trials, foreign], plan: GRID });
  // EELU-2 was searched on CIFAR-10 (arXiv 2409.04915): a comparison there is not a test of what was found.
  assertEquals(results.map(({ dataset, function: name, searched }) => [dataset, name, searched]), [
    ["cifar-10", "relu", true],
    ["mnist", "relu", false],
    ["mnist", "eelu2", false],
  ]);
  const alone = evaluationResults(PLACES, { trials, plan: { contestants: [contestant("relu")] } });
  assertEquals(alone.map(({ searched }) => searched), [false, false, false]);
});

Deno.test("a table has a column for each field of a result, and a row for each", () => {
  const results = evaluationResults(PLACES, {
    trials: [
      ended(0, { kind: "complete", ...scores, testAccuracy: 0.5 }),
      ended(1, { kind: "diverged", fitness: 0, epoch: 1 }),
    ],
    plan: GRID,
  });
  const { columns, values } = evaluationTable(results);
  assertEquals([...columns].sort(), Object.keys(results[0]).sort());
  assertEquals(new Set(columns).size, EVALUATION_COLUMNS.length);
  assertEquals(
    values.map((row) => Object.fromEntries(row.map((value, i) => [columns[i], value]))),
    results.map((result) => ({ ...result })),
  );
});

Deno.test("of several learning rates that were tried, the result is of the one that went on", () => {
  const tried = [{ ...epoch(1, 0.9), learningRate: 0.25 }, { ...epoch(1, 0.5), learningRate: 0.5 }];
  const epochs = [...tried, { ...epoch(2, 0.75), learningRate: 0.5 }];
  const outcome: TrialOutcome = { kind: "complete", ...scores, testAccuracy: 0.5, learningRate: 0.5 };
  const [result] = evaluationResults(PLACES, { trials: [ended(0, outcome, epochs)], plan: GRID });
  assertEquals([result.learningRate, result.bestEpoch, result.epochs], [0.5, 2, 2]);
});
