import { assertAlmostEquals, assertEquals } from "@std/assert";
import { loadEngine, type Variable } from "../tensorflow.ts";
import type { OptimizerSettings } from "./optimizer.ts";
import { recordProgram } from "./record.ts";
import { loadPrograms } from "./run.ts";

const tf = await loadEngine({ engine: "tensorflow" });
const RATE = 0.1;

/** One step of an optimizer for one weight: the rules of its paper, in JavaScript's numbers. */
function optimizerRule(settings: OptimizerSettings): (weight: number, gradient: number) => number {
  let [step, slope, square] = [0, 0, 0];
  const decayed = (weight: number) => weight * (1 - RATE * (settings.weightDecay ?? 0));
  return (weight, gradient) => {
    step++;
    if (settings.kind === "momentum") {
      slope = settings.momentum * slope + gradient;
      return decayed(weight) - RATE * slope;
    }
    const { beta1, beta2, epsilon } = settings;
    slope = beta1 * slope + (1 - beta1) * gradient;
    square = beta2 * square + (1 - beta2) * gradient ** 2;
    const rate = RATE * Math.sqrt(1 - beta2 ** step) / (1 - beta1 ** step);
    return decayed(weight) - rate * slope / (Math.sqrt(square) + epsilon);
  };
}

const ADAM = { kind: "adam", beta1: 0.9, beta2: 0.99, epsilon: 1e-7 } as const;
const OPTIMIZERS: readonly OptimizerSettings[] = [
  { kind: "momentum", momentum: 0 },
  { kind: "momentum", momentum: 0.9 },
  { kind: "momentum", momentum: 0.9, weightDecay: 0.5 },
  { ...ADAM, weightDecay: 0 },
  { ...ADAM, weightDecay: 0.5 },
];

for (const optimizer of OPTIMIZERS) {
  Deno.test(`five steps by the rule of ${JSON.stringify(optimizer)}`, () => {
    const weight = tf.variable(tf.tensor1d([2, -1])) as Variable;
    // loss = Σ x w²/2, so its gradient is x w
    const inputs = { x: tf.tensor1d([1, 2]) };
    const program = recordProgram(() => {
      const gradient = tf.mul(inputs.x, weight);
      return { outputs: { loss: tf.sum(gradient) }, gradients: new Map([[weight, gradient]]) };
    }, { inputs, variables: [weight] });
    const rules = [optimizerRule(optimizer), optimizerRule(optimizer)];
    let expected = [2, -1];
    using loaded = loadPrograms({ step: program }, { variables: [weight], optimizer });
    const number = (value: number) => ({ shape: [], values: Float32Array.of(value) });
    for (let step = 1; step <= 5; step++) {
      const x = Float32Array.of(step, -0.5);
      loaded.run("step", {
        x: { shape: [2], values: x },
        learningRate: number(RATE),
        ...optimizer.kind === "adam" &&
          { beta1Power: number(optimizer.beta1 ** step), beta2Power: number(optimizer.beta2 ** step) },
      });
      expected = expected.map((value, i) => rules[i](value, x[i] * value));
    }
    loaded.download();
    for (const [i, value] of weight.dataSync().entries()) assertAlmostEquals(value, expected[i], 1e-5);
    tf.dispose([weight, inputs.x]);
  });
}

Deno.test("a variable changes only when all that reads it has run; programs share it; it is saved, restored and downloaded", () => {
  const weight = tf.variable(tf.scalar(3)) as Variable;
  const record = (body: () => ReturnType<typeof tf.scalar>) =>
    recordProgram(() => ({ outputs: { value: body() } }), { inputs: {}, variables: [weight] });
  const programs = {
    double: record(() => {
      const before = tf.mul(weight, 10) as ReturnType<typeof tf.scalar>;
      weight.assign(tf.mul(weight, 2));
      return before;
    }),
    read: record(() => tf.mul(weight, 1) as ReturnType<typeof tf.scalar>),
  };
  using loaded = loadPrograms(programs, { variables: [weight], optimizer: { kind: "momentum", momentum: 0 } });
  assertEquals([1, 2, 3].map(() => loaded.run("double", {}).value), [30, 60, 120]);
  assertEquals(loaded.run("read", {}).value, 24);
  assertEquals(weight.dataSync()[0], 3);
  loaded.download();
  assertEquals(weight.dataSync()[0], 24);
  const saved = loaded.save();
  assertEquals(loaded.run("double", {}).value, 240);
  loaded.restore(saved);
  assertEquals(loaded.run("double", {}).value, 240);
  tf.dispose([weight, ...saved]);
});

Deno.test("constants of many equal values, of many values, and programs without variables", () => {
  const large = Float32Array.from({ length: 2000 }, (_, i) => i);
  const inputs = { x: tf.scalar(1) };
  const program = recordProgram(() => ({
    outputs: {
      equal: tf.sum(tf.mul(tf.fill([2000], 0.5), inputs.x)),
      all: tf.sum(tf.mul(tf.tensor1d(large), inputs.x)),
    },
  }), { inputs, variables: [] });
  using loaded = loadPrograms({ program }, { variables: [], optimizer: { kind: "momentum", momentum: 0 } });
  const x = { shape: [], values: Float32Array.of(2) };
  assertEquals(loaded.run("program", { x }), { equal: 2000, all: 1999 * 2000 });
  inputs.x.dispose();
});
