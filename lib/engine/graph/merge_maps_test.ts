import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { random } from "../../random.ts";
import { loadEngine, type Tensor, type Variable } from "../tensorflow.ts";
import { mergeMaps } from "./merge_maps.ts";
import { biases, biasGradients, dropCopies, plainProducts } from "./passes.ts";
import type { Program } from "./program.ts";
import { recordProgram } from "./record.ts";
import { Rewriter } from "./rewrite.ts";
import { evaluateProgram, inScope, multiplications } from "./testdata/evaluate_program.ts";

const tf = await loadEngine({ engine: "tensorflow" });
type Image = ReturnType<typeof tf.tensor4d>;

interface Maps {
  /** Pixels a side of the images, and of the convolution's window. */
  readonly size: number;
  readonly window: number;
  readonly stride: number;
  /** Channels of the images, between the maps and behind them. */
  readonly channels: readonly [number, number, number];
  readonly bias: boolean;
  readonly gradients: boolean;
}

const SHAPE: Maps = { size: 16, window: 3, stride: 1, channels: [2, 4, 4], bias: true, gradients: true };
const BATCH = 2;

/** (W ∗ x + b) M with something between, and its gradients, as it is given to the pass; and values of its inputs. */
function twoMaps(maps: Maps, between: (inner: Tensor) => Tensor = (inner) => inner) {
  const { size, window, stride, channels: [from, inside, to], bias, gradients } = maps;
  const shapes = [[window, window, from, inside], [inside, to], ...bias ? [[inside]] : []];
  return inScope(() => {
    const rng = random(3);
    const whole = (shape: readonly number[]) =>
      Float32Array.from({ length: shape.reduce((product, length) => product * length, 1) }, () => rng.integer(5) - 2);
    const variables = shapes.map((shape) => tf.variable(tf.zeros(shape))) as Variable[];
    const [kernel, matrix, vector] = variables as Tensor[];
    const inputs = { images: tf.zeros([BATCH, size, size, from]) };
    const forward = () => {
      const images = tf.conv2d(inputs.images as Image, kernel as Image, stride, "same");
      const inner = between(vector ? tf.add(images, vector) : images);
      const flat = tf.reshape(inner, [-1, inside]) as ReturnType<typeof tf.tensor2d>;
      return tf.reshape(tf.matMul(flat, matrix as typeof flat), [...inner.shape.slice(0, -1), to]);
    };
    const recorded = recordProgram((): { outputs: Record<string, Tensor> } => {
      if (!gradients) return { outputs: { y: tf.abs(forward()) } };
      // the gradient of y is y itself, so that each is exact
      const loss = () => tf.mul(tf.sum(tf.square(forward())), 0.5) as ReturnType<typeof tf.scalar>;
      const { value, grads } = tf.variableGrads(loss, variables);
      return { outputs: { loss: value, ...grads } };
    }, { inputs, variables, check: false });
    tf.dispose(variables);
    const program = Rewriter.apply(recorded, [dropCopies, plainProducts, biases, biasGradients]);
    const values = { given: { images: whole(inputs.images.shape) }, variables: shapes.map(whole) };
    return { program, values };
  });
}

/** Whether the pass has changed a program; asserts that the values are the same then, for fewer multiplications. */
function isMerged({ program, values }: { program: Program; values: Parameters<typeof evaluateProgram>[1] }): boolean {
  const merged = mergeMaps(program);
  if (merged === program) return false;
  assertEquals(evaluateProgram(merged, values), evaluateProgram(program, values));
  assert(multiplications(merged) < multiplications(program));
  return true;
}

const CASES: readonly (readonly [name: string, maps: Partial<Maps>, merged: boolean])[] = [
  ["in a step", {}, true],
  ["in an evaluation", { gradients: false }, true],
  ["without a bias", { bias: false }, true],
  ["with strides", { stride: 2 }, true],
  ["to fewer channels", { channels: [2, 4, 3] }, true],
  ["not to many more channels", { channels: [2, 4, 40] }, false],
  ["not where there are few pixels", { size: 2 }, false],
];

for (const [name, maps, merged] of CASES) {
  Deno.test(`a convolution and a product become one map: ${name}`, () => {
    assertEquals(isMerged(twoMaps({ ...SHAPE, ...maps })), merged);
  });
}

const BETWEEN: readonly (readonly [name: string, between: (inner: Tensor) => Tensor])[] = [
  ["a function stands between", (inner) => tf.relu(inner)],
  ["what is between is taken elsewhere", (inner) => tf.add(inner, tf.sum(inner))],
];

for (const [name, between] of BETWEEN) {
  Deno.test(`a convolution and a product stay two maps where ${name}`, () => {
    for (const gradients of [true, false]) assert(!isMerged(twoMaps({ ...SHAPE, gradients }, between)));
  });
}

Deno.test("maps of any shape are merged only for fewer multiplications, and the values are the same", () => {
  const channel = fc.integer({ min: 1, max: 6 });
  fc.assert(
    fc.property(
      fc.record({
        size: fc.integer({ min: 1, max: 9 }),
        window: fc.integer({ min: 1, max: 3 }),
        stride: fc.integer({ min: 1, max: 2 }),
        channels: fc.tuple(channel, channel, channel),
        bias: fc.boolean(),
        gradients: fc.boolean(),
      }),
      (maps) => void isMerged(twoMaps(maps)),
    ),
    { numRuns: 60, seed: 1 },
  );
});
