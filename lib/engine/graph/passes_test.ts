import { assert, assertEquals } from "@std/assert";
import { randomUniform } from "../random_uniform.ts";
import { loadEngine, type Tensor } from "../tensorflow.ts";
import {
  biases,
  biasGradients,
  dropCopies,
  masks,
  mergedBiases,
  optimizeProgram,
  plainProducts,
  pointwise,
  randomMasks,
  withoutUnusedSlopes,
} from "./passes.ts";
import { DataType, type Program } from "./program.ts";
import { Rewriter, type Rule } from "./rewrite.ts";
import { evaluateProgram } from "./testdata/evaluate_program.ts";
import { type Inputs, namesOf, recordBody, wholeNumbers } from "./testdata/record_body.ts";

const tf = await loadEngine({ engine: "tensorflow" });

type Matrix = ReturnType<typeof tf.tensor2d>;

interface PassCase {
  readonly name: string;
  readonly pass: (program: Program) => Program;
  readonly shapes: Readonly<Record<string, readonly number[]>>;
  readonly body: (inputs: Inputs) => Tensor | Readonly<Record<string, Tensor>>;
  /** Operations that must be gone; none where the pass must leave the program alone. */
  readonly gone?: readonly string[];
  /** Operations that must be there afterwards, in this order, others between them. */
  readonly there?: readonly string[];
}

const rules = (...list: readonly Rule[]) => (program: Program) => Rewriter.apply(program, list);

const CASES: readonly PassCase[] = [
  {
    name: "dropCopies: reshapes of reshapes",
    pass: rules(dropCopies),
    shapes: { x: [2, 6] },
    body: ({ x }) => tf.abs(tf.reshape(tf.reshape(x, [3, 4]), [2, 6])),
    gone: ["Reshape"],
    there: ["Abs"],
  },
  {
    name: "dropCopies: a transposition that changes nothing",
    pass: rules(dropCopies),
    shapes: { x: [2, 6] },
    body: ({ x }) => tf.abs(tf.transpose(x, [0, 1])),
    gone: ["Transpose"],
  },
  {
    name: "dropCopies: a cast to the same type",
    pass: rules(dropCopies),
    shapes: { x: [2, 6], y: [2, 6] },
    // tfjs casts the factor's type to the product's in the gradient
    body: ({ x, y }) => tf.grad((x) => tf.sum(tf.square(tf.mul(x, y))))(x),
    gone: ["Cast"],
  },
  {
    name: "dropCopies: a transposition that changes something",
    pass: rules(dropCopies),
    shapes: { x: [2, 6] },
    body: ({ x }) => tf.abs(tf.transpose(x, [1, 0])),
  },
  {
    name: "dropCopies: a reshape to another shape of equal rank",
    pass: rules(dropCopies),
    shapes: { x: [2, 6] },
    body: ({ x }) => tf.sum(tf.reshape(x, [3, 4]), [0]),
  },
  {
    name: "dropCopies: a reshape that is a result",
    pass: rules(dropCopies),
    shapes: { x: [2, 6] },
    body: ({ x }) => tf.reshape(tf.abs(x), [3, 4]),
  },
  ...[[false, false], [true, false], [false, true], [true, true]].map(([a, b]): PassCase => ({
    name: `plainProducts: single matrices, transposed ${a}, ${b}`,
    pass: rules(plainProducts),
    shapes: { x: a ? [3, 2] : [2, 3], y: b ? [4, 3] : [3, 4] },
    body: ({ x, y }) => tf.abs(tf.matMul(x as Matrix, y as Matrix, a, b)),
    gone: ["BatchMatMulV2", "BatchMatMul"],
    there: ["MatMul"],
  })),
  {
    name: "plainProducts: a stack of matrices",
    pass: rules(plainProducts),
    shapes: { x: [2, 2, 3], y: [2, 3, 4] },
    body: ({ x, y }) => tf.matMul(x, y),
  },
  ...[["x + b", [2, 3, 4], [4]], ["b + x", [2, 3, 4], [4]], ["x + [[b]]", [2, 3, 4], [1, 1, 4]]].map((
    [name, x, b],
  ): PassCase => ({
    name: `biases: ${name}`,
    pass: rules(biases),
    shapes: { x: x as number[], b: b as number[] },
    body: ({ x, b }) => tf.abs(name === "b + x" ? tf.add(b, x) : tf.add(x, b)),
    gone: ["Add", "AddV2"],
    there: ["BiasAdd"],
  })),
  ...[["equal shapes", [2, 4], [2, 4]], ["a matrix for the last dimensions", [2, 3, 4], [3, 4]], [
    "one number",
    [2, 4],
    [],
  ], ["a vector for another dimension", [2, 4], [2, 1]]]
    .map(([name, x, b]): PassCase => ({
      name: `biases: ${name}`,
      pass: rules(biases),
      shapes: { x: x as number[], b: b as number[] },
      body: ({ x, b }) => tf.add(x, b),
    })),
  {
    name: "biases: above a reshape, beside the product",
    pass: rules(plainProducts, biases),
    shapes: { x: [6, 3], y: [3, 4], b: [4] },
    body: ({ x, y, b }) => tf.abs(tf.add(tf.reshape(tf.matMul(x as Matrix, y as Matrix), [2, 3, 4]), b)),
    gone: ["Add", "AddV2"],
    there: ["MatMul", "BiasAdd", "Reshape", "Abs"],
  },
  {
    name: "mergedBiases: two vectors",
    pass: (program) => rules(mergedBiases)(rules(dropCopies, biases)(program)),
    shapes: { x: [2, 3, 4], b: [4], c: [4] },
    body: ({ x, b, c }) => tf.abs(tf.add(tf.reshape(tf.add(tf.reshape(x, [6, 4]), b), [2, 3, 4]), c)),
    gone: ["Add"],
    there: ["AddV2", "BiasAdd"],
  },
  ...[[[0, 1], [2, 3, 4]], [[-3, -2], [2, 3, 4]], [[0], [2, 3]]].map(([axes, x]): PassCase => ({
    name: `biasGradients: sum of ${x.join(" × ")} over ${axes.join(", ")}`,
    pass: rules(biasGradients),
    shapes: { x },
    body: ({ x }) => tf.abs(tf.sum(x, axes)),
    gone: ["Sum"],
    there: ["BiasAddGrad"],
  })),
  ...[[[1], [2, 3]], [[0], [2, 3, 4]], [[0], [3]]].map(([axes, x]): PassCase => ({
    name: `biasGradients: sum of ${x.join(" × ")} over ${axes.join(", ")}, which keeps another dimension or none`,
    pass: rules(biasGradients),
    shapes: { x },
    body: ({ x }) => tf.sum(x, axes),
  })),
  {
    name: "pointwise: above a reshape, but for a result",
    pass: (program) => rules(pointwise, dropCopies)(program),
    shapes: { x: [6, 4] },
    body: ({ x }) => tf.tanh(tf.tanh(tf.reshape(tf.abs(x), [2, 3, 4]))),
    there: ["Abs", "Tanh", "Reshape", "Tanh"],
  },
  ...[0.2, 0.5].map((rate): PassCase => ({
    name: `randomMasks and masks: dropout of ${rate} and its gradient`,
    pass: rules(dropCopies, randomMasks, masks),
    shapes: { x: [5, 77] },
    body: ({ x }) => {
      const dropped = (x: Tensor) => {
        const kept = tf.greaterEqual(randomUniform([5, 77], [12345678, tf.scalar(3, "int32")]), rate);
        return tf.mul(x, tf.mul(tf.cast(kept, "float32"), 1 / (1 - rate)));
      };
      return { y: dropped(x), dx: tf.grad((x) => tf.sum(tf.square(dropped(x))))(x) };
    },
    gone: ["StatelessRandomUniform", "GreaterEqual", "Cast"],
    there: ["AfosRandomMask", "AfosMask", "AfosRandomMask", "AfosMask", "AfosMask"],
  })),
  {
    name: "randomMasks: the numbers of a long mask",
    pass: rules(randomMasks),
    shapes: { x: [1] },
    body: ({ x }) => tf.add(x, tf.cast(tf.greaterEqual(randomUniform([3, 20_001], [2 ** 31 - 1, 0]), 0.7), "float32")),
    gone: ["StatelessRandomUniform"],
    there: ["AfosRandomMask"],
  },
  {
    name: "masks: a factor for each example is left alone",
    pass: rules(randomMasks, masks),
    shapes: { x: [5, 7] },
    body: ({ x }) => {
      const kept = tf.greaterEqual(randomUniform([5, 1], [1, 2]), 0.3);
      return tf.mul(x, tf.mul(tf.cast(kept, "float32"), 1.5));
    },
    gone: ["StatelessRandomUniform"],
    there: ["AfosRandomMask", "Cast", "Mul", "Mul"],
  },
  {
    name: "optimizeProgram: a product, a vector and a function behind reshapes stand together",
    pass: optimizeProgram,
    shapes: { x: [2, 3, 4], y: [4, 4], b: [4] },
    body: ({ x, y, b }) => {
      const product = tf.reshape(tf.matMul(tf.reshape(x, [6, 4]) as Matrix, y as Matrix), [2, 3, 4]);
      return tf.square(tf.relu(tf.add(product, b)));
    },
    gone: ["BatchMatMulV2", "Add", "AddV2"],
    there: ["Reshape", "MatMul", "BiasAdd", "Relu", "Reshape", "Square"],
  },
];

for (const { name, pass, gone, there, ...rest } of CASES) {
  Deno.test(`${name}: ${gone || there ? "rewritten" : "left alone"}, and the values are the same`, () => {
    const before = recordBody(rest);
    const after = pass(before);
    const given = wholeNumbers(rest.shapes);
    assertEquals(evaluateProgram(after, { given }), evaluateProgram(before, { given }));
    if (!gone && !there) return assertEquals(namesOf(after), namesOf(before));
    assert((gone ?? []).every((operation) => !namesOf(after).includes(operation)), namesOf(after).join());
    if (gone?.length) assert(gone.some((operation) => namesOf(before).includes(operation)), namesOf(before).join());
    if (there) assertEquals(namesOf(after).filter((operation) => there.includes(operation)), there);
  });
}

/** A function of the kernel, with its derivative where that is asked for. */
function kernelProgram(results: readonly ("y" | "slope")[]): Program {
  const fact = { shape: [2, 4], dtype: DataType.float32 };
  const attributes = {
    T: { kind: "type", value: DataType.float32 },
    program: { kind: "string", value: "tanh 0" },
  } as const;
  const tensors = { x: 1, y: 2, slope: 3 };
  return {
    operations: [{ name: "AfosActivationWithSlope", attributes, inputs: [1], outputs: [2, 3] }],
    facts: new Map(Object.values(tensors).map((id) => [id, fact])),
    constants: new Map(),
    inputs: { x: 1 },
    variables: [],
    outputs: Object.fromEntries(results.map((name) => [name, tensors[name]])),
    assignments: [],
    gradients: [],
  };
}

for (const [results, name] of [[["y"], "AfosActivation"], [["y", "slope"], "AfosActivationWithSlope"]] as const) {
  Deno.test(`withoutUnusedSlopes: ${name} where ${results.join(" and ")} is asked for`, () => {
    const [before, given] = [kernelProgram(results), wholeNumbers({ x: [2, 4] })];
    const after = withoutUnusedSlopes(before);
    assertEquals(namesOf(after), [name]);
    assertEquals(evaluateProgram(after, { given }), evaluateProgram(before, { given }));
  });
}
