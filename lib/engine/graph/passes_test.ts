import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { random } from "../../random.ts";
import { loadEngine, type Tensor } from "../tensorflow.ts";
import { withBfloat16 } from "./bfloat16.ts";
import {
  biases,
  biasGradients,
  dropCopies,
  mergedBiases,
  optimizeProgram,
  plainProducts,
  pointwise,
  withoutUnusedSlopes,
} from "./passes.ts";
import { DataType, type Program } from "./program.ts";
import { recordProgram } from "./record.ts";
import { Rewriter, type Rule } from "./rewrite.ts";
import { evaluateProgram, inScope, type Values } from "./testdata/evaluate_program.ts";

const tf = await loadEngine({ engine: "tensorflow" });

type Inputs = Readonly<Record<string, Tensor>>;
type Matrix = ReturnType<typeof tf.tensor2d>;

/** Small whole numbers: their sums are exact in any order. */
function wholeNumbers(shapes: Readonly<Record<string, readonly number[]>>): Values {
  const rng = random(1);
  return Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => [
      name,
      Float32Array.from({ length: shape.reduce((product, size) => product * size, 1) }, () => rng.integer(7) - 3),
    ]),
  );
}

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

function record({ shapes, body }: Pick<PassCase, "shapes" | "body">): Program {
  return inScope(() => {
    const inputs = Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, tf.zeros([...shape])]));
    return recordProgram(() => {
      const result = body(inputs);
      return { outputs: "dataId" in result ? { result: result as Tensor } : result as Record<string, Tensor> };
    }, { inputs, variables: [] });
  });
}

const namesOf = ({ operations }: Program) => operations.map(({ name }) => name);
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
    const before = record(rest);
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

Deno.test("withBfloat16: products multiply in bfloat16 and give float32; whole numbers to 256 stay exact", () => {
  const shapes = { x: [2, 4, 4, 3], w: [3, 3, 3, 5], m: [80, 2], b: [5] };
  const before = optimizeProgram(record({
    shapes,
    body: ({ x, w, m, b }) => {
      const images = tf.conv2d(x as ReturnType<typeof tf.tensor4d>, w as ReturnType<typeof tf.tensor4d>, 1, "same");
      const inner = tf.clipByValue(tf.relu(tf.add(images, b)), 0, 3);
      return tf.matMul(tf.reshape(inner, [2, 80]) as Matrix, m as Matrix);
    },
  }));
  const after = withBfloat16(before);
  const typesOf = (names: readonly string[]) =>
    after.operations.filter(({ name }) => names.includes(name)).map(({ outputs: [id] }) => after.facts.get(id)!.dtype);
  assertEquals(typesOf(["Conv2D", "MatMul", "BiasAdd", "Relu"]), Array(4).fill(DataType.bfloat16));
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
