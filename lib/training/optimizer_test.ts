import { assert, assertEquals } from "@std/assert";
import type { OptimizerSettings } from "../engine/mod.ts";
import { loadEngine } from "../engine/tensorflow.ts";
import { random } from "../random.ts";
import { eagerOptimizer } from "./optimizer.ts";

const tf = await loadEngine({ threads: 1 });

/** What the rules of the papers make of one weight by its gradients and learning rates, in float64. */
type Rule = (weight: number, steps: readonly { gradient: number; rate: number }[]) => number;

/** a ← m a + g, w ← w − η a (Polyak 1964, as Keras's SGD), after w ← w − η λ w. */
const momentumRule = (momentum: number, decay = 0): Rule => (weight, steps) => {
  let accumulated = 0;
  for (const { gradient, rate } of steps) {
    accumulated = momentum * accumulated + gradient;
    weight = weight - rate * decay * weight - rate * accumulated;
  }
  return weight;
};

/** Algorithm 1 of Kingma and Ba (ICLR 2015), bias corrections in the moments; decoupled decay of Loshchilov and Hutter. */
const adamRule = (beta1: number, beta2: number, decay = 0): Rule => (weight, steps) => {
  let [first, second] = [0, 0];
  for (const [i, { gradient, rate }] of steps.entries()) {
    first = beta1 * first + (1 - beta1) * gradient;
    second = beta2 * second + (1 - beta2) * gradient ** 2;
    const [mean, square] = [first / (1 - beta1 ** (i + 1)), second / (1 - beta2 ** (i + 1))];
    weight = weight - rate * decay * weight - rate * mean / Math.sqrt(square);
  }
  return weight;
};

const adam = { kind: "adam", beta1: 0.9, beta2: 0.999, epsilon: 1e-12, weightDecay: 0 } as const;
const RULES: readonly { name: string; settings: OptimizerSettings; rule: Rule }[] = [
  { name: "gradient descent", settings: { kind: "momentum", momentum: 0 }, rule: momentumRule(0) },
  { name: "momentum", settings: { kind: "momentum", momentum: 0.9 }, rule: momentumRule(0.9) },
  {
    name: "momentum with decay",
    settings: { kind: "momentum", momentum: 0.5, weightDecay: 0.1 },
    rule: momentumRule(0.5, 0.1),
  },
  { name: "Adam", settings: adam, rule: adamRule(0.9, 0.999) },
  { name: "Adam with other averages", settings: { ...adam, beta1: 0.5, beta2: 0.9 }, rule: adamRule(0.5, 0.9) },
  { name: "AdamW", settings: { ...adam, weightDecay: 0.2 }, rule: adamRule(0.9, 0.999, 0.2) },
];

for (const { name, settings, rule } of RULES) {
  Deno.test(`${name}: several weights over several steps, as by the rule in float64`, () => {
    const rng = random(4);
    const start = Array.from({ length: 6 }, () => 2 * rng.next() - 1);
    const steps = Array.from({ length: 7 }, (_, i) => ({
      rate: 0.1 / (i + 1),
      gradients: start.map(() => (rng.next() - 0.5) * 10 ** rng.integer(3)),
    }));
    // Two variables of different shapes.
    const variables = [
      tf.variable(tf.tensor2d(start.slice(0, 4), [2, 2])),
      tf.variable(tf.tensor1d(start.slice(4))),
    ];
    using optimizer = eagerOptimizer(variables, settings);
    for (const { rate, gradients } of steps) {
      const given = tf.tidy(() => ({
        [variables[0].name]: tf.tensor2d(gradients.slice(0, 4), [2, 2]),
        [variables[1].name]: tf.tensor1d(gradients.slice(4)),
      }));
      optimizer.apply(given, { learningRate: rate });
      tf.dispose(given);
    }
    assertEquals(optimizer.steps, steps.length);
    const trained = variables.flatMap((variable) => [...variable.dataSync()]);
    for (const [i, weight] of trained.entries()) {
      const own = steps.map(({ rate, gradients }) => ({ rate, gradient: gradients[i] }));
      const expected = rule(start[i], own);
      assert(Math.abs(weight - expected) < 2e-6 * Math.max(1, Math.abs(expected)), `${weight} for ${expected}`);
    }
    tf.dispose(variables);
  });
}

Deno.test("epsilon stands beside the root of the uncorrected squares, as at the end of section 2 of the paper", () => {
  const variable = tf.variable(tf.scalar(0));
  using optimizer = eagerOptimizer([variable], { ...adam, epsilon: 0.5 });
  const gradient = tf.scalar(2);
  optimizer.apply({ [variable.name]: gradient }, { learningRate: 1 });
  // m = 0.2, v = 0.004, rate √(1 − β2) / (1 − β1)
  const expected = -(Math.sqrt(0.001) / 0.1) * 0.2 / (Math.sqrt(0.004) + 0.5);
  assert(Math.abs(variable.dataSync()[0] - expected) < 1e-6);
  tf.dispose([variable, gradient]);
});

Deno.test("a variable without a gradient stays as it is; nothing is left when the optimizer is gone", () => {
  const before = tf.memory().numTensors;
  for (const [settings, slots] of [[{ kind: "momentum", momentum: 0.9, weightDecay: 0.1 }, 1], [adam, 2]] as const) {
    const variables = [1, 2].map((value) => tf.tidy(() => tf.variable(tf.scalar(value))));
    const gradient = tf.scalar(3);
    {
      using optimizer = eagerOptimizer(variables, settings);
      assertEquals(optimizer.slots.length, 2 * slots);
      optimizer.apply({ [variables[1].name]: gradient }, { learningRate: 0.1 });
      assertEquals(tf.memory().numTensors, before + 3 + 2 * slots);
    }
    assertEquals(variables[0].dataSync()[0], 1);
    assert(variables[1].dataSync()[0] < 2);
    tf.dispose([...variables, gradient]);
  }
  assertEquals(tf.memory().numTensors, before);
});
