import { assertEquals } from "@std/assert";
import { type TrainingFigures, trainingRows } from "./training_rows.ts";

const TRAINED: TrainingFigures = {
  case: "cct/mnist",
  function: "relu",
  testAccuracy: 0.5,
  testLoss: 1,
  bestEpoch: 1,
  epochs: 2,
  seconds: 10,
  diverged: false,
  failure: null,
};
const NOTHING = { testAccuracy: null, testLoss: null, bestEpoch: null, epochs: 0 };

Deno.test("trainings: means of what is there, a row for each function in each case", () => {
  const rows = trainingRows([
    TRAINED,
    { ...TRAINED, testAccuracy: 0.75, testLoss: 2, bestEpoch: 2, seconds: 20 },
    { ...TRAINED, function: "exp", ...NOTHING, diverged: true },
    { ...TRAINED, function: "exp", ...NOTHING, failure: "no memory" },
    { ...TRAINED, case: "cct/beans", testAccuracy: 0 },
  ]);
  assertEquals(rows.map((row) => Object.values(row)), [
    ["cct/mnist", "relu", "62.50", "1.500", "1.5", "2.0", "15.0", 0, 0],
    ["cct/mnist", "exp", "–", "–", "–", "0.0", "10.0", 1, 1],
    ["cct/beans", "relu", "0.00", "1.000", "1.0", "2.0", "10.0", 0, 0],
  ]);
});
