import { assert, assertEquals, assertLess, assertThrows } from "@std/assert";
import { catalog } from "../activation/catalog.ts";
import { loadEngine, type Tensor } from "../engine/tensorflow.ts";
import { createTrainer } from "../training/create_trainer.ts";
import { buildNetwork } from "./catalog.ts";
import reference from "./testdata/phi.json" with { type: "json" };
import { referenceImages, setReferenceWeights, uniform, type WeightFact } from "./testdata/reference_weights.ts";

const tf = await loadEngine();
const { salt } = reference;
const weights = reference.weights as unknown as WeightFact[];
const options = { imageSize: 32, channels: 3, classes: 10, seed: 1 };

function referencePhi(name: "relu" | "eelu2") {
  const model = buildNetwork("phi", { ...options, activation: catalog[name], dropout: 0 });
  setReferenceWeights(model, { weights, salt, kernelScale: 3 });
  return model;
}

Deno.test("phi has 610,538 parameters, with the shapes of the reference", () => {
  const model = buildNetwork("phi", { ...options, activation: catalog.relu });
  assertEquals(model.countParams(), reference.parameters);
  assertEquals(model.weights.map(({ shape }) => shape as number[]), weights.map(([, , shape]) => [...shape]));
  assertEquals(model.outputs[0].shape, [null, 10]);
  model.dispose();
});

for (const name of ["relu", "eelu2"] as const) {
  Deno.test(`phi with ${name} gives Keras's logits`, () => {
    const model = referencePhi(name);
    const images = tf.tensor(referenceImages(salt + 5, [2, 32, 32, 3]), [2, 32, 32, 3]);
    const logits = [...(model.apply(images, { training: false }) as Tensor).dataSync()];
    const expected = reference.logits[name].flat();
    const largest = Math.max(...expected.map(Math.abs));
    const errors = logits.map((logit, i) => Math.abs(logit - expected[i]));
    assertLess(Math.max(...errors), 1e-4 * largest);
    model.dispose();
  });

  for (const graph of [false, true]) {
    Deno.test(`phi with ${name} trains as in Keras: ten losses, ${graph ? "by graphs" : "in eager mode"}`, () => {
      const model = referencePhi(name);
      using trainer = createTrainer(model, {
        graph,
        optimizer: { kind: "momentum", momentum: 0.9 },
        sizes: { train: [16], evaluate: [] },
      });
      const losses = reference.training[name].map((_, step) => {
        const pixels = referenceImages(salt + 100 + step, [16, 32, 32, 3]);
        const labels = Int32Array.from(uniform(salt + 200 + step, 16), (u) => Math.floor(10 * u));
        return trainer.train({ pixels, labels }, { learningRate: 0.001 });
      });
      const errors = losses.map((loss, i) => Math.abs(loss - reference.training[name][i]));
      assertLess(Math.max(...errors), 1e-4 * Math.max(...reference.training[name]));
      model.dispose();
    });
  }
}

Deno.test("phi takes images of 8 pixels and any number of channels and classes, and refuses smaller ones", () => {
  const model = buildNetwork("phi", { activation: catalog.swish, imageSize: 8, channels: 1, classes: 3, seed: 7 });
  const logits = model.apply(tf.zeros([2, 8, 8, 1])) as Tensor;
  assertEquals(logits.shape, [2, 3]);
  model.dispose();
  const small = { ...options, activation: catalog.relu, imageSize: 7 };
  assertThrows(() => buildNetwork("phi", small), RangeError, "at least 8 pixels a side, got 7");
});

Deno.test("the seed decides the initial weights", () => {
  const weightsOf = (seed: number) => {
    const model = buildNetwork("phi", { ...options, activation: catalog.relu, seed });
    const values = model.getWeights().map((weight) => [...weight.dataSync()]);
    model.dispose();
    return values;
  };
  assertEquals(weightsOf(3), weightsOf(3));
  assert(weightsOf(3)[0][0] !== weightsOf(4)[0][0]);
});

Deno.test("dropout is anew each step, follows from the seed, keeps the mean, and is off in inference", () => {
  const means = (seed: number) => {
    const model = buildNetwork("phi", { ...options, activation: catalog.relu, seed, dropout: 0.5 });
    const dropout = model.getLayer("drop1");
    const ones = tf.ones([1, 100, 100, 1]);
    const trained = [0, 1].map(() => [...(dropout.apply(ones, { training: true }) as Tensor).dataSync()]);
    assertEquals([...(dropout.apply(ones, { training: false }) as Tensor).dataSync()], Array(10_000).fill(1));
    model.dispose();
    return trained;
  };
  const [first, second] = means(5);
  assert(first.some((value, i) => value !== second[i]), "two steps have the same mask");
  assertEquals(new Set(first), new Set([0, 2]));
  assertLess(Math.abs(first.reduce((sum, value) => sum + value) / first.length - 1), 0.05);
  assertEquals(means(5), [first, second]);
});
