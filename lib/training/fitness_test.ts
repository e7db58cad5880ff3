import { assert, assertEquals, assertGreater, assertRejects, assertThrows } from "@std/assert";
import { catalog } from "../activation/catalog.ts";
import type { Expression } from "../activation/expression.ts";
import { parse } from "../activation/parse.ts";
import { loadDataset } from "../datasets/load.ts";
import { engineInfo, loadEngine } from "../engine/tensorflow.ts";
import { scoreActivation, type ScoreOptions } from "./fitness.ts";
import type { Epoch } from "./measured_epoch.ts";
import { trainingSettings } from "./settings.ts";

const tf = await loadEngine({ threads: 1 });

const settings = trainingSettings({
  network: "phi",
  dataset: "fashion-mnist",
  imageSize: 14,
  trainImages: 320,
  validationImages: 100,
  testImages: 100,
  splitSeed: 1,
  epochs: 2,
  batchSize: 32,
  learningRate: 0.01,
  momentum: 0.9,
  dropout: 0.2,
  gate: 0,
  engine: "tensorflow",
  engineVersion: "any",
  threads: 1,
  graph: true,
  kernel: engineInfo().kernel,
  precision: "float32",
});

const data = await loadDataset("fashion-mnist", {
  seed: 1,
  imageSize: 14,
  train: 320,
  validation: 100,
  test: 100,
  parts: ["train", "validation", "test"],
});

const { test: _, ...withoutTest } = data;

function score(activation: Expression, options: Partial<ScoreOptions> = {}) {
  return scoreActivation(activation, { settings, seed: 3, data: withoutTest, ...options });
}

Deno.test("a trial is bit-equal whatever ran before it, and follows from its seed", async () => {
  const first = await score(catalog.eelu2);
  await score(catalog.tanh, { seed: 9 });
  assertEquals(await score(catalog.eelu2), first);
  const other = await score(catalog.eelu2, { seed: 4 });
  assert(first.kind === "complete" && other.kind === "complete");
  assert(first.validationLoss !== other.validationLoss);
  assertEquals(first.fitness, first.validationAccuracy / first.validationLoss);
  assertEquals(first.testAccuracy, undefined);
});

Deno.test("each epoch is reported, and training makes the loss smaller", async () => {
  const epochs: Epoch[] = [];
  await score(catalog.tanh, { onEpoch: (epoch) => epochs.push(epoch) });
  assertEquals(epochs.map(({ epoch, images }) => [epoch, images]), [[1, 320], [2, 320]]);
  assertGreater(epochs[0].trainLoss, epochs[1].trainLoss);
});

Deno.test("the test images are measured only where they are given", async () => {
  const result = await score(catalog.relu, { data });
  assert(result.kind === "complete" && result.testAccuracy !== undefined);
  const without = await score(catalog.relu);
  assert(without.kind === "complete");
  assertEquals(result.validationAccuracy, without.validationAccuracy);
});

Deno.test("a function below the gate after the first epoch is stopped, and still has its score", async () => {
  const epochs: Epoch[] = [];
  const gated = { ...settings, gate: 0.99 };
  const result = await score(catalog.relu, { settings: gated, onEpoch: (epoch) => epochs.push(epoch) });
  assert(result.kind === "stopped");
  assertEquals(epochs.length, 1);
  assertEquals(result.fitness, epochs[0].validationAccuracy / epochs[0].validationLoss);
});

Deno.test("a function whose loss is not finite has fitness 0", async () => {
  assertEquals(await score(parse("exp(exp(x^2))")), { kind: "diverged", fitness: 0, epoch: 1 });
});

Deno.test("training leaves no tensors behind", async () => {
  await score(catalog.mish);
  const before = tf.memory().numTensors;
  await score(catalog.mish);
  await score(catalog.relu, { data });
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("an aborted signal ends the training with its reason", async () => {
  const controller = new AbortController();
  const long = { ...settings, epochs: 1000 };
  const running = score(catalog.relu, { settings: long, signal: controller.signal });
  setTimeout(() => controller.abort(new Error("enough")), 300);
  await assertRejects(() => running, Error, "enough");
});

Deno.test("settings that make no sense are refused by name", () => {
  for (
    const [wrong, message] of [
      [{ epochs: 0 }, "expected epochs to be an integer of at least 1, got 0"],
      [{ learningRate: -1 }, "expected learningRate to be a number above 0, got -1"],
      [{ dropout: 1 }, "expected dropout to be a number of at least 0 and below 1, got 1"],
      [{ network: "" }, 'expected network to be a text, got ""'],
      [{ precision: "float16" }, 'expected precision to be float32 or bfloat16, got "float16"'],
      [{ precision: "bfloat16", graph: false }, "expected graph true or precision float32"],
      [{ batchSize: undefined }, "expected batchSize to be an integer of at least 1, got undefined"],
    ] as const
  ) assertThrows(() => trainingSettings({ ...settings, ...wrong }), RangeError, message);
});
