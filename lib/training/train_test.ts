import { assert, assertEquals, assertGreater, assertNotEquals, assertRejects } from "@std/assert";
import { parse } from "../activation/mod.ts";
import { loadDataset } from "../datasets/mod.ts";
import { loadEngine } from "../engine/mod.ts";
import { SettingsError } from "../schema.ts";
import { UserError } from "../user_error.ts";
import { bestEpoch, type Epoch } from "./outcome.ts";
import { train, type TrainOptions } from "./train.ts";

const tf = await loadEngine({ threads: 1 });

const data = await loadDataset("fashion-mnist", {
  seed: 1,
  imageSize: 14,
  train: 320,
  validation: 100,
  test: 100,
  parts: ["train", "validation", "test"],
});

const RECIPE = {
  epochs: 2,
  batchSize: 32,
  optimizer: "momentum",
  momentum: 0.9,
  learningRate: 0.01,
  dropout: 0.2,
} as const;

function run(activation: string, options: Partial<TrainOptions> = {}) {
  return train(activation, { ...RECIPE, seed: 3, data, ...options });
}

async function epochsOf(activation: string, options: Partial<TrainOptions> = {}): Promise<Epoch[]> {
  const epochs: Epoch[] = [];
  await run(activation, { ...options, onEpoch: (epoch) => epochs.push(epoch) });
  return epochs;
}

Deno.test("nothing but data is needed: a name, a formula and an expression train the same", async () => {
  const { kind, fitness } = await train("x*sigmoid(x)", { data });
  assertEquals(kind, "complete");
  assertGreater(fitness, 0);
  assertEquals(await train("swish", { data }), await train(parse("x*sigmoid(x)"), { data }));
});

Deno.test("a training is bit-equal whatever ran before it, and follows from its seed", async () => {
  const first = await run("eelu2");
  await run("tanh", { seed: 9 });
  assertEquals(await run("eelu2"), first);
  const other = await run("eelu2", { seed: 4 });
  assert(first.kind === "complete" && other.kind === "complete");
  assert(first.validationLoss !== other.validationLoss);
  assertEquals(first.fitness, first.validationAccuracy / first.validationLoss);
  assertEquals(first.testAccuracy, undefined);
});

Deno.test("each epoch is reported, and training makes the loss smaller", async () => {
  const epochs = await epochsOf("tanh");
  assertEquals(epochs.map(({ epoch, images }) => [epoch, images]), [[1, 320], [2, 320]]);
  assertGreater(epochs[0].trainLoss, epochs[1].trainLoss);
});

for (const keep of ["last", "best"] as const) {
  Deno.test(`the test images are measured only where that is asked for, and change nothing else (${keep})`, async () => {
    const [tested, untested] = [await run("relu", { keep, test: true }), await run("relu", { keep })];
    assert(tested.kind === "complete" && untested.kind === "complete");
    assert(tested.testAccuracy !== undefined && tested.testLoss !== undefined);
    const { testAccuracy: _, testLoss: __, ...rest } = tested;
    assertEquals(rest, untested);
  });
}

for (const graph of [true, false]) {
  Deno.test(`the best epoch is tested, ${graph ? "by graphs" : "in eager mode"}`, async () => {
    const options = { learningRate: 0.05, graph, keep: "best", test: true } as const;
    const epochs = await epochsOf("tanh", { ...options, epochs: 10 });
    // a training as long as the first one whose last epoch is not its best
    const bestOf = (count: number) => bestEpoch(epochs.slice(0, count))!;
    const length = epochs.findIndex((_, i) => bestOf(i + 1).epoch > 1 && bestOf(i + 1).epoch <= i) + 1;
    assertNotEquals(length, 0, "each epoch is the best until then: the test says nothing");
    const best = bestOf(length);
    const result = await run("tanh", { ...options, epochs: length });
    assert(result.kind === "complete");
    assertEquals(result.validationAccuracy, best.validationAccuracy);
    // with a constant learning rate, a training of so many epochs has the same weights at its end
    assertEquals(result, await run("tanh", { ...options, keep: "last", epochs: best.epoch }));
  });
}

Deno.test("schedule, optimizer, label smoothing, dropout and precision change a training", async () => {
  const plain = await run("relu");
  for (
    const change of [
      { schedule: "cosine" },
      { optimizer: "adam", momentum: 0, learningRate: 0.001 },
      { labelSmoothing: 0.1 },
      { dropout: 0 },
      { precision: "bfloat16" },
    ] as const
  ) assertNotEquals(await run("relu", change), plain, JSON.stringify(change));
});

for (const graph of [true, false]) {
  Deno.test(`several learning rates are tried from the same start, and the best goes on (graph ${graph})`, async () => {
    const rates = [1e-4, 0.01, 0.1];
    const options = { graph, optimizer: "adam", momentum: 0, test: true, epochs: 3 } as const;
    const epochs = await epochsOf("relu", { ...options, learningRates: rates });
    const firsts = epochs.slice(0, 3);
    assertEquals(firsts.map(({ epoch, learningRate }) => [epoch, learningRate]), rates.map((rate) => [1, rate]));
    const { learningRate } = bestEpoch(firsts.map((epoch) => ({ ...epoch, epoch: 1 })))!;
    assertEquals(
      epochs.slice(3).map((epoch) => [epoch.epoch, epoch.learningRate]),
      [2, 3].map((i) => [i, learningRate]),
    );
    const tried = await run("relu", { ...options, learningRates: rates });
    const alone = await run("relu", { ...options, learningRate });
    assertEquals(tried as unknown, { ...alone, learningRate });
  });
}

Deno.test("what diverges with one learning rate trains with another; with none, it has diverged", async () => {
  const rates = { learningRates: [1e30, 0.01] };
  const tried = await run("relu", { ...rates, keep: "best" });
  assert(tried.kind === "complete");
  assertEquals(tried.learningRate, 0.01);
  assertEquals(await run("exp(exp(x^2))", rates), { kind: "diverged", fitness: 0, epoch: 1 });
});

Deno.test("a function below the gate after the first epoch is stopped, and still has its scores", async () => {
  const epochs: Epoch[] = [];
  const result = await run("relu", { gate: 0.99, test: true, onEpoch: (epoch) => epochs.push(epoch) });
  assert(result.kind === "stopped");
  assertEquals(epochs.length, 1);
  assertEquals(result.fitness, epochs[0].validationAccuracy / epochs[0].validationLoss);
  assertEquals(result.testAccuracy, undefined);
});

Deno.test("a function whose loss is not finite has fitness 0", async () => {
  assertEquals(await run("exp(exp(x^2))"), { kind: "diverged", fitness: 0, epoch: 1 });
});

Deno.test("training leaves no tensors behind", async () => {
  await run("mish");
  const before = tf.memory().numTensors;
  await run("mish");
  await run("relu", { test: true, keep: "best", epochs: 4 });
  await run("relu", { test: true, keep: "best", epochs: 4, learningRates: [0.1, 0.01] });
  await run("exp(exp(x^2))");
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("an aborted signal ends the training with its reason", async () => {
  const controller = new AbortController();
  const running = run("relu", { epochs: 1000, signal: controller.signal });
  setTimeout(() => controller.abort(new Error("enough")), 300);
  await assertRejects(() => running, Error, "enough");
});

/** Options that make no sense, and what is said of them. */
const WRONG: readonly (readonly [Record<string, unknown>, string])[] = [
  [{ epochs: 0 }, "expected epochs to be an integer of at least 1, got 0"],
  [{ epochs: 1.5 }, "expected epochs to be an integer of at least 1, got 1.5"],
  [{ learningRate: -1 }, "expected learningRate to be a number above 0, got -1"],
  [
    { learningRates: [0.1] },
    "expected learningRates to be a list of at least 2 different values, each a number above 0",
  ],
  [{ learningRate: NaN }, "expected learningRate to be a number above 0, got NaN"],
  [{ dropout: 1 }, "expected dropout to be a number of at least 0 and below 1, or null, got 1"],
  [{ network: "" }, 'expected network to be a text, got ""'],
  [{ precision: "float16" }, 'expected precision to be float32 or bfloat16, got "float16"'],
  [{ precision: "bfloat16", graph: false }, "expected graph true or precision float32"],
  [{ optimizer: "adam", momentum: 0.9 }, "expected momentum to be 0 with Adam, got 0.9"],
  [{ learningrate: 0.1 }, "unknown setting learningrate; did you mean learningRate?"],
];

for (const [options, message] of WRONG) {
  Deno.test(`refused: ${JSON.stringify(options)}`, async () => {
    await assertRejects(() => run("relu", options), SettingsError, message);
  });
}

Deno.test("test figures without test images, and unknown functions, are refused", async () => {
  const { test: _, ...withoutTest } = data;
  await assertRejects(() => run("relu", { data: withoutTest, test: true }), UserError, "expected test images");
  await assertRejects(() => run("rleu"), Error, "rleu");
});
