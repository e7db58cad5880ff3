import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { batchNormalizationLayer } from "../../models/layers/batch_normalization_layer.ts";
import { hasFilterGradients, loadEngine, type Tensor } from "../tensorflow.ts";
import { withBfloat16 } from "./bfloat16.ts";
import { optimizeProgram } from "./passes.ts";
import { DataType, type Program } from "./program.ts";
import { evaluateProgram } from "./testdata/evaluate_program.ts";
import { namesOf, recordBody, wholeNumbers } from "./testdata/record_body.ts";

const tf = await loadEngine({ engine: "tensorflow" });

type Matrix = ReturnType<typeof tf.tensor2d>;
type Images = ReturnType<typeof tf.tensor4d>;

const typesOf = (program: Program, names: readonly string[]) =>
  program.operations.filter(({ name }) => names.includes(name)).map(({ outputs: [id] }) =>
    program.facts.get(id)!.dtype
  );

Deno.test("withBfloat16: products multiply in bfloat16 and give float32; whole numbers to 256 stay exact", () => {
  const shapes = { x: [2, 4, 4, 3], w: [3, 3, 3, 5], m: [80, 2], b: [5] };
  const before = optimizeProgram(recordBody({
    shapes,
    body: ({ x, w, m, b }) => {
      const images = tf.conv2d(x as Images, w as Images, 1, "same");
      const inner = tf.clipByValue(tf.relu(tf.add(images, b)), 0, 3);
      return tf.matMul(tf.reshape(inner, [2, 80]) as Matrix, m as Matrix);
    },
  }));
  const after = withBfloat16(before);
  assertEquals(typesOf(after, ["Conv2D", "MatMul", "BiasAdd", "Relu"]), Array(4).fill(DataType.bfloat16));
  assertEquals(Object.values(after.outputs).map((id) => after.facts.get(id)!.dtype), [DataType.float32]);
  const given = Object.fromEntries(
    Object.entries(wholeNumbers(shapes)).map(([name, values]) => [name, values.map((value) => Math.sign(value))]),
  );
  assertEquals(evaluateProgram(after, { given }), evaluateProgram(before, { given }));
  // 8 bits of mantissa: what needs more is rounded
  const finer = Object.fromEntries(Object.entries(given).map(([name, list]) => [name, list.map((v) => v * 1.0043)]));
  const [exact, rounded] = [before, after].map((program) => evaluateProgram(program, { given: finer }).result);
  assertNotEquals(rounded, exact);
  const largest = Math.max(...exact.map(Math.abs));
  assert(rounded.every((value, i) => Math.abs(value - exact[i]) < 0.02 * largest));
});

Deno.test("withBfloat16: pooling and its gradient have the same type, padding keeps it", () => {
  const shapes = { x: [2, 6, 6, 2], v: [1, 1, 2, 2], w: [3, 3, 2, 4] };
  for (const padded of [false, true]) {
    const before = recordBody({
      shapes,
      body: ({ x, v, w }) => {
        const loss = (x: Tensor) => {
          const before = padded
            ? tf.pad(tf.conv2d(x as Images, v as Images, 1, "same"), [[0, 0], [1, 1], [1, 1], [0, 0]])
            : x;
          return tf.sum(tf.conv2d(tf.maxPool(before as Images, 2, 2, "same"), w as Images, 1, "same"));
        };
        return tf.grad(loss)(x);
      },
    });
    const after = withBfloat16(before);
    const dtype = padded ? DataType.bfloat16 : DataType.float32;
    assertEquals(typesOf(after, ["PadV2", "MaxPool", "MaxPoolGrad"]), Array(padded ? 3 : 2).fill(dtype));
    const given = wholeNumbers(shapes);
    assertEquals(evaluateProgram(after, { given }), evaluateProgram(before, { given }));
  }
});

Deno.test("withBfloat16: batch normalisation is in bfloat16, its means and variances in float32", () => {
  const shapes = { x: [4, 2, 2, 3], w: [1, 1, 3, 4], gamma: [4], beta: [4], dy: [4, 2, 2, 4] };
  const before = recordBody({
    shapes,
    body: ({ x, w, gamma, beta, dy }) => {
      const layer = batchNormalizationLayer({ name: "norm" });
      const y = tf.conv2d(x as Images, w as Images, 1, "same");
      layer.build(y.shape);
      layer.setWeights([gamma, beta, tf.zeros([4]), tf.ones([4])]);
      const value = (y: Tensor) => tf.sum(tf.mul(layer.apply(y, { training: true }) as Tensor, dy));
      const dw = tf.grad((w) => value(tf.conv2d(x as Images, w as Images, 1, "same")))(w);
      return { dw, mean: layer.getWeights()[2] };
    },
  });
  const after = withBfloat16(before);
  const norms = after.operations.filter(({ name }) => name.startsWith("FusedBatchNorm"));
  const { bfloat16, float32 } = DataType;
  for (const { outputs } of norms) {
    const [first, ...others] = outputs.map((id) => after.facts.get(id)!.dtype);
    assertEquals([first, ...new Set(others)], [bfloat16, float32]);
  }
  assertEquals(norms.map(({ name }) => name), ["FusedBatchNormV3", "FusedBatchNormGradV3"]);
  const given = wholeNumbers(shapes);
  const [exact, rounded] = [before, after].map((program) => evaluateProgram(program, { given }));
  assertEquals(rounded.mean, exact.mean);
  const largest = Math.max(...exact.dw.map(Math.abs));
  for (const [i, value] of rounded.dw.entries()) assert(Math.abs(value - exact.dw[i]) < 0.02 * largest);
});

interface Convolution {
  readonly x: readonly number[];
  readonly w: readonly number[];
  readonly strides?: number;
  readonly padding: "same" | "valid";
}

const CONVOLUTIONS: readonly Convolution[] = [
  { x: [3, 5, 5, 3], w: [3, 3, 3, 10], padding: "same" },
  { x: [2, 7, 6, 5], w: [3, 3, 5, 33], strides: 2, padding: "same" },
  { x: [2, 9, 9, 4], w: [5, 3, 4, 17], strides: 3, padding: "valid" },
  { x: [5, 3, 3, 7], w: [1, 1, 7, 70], padding: "valid" },
  { x: [2, 6, 6, 2], w: [1, 1, 2, 50], strides: 2, padding: "same" },
  { x: [1, 23, 23, 3], w: [11, 11, 3, 96], strides: 4, padding: "valid" },
  { x: [4, 1, 1, 8], w: [1, 1, 8, 16], padding: "same" },
  { x: [2, 2, 2, 3], w: [3, 3, 3, 64], padding: "same" },
  { x: [2, 1, 9, 3], w: [4, 1, 3, 5], strides: 2, padding: "same" },
  { x: [1, 40, 40, 2], w: [3, 3, 2, 16], padding: "same" }, // more rows than are packed at a time
];

for (const { x, w, strides = 1, padding } of CONVOLUTIONS) {
  Deno.test(`withBfloat16: the filter gradient of ${x.join(" × ")} by ${w.join(" × ")}, ${padding}, stride ${strides}`, () => {
    const before = recordBody({
      shapes: { x, w },
      body: ({ x, w }) =>
        tf.grad((w) => {
          const y = tf.conv2d(x as Images, w as Images, strides, padding);
          return tf.sum(tf.mul(tf.sign(y), y)); // its gradient is another at each place, and a whole number
        })(w),
    });
    const after = withBfloat16(before);
    if (hasFilterGradients()) {
      assert(namesOf(after).includes("AfosConv2DFilterGrad"), namesOf(after).join());
      assert(!namesOf(after).includes("Conv2DBackpropFilter"));
    }
    const given = wholeNumbers({ x, w });
    const result = evaluateProgram(after, { given });
    assertEquals(result, evaluateProgram(before, { given }));
    assert(result.result.some((value) => value !== 0));
  });
}
