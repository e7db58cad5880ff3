/**
 * Step 2, rewrite: a recorded program in operations that TensorFlow fuses or runs faster. Each pass keeps what is
 * computed.
 *
 * @module
 */
import { engineInfo } from "../tensorflow.ts";
import { DataType, integers, type Operation, type Program, results, sameShape } from "./program.ts";
import { mergeMaps } from "./merge_maps.ts";
import { Rewriter, type Rule } from "./rewrite.ts";

const FLOAT = { T: { kind: "type", value: DataType.float32 } } as const;

/** Element by element, from one input: they commute with a reshape. */
const POINTWISE = new Set(
  ["Abs", "Asinh", "Atan", "Cos", "Elu", "Erf", "Erfc", "Exp", "Expm1", "LeakyRelu", "Log1p", "Neg", "Relu", "Selu"]
    .concat(["Sigmoid", "Sign", "Sin", "Sinh", "Softplus", "Softsign", "Sqrt", "Square", "Tanh"]),
);

const isFloat = (rewriter: Rewriter, id: number) => rewriter.fact(id).dtype === DataType.float32;

/** A reshape above which an operation over the last dimension may stand. */
function reshapeAbove(rewriter: Rewriter, id: number): number | undefined {
  const made = rewriter.producer(id);
  if (made?.name !== "Reshape") return undefined;
  const [from, to] = [rewriter.fact(made.inputs[0]).shape, rewriter.fact(id).shape];
  return from.length >= 2 && from.at(-1) === to.at(-1) ? made.inputs[0] : undefined;
}

/** Reshapes of reshapes, transpositions and casts that change nothing, copies. */
export const dropCopies: Rule = ({ name, inputs, outputs: [output] }, rewriter) => {
  if (name === "Reshape") {
    if (rewriter.isResult(output)) return false;
    rewriter.reshape(inputs[0], rewriter.fact(output).shape, output);
    return true;
  }
  const sameType = name === "Cast" && rewriter.fact(inputs[0]).dtype === rewriter.fact(output).dtype;
  const order = name === "Transpose" ? integers(rewriter, inputs[1]) : undefined;
  if (name !== "Identity" && !sameType && !order?.every((axis, i) => axis === i)) return false;
  rewriter.alias(output, inputs[0]);
  return true;
};

/** Products of single matrices: the operation for stacks of them is not fused with what follows. */
export const plainProducts: Rule = ({ name, attributes, inputs, outputs: [output] }, rewriter) => {
  if (name !== "BatchMatMulV2" && name !== "BatchMatMul") return false;
  const shapes = inputs.map((id) => rewriter.fact(id).shape);
  if (!shapes.every((shape) => shape.slice(0, -2).every((size) => size === 1))) return false;
  const [a, b] = inputs.map((id, i) => rewriter.reshape(id, shapes[i].slice(-2)));
  const { shape } = rewriter.fact(output);
  const flag = (key: string) => ({ kind: "bool", value: attributes[key]?.value === true }) as const;
  const product = rewriter.emitNew("MatMul", {
    inputs: [a, b],
    shape: shape.slice(-2),
    attributes: { transpose_a: flag("adj_x"), transpose_b: flag("adj_y") },
  });
  rewriter.reshape(product, shape, output);
  return true;
};

/** x + b with a vector b for the last dimension becomes BiasAdd, above a reshape of x. */
export const biases: Rule = ({ name, inputs, outputs: [output] }, rewriter) => {
  const { shape } = rewriter.fact(output);
  if ((name !== "Add" && name !== "AddV2") || !isFloat(rewriter, output) || shape.length < 2) return false;
  const isBias = (id: number) => {
    const term = rewriter.fact(id).shape;
    return term.at(-1) === shape.at(-1) && term.slice(0, -1).every((size) => size === 1) && !sameShape(term, shape);
  };
  const at = inputs.findIndex(isBias);
  if (at < 0 || !sameShape(rewriter.fact(inputs[1 - at]).shape, shape)) return false;
  const bias = rewriter.reshape(inputs[at], [shape.at(-1)!]);
  const x = inputs[1 - at];
  const above = reshapeAbove(rewriter, x);
  if (above === undefined) rewriter.emit({ name: "BiasAdd", attributes: FLOAT, inputs: [x, bias], outputs: [output] });
  else {
    const sum = rewriter.emitNew("BiasAdd", { inputs: [above, bias], shape: rewriter.fact(above).shape });
    rewriter.reshape(sum, shape, output);
  }
  return true;
};

/** Two sums with vectors for the last dimension, one behind the other, become one. */
export const mergedBiases: Rule = ({ name, attributes, inputs: [x, bias], outputs: [output] }, rewriter) => {
  if (name !== "BiasAdd") return false;
  const inner = rewriter.producer(reshapeAbove(rewriter, x) ?? x);
  if (inner?.name !== "BiasAdd") return false;
  const vector = rewriter.emitNew("AddV2", { inputs: [inner.inputs[1], bias], shape: rewriter.fact(bias).shape });
  const { shape } = rewriter.fact(inner.outputs[0]);
  const sum = rewriter.emitNew(name, { inputs: [inner.inputs[0], vector], shape, attributes });
  rewriter.reshape(sum, rewriter.fact(output).shape, output);
  return true;
};

/** The sum over all dimensions but the last becomes BiasAddGrad, above a reshape. */
export const biasGradients: Rule = ({ name, attributes, inputs: [x, axes], outputs: [output] }, rewriter) => {
  if (name !== "Sum" || !isFloat(rewriter, x) || attributes.keep_dims?.value === true) return false;
  const rank = rewriter.fact(x).shape.length;
  const summed = integers(rewriter, axes);
  if (rank < 2 || summed?.length !== rank - 1 || !summed.every((axis, i) => axis === i)) return false;
  rewriter.emit({
    name: "BiasAddGrad",
    attributes: FLOAT,
    inputs: [reshapeAbove(rewriter, x) ?? x],
    outputs: [output],
  });
  return true;
};

/** Element by element above a reshape, so that it stands beside the product that it can be fused with. */
export const pointwise: Rule = (operation: Operation, rewriter) => {
  const { name, inputs: [x], outputs: [output] } = operation;
  if (!POINTWISE.has(name) || !isFloat(rewriter, output) || rewriter.isResult(output)) return false;
  const above = reshapeAbove(rewriter, x);
  if (above === undefined) return false;
  const { shape } = rewriter.fact(above);
  const made = rewriter.emitNew(name, { inputs: [above], shape, attributes: operation.attributes });
  rewriter.reshape(made, rewriter.fact(output).shape, output);
  return true;
};

/** The number of a float32 constant of one number; undefined for what is none. */
function numberOf({ constants }: Rewriter, id: number): number | undefined {
  const constant = constants.get(id);
  if (constant?.dtype !== DataType.float32 || constant.bytes.length !== 4) return undefined;
  return new Float32Array(constant.bytes.slice().buffer)[0];
}

/** Random numbers that are compared with a rate become a mask, of the same numbers (see kernel/random_mask.h). */
export const randomMasks: Rule = ({ name, inputs: [uniform, rate], outputs }, rewriter) => {
  const drawn = name === "GreaterEqual" ? rewriter.producer(uniform) : undefined;
  const value = numberOf(rewriter, rate);
  if (drawn?.name !== "StatelessRandomUniform" || value === undefined) return false;
  const attributes = { T: { kind: "type", value: DataType.int32 }, rate: { kind: "float", value } } as const;
  rewriter.emit({ name: "AfosRandomMask", attributes, inputs: drawn.inputs, outputs });
  return true;
};

/** A product with a mask, and a number with it, is one pass over memory. */
export const masks: Rule = ({ name, inputs, outputs: [output] }, rewriter) => {
  if (name !== "Mul" || !isFloat(rewriter, output)) return false;
  const { shape } = rewriter.fact(output);
  for (const [x, factors] of [inputs, inputs.toReversed()]) {
    const made = rewriter.producer(factors);
    const cast = made?.name === "Mul" ? rewriter.producer(made.inputs[0]) : undefined;
    const value = made && numberOf(rewriter, made.inputs[1]);
    if (cast?.name !== "Cast" || value === undefined || rewriter.fact(cast.inputs[0]).dtype !== DataType.bool) continue;
    if (!sameShape(rewriter.fact(cast.inputs[0]).shape, shape) || !sameShape(rewriter.fact(x).shape, shape)) continue;
    const attributes = { ...FLOAT, factor: { kind: "float", value } } as const;
    rewriter.emit({ name: "AfosMask", attributes, inputs: [x, cast.inputs[0]], outputs: [output] });
    return true;
  }
  return false;
};

/** Activations of our own (see kernel/) whose derivative nobody asks for, without it. */
export function withoutUnusedSlopes(program: Program): Program {
  const used = new Set([...results(program), ...program.operations.flatMap(({ inputs }) => inputs)]);
  const operations = program.operations.map((operation) => {
    const { name, outputs: [y, slope] } = operation;
    if (name !== "AfosActivationWithSlope" || used.has(slope)) return operation;
    return { ...operation, name: "AfosActivation", outputs: [y] };
  });
  return { ...program, operations };
}

/** The program in TensorFlow's faster operations. */
export function optimizeProgram(program: Program): Program {
  const plain = Rewriter.apply(program, [dropCopies, plainProducts, biases, biasGradients, pointwise]);
  const merged = Rewriter.apply(mergeMaps(plain), [dropCopies, biases, mergedBiases, pointwise]);
  return withoutUnusedSlopes(engineInfo().kernel ? Rewriter.apply(merged, [randomMasks, masks]) : merged);
}
