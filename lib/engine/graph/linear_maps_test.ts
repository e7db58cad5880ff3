import { assertEquals } from "@std/assert";
import { loadEngine, type Tensor, type Variable } from "../tensorflow.ts";
import { DataType } from "./program.ts";
import { traceProgram } from "./trace.ts";

const tf = await loadEngine({ engine: "tensorflow" });
type Image = ReturnType<typeof tf.tensor4d>;
type Kernel = ReturnType<typeof tf.tensor4d>;

interface Weights {
  readonly kernel: Variable;
  readonly bias: Variable;
  readonly matrix: Variable;
}

/** y = (W ∗ x + b) M, with something between. */
function twoMaps(x: Tensor, { kernel, bias, matrix }: Weights, between: (inner: Tensor) => Tensor): Tensor {
  const inner = between(tf.add(tf.conv2d(x as Image, kernel as unknown as Kernel, 1, "same"), bias));
  const flat = tf.reshape(inner, [-1, matrix.shape[0]]);
  return tf.reshape(tf.matMul(flat, matrix as unknown as typeof flat), [...inner.shape.slice(0, -1), matrix.shape[1]!]);
}

/** Convolutions and products of a step, or of an evaluation, that go over all pixels: how many by name. */
function operations(options: {
  readonly size: number;
  readonly out: number;
  readonly gradients: boolean;
  readonly between?: (inner: Tensor) => Tensor;
}): Record<string, number> {
  const { size, out, gradients, between = (inner) => inner } = options;
  return tf.tidy(() => {
    const weights: Weights = {
      kernel: tf.variable(tf.ones([3, 3, 2, 4])),
      bias: tf.variable(tf.ones([4])),
      matrix: tf.variable(tf.ones([4, out])),
    };
    const variables = Object.values(weights) as Variable[];
    const inputs = { images: tf.zeros([2, size, size, 2]) };
    const loss = () => tf.sum(tf.tanh(twoMaps(inputs.images, weights, between)));
    const program = traceProgram(() => {
      if (!gradients) return { outputs: { loss: loss() } };
      const { value, grads } = tf.variableGrads(loss as () => ReturnType<typeof tf.scalar>, variables);
      return { outputs: { loss: value }, gradients: new Map(variables.map((one) => [one, grads[one.name]])) };
    }, { inputs, variables, check: false });
    tf.dispose(variables);
    const pixels = 2 * size * size;
    const large = program.operations.filter(({ name, inputs }) =>
      /^(Conv2D|MatMul)/.test(name) &&
      inputs.some((id) => {
        const { shape, dtype } = program.facts.get(id)!;
        return dtype === DataType.float32 && shape.reduce((product, one) => product * one, 1) >= 2 * pixels;
      })
    );
    const counts: Record<string, number> = {};
    for (const { name } of large) counts[name] = (counts[name] ?? 0) + 1;
    return counts;
  });
}

const MERGED = { Conv2D: 1, Conv2DBackpropFilter: 1 };
const APART = { Conv2D: 1, MatMul: 3, Conv2DBackpropFilter: 1 };

const CASES: readonly (readonly [name: string, options: Parameters<typeof operations>[0], Record<string, number>])[] = [
  ["in a step", { size: 16, out: 4, gradients: true }, MERGED],
  ["in an evaluation", { size: 16, out: 4, gradients: false }, { Conv2D: 1 }],
  ["to fewer channels", { size: 16, out: 3, gradients: true }, MERGED],
  ["not with a function between", { size: 16, out: 4, gradients: true, between: (inner) => tf.tanh(inner) }, APART],
  ["not where what is between is taken elsewhere", {
    size: 16,
    out: 4,
    gradients: true,
    between: (inner) => tf.add(inner, tf.mul(tf.sum(tf.square(inner)), 0.1)),
  }, APART],
  ["not to many more channels", { size: 16, out: 40, gradients: true }, APART],
  ["not where there are few pixels", { size: 2, out: 4, gradients: true }, APART],
];

for (const [name, options, expected] of CASES) {
  Deno.test(`a convolution and a product are one: ${name}`, () => {
    assertEquals(operations(options), expected);
  });
}
