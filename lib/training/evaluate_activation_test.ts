import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { catalog } from "../activation/catalog.ts";
import type { Expression } from "../activation/expression.ts";
import { parse } from "../activation/parse.ts";
import { loadDataset } from "../datasets/load.ts";
import { engineInfo, loadEngine } from "../engine/tensorflow.ts";
import { phi } from "../models/phi.ts";
import { bestEpoch } from "./best_epoch.ts";
import { evaluateActivation, type EvaluateActivationOptions } from "./evaluate_activation.ts";
import { scoreActivation } from "./fitness.ts";
import type { Epoch } from "./measured_epoch.ts";
import { recipeSettings } from "./recipe.ts";
import { trainingSettings } from "./settings.ts";

const tf = await loadEngine({ threads: 1 });

const record = {
  network: "phi",
  dataset: "fashion-mnist",
  imageSize: 14,
  trainImages: 160,
  validationImages: 50,
  testImages: 200,
  splitSeed: 1,
  epochs: 2,
  batchSize: 32,
  optimizer: "momentum",
  momentum: 0.9,
  weightDecay: 0,
  learningRate: 0.02,
  schedule: "constant",
  labelSmoothing: 0,
  dropout: 0.2,
  augmentation: "none",
  engine: "tensorflow",
  engineVersion: "any",
  threads: 1,
  graph: true,
  kernel: engineInfo().kernel,
  precision: "float32",
  gate: 0,
};
const settings = recipeSettings(record);

const data = await loadDataset("fashion-mnist", {
  seed: 1,
  imageSize: 14,
  train: 160,
  validation: 50,
  test: 200,
  parts: ["train", "validation", "test"],
});
const { test: _, ...withoutTest } = data;

function evaluate(activation: Expression, options: Partial<EvaluateActivationOptions> = {}) {
  return evaluateActivation(activation, { build: phi, settings, seed: 3, data, ...options });
}

for (const graph of [true, false]) {
  Deno.test(`the test images are measured at the best epoch, ${graph ? "by graphs" : "in eager mode"}`, async () => {
    const epochs: Epoch[] = [];
    const train = (count: number, onEpoch?: (epoch: Epoch) => void) =>
      evaluate(catalog.tanh, { settings: { ...settings, learningRate: 0.05, graph, epochs: count }, onEpoch });
    await train(10, (epoch) => epochs.push(epoch));
    // a training as long as the first one whose last epoch is not its best
    const bestOf = (count: number) => bestEpoch(epochs.slice(0, count))!;
    const length = epochs.findIndex((_, i) => bestOf(i + 1).epoch > 1 && bestOf(i + 1).epoch <= i) + 1;
    assertNotEquals(length, 0, "each epoch is the best until then: the test says nothing");
    const best = bestOf(length);
    const result = await train(length);
    assert(result.kind === "complete");
    assertEquals(result.validationAccuracy, best.validationAccuracy);
    // with a constant learning rate, a training of so many epochs has the same weights at its end
    assertEquals(result, await train(best.epoch));
  });
}

Deno.test("a recipe that is the search's gives the search's score", async () => {
  const searched = await scoreActivation(catalog.eelu2, { settings: trainingSettings(record), seed: 3, data });
  const epochs: Epoch[] = [];
  const result = await evaluate(catalog.eelu2, { onEpoch: (epoch) => epochs.push(epoch) });
  assertEquals(bestEpoch(epochs)?.epoch, 2);
  assertEquals(result, searched);
});

Deno.test("schedule, optimizer and label smoothing change a training", async () => {
  const plain = await evaluate(catalog.relu);
  for (
    const change of [
      { schedule: "cosine" },
      { optimizer: "adam", momentum: 0, learningRate: 0.001 },
      { labelSmoothing: 0.1 },
      { dropout: 0 },
    ] as const
  ) assertNotEquals(await evaluate(catalog.relu, { settings: { ...settings, ...change } }), plain);
});

Deno.test("without test images there are no test figures, and the same others", async () => {
  const whole = await evaluate(catalog.relu);
  const without = await evaluate(catalog.relu, { data: withoutTest });
  assert(whole.kind === "complete" && without.kind === "complete");
  assertEquals([without.testAccuracy, without.fitness], [undefined, whole.fitness]);
});

Deno.test("a function whose loss is not finite has diverged", async () => {
  assertEquals(await evaluate(parse("exp(exp(x^2))")), { kind: "diverged", fitness: 0, epoch: 1 });
});

Deno.test("an evaluation leaves no tensors behind", async () => {
  await evaluate(catalog.mish);
  const before = tf.memory().numTensors;
  await evaluate(catalog.mish, { settings: { ...settings, epochs: 4 } });
  assertEquals(tf.memory().numTensors, before);
});
