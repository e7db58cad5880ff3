/**
 * A pass that changes values: convolutions and products in bfloat16 (8 bits of mantissa), all else in float32, variables,
 * sums, losses and updates.
 *
 * @module
 */
import { hasFilterGradients } from "../tensorflow.ts";
import { type Attributes, DataType, type Operation, type Program } from "./program.ts";
import { Rewriter, type Rule } from "./rewrite.ts";

/** Operations that are worth a conversion, and their inputs that are converted. */
const PRODUCTS: Readonly<Record<string, readonly number[]>> = {
  Conv2D: [0, 1],
  Conv2DBackpropInput: [1, 2],
  Conv2DBackpropFilter: [0, 2],
  MatMul: [0, 1],
};

/** Operations that stay in bfloat16 where an input comes in it: they are fused with products, or only move values. */
const FOLLOWERS: Readonly<Record<string, readonly number[]>> = {
  AfosActivation: [0],
  AfosActivationGrad: [0, 1],
  AfosActivationWithSlope: [0],
  AfosMask: [0],
  BiasAdd: [0, 1],
  FusedBatchNormGradV3: [0, 1],
  FusedBatchNormV3: [0],
  MaxPool: [0],
  MaxPoolGrad: [0, 1, 2],
  PadV2: [0, 2],
  Relu: [0],
  ReluGrad: [0, 1],
  Reshape: [0],
  Slice: [0],
};

/** Of these, only the first output is in bfloat16: the others are means and variances, and gradients of weights. */
const FIRST_OUTPUT = ["FusedBatchNormGradV3", "FusedBatchNormV3"];

const type = (value: number) => ({ kind: "type", value }) as const;

/**
 * The attributes of our own operation for a convolution's filter gradient, which is twice as fast as TensorFlow's in
 * bfloat16 and gives float32; undefined where it does not have the convolution.
 */
function filterGradient({ attributes, inputs: [x, , dy], outputs: [dw] }: Operation, rewriter: Rewriter) {
  const list = (key: string, otherwise: readonly number[]) =>
    attributes[key]?.kind === "ints" ? attributes[key].value as readonly number[] : otherwise;
  const [[, height, width], [, outHeight, outWidth], [kernelHeight, kernelWidth]] = [x, dy, dw].map((id) =>
    rewriter.fact(id).shape
  );
  const [, stride, strideX] = list("strides", [1, 1, 1, 1]);
  const plain = (attributes.data_format?.value ?? "NHWC") === "NHWC" && stride === strideX &&
    list("dilations", []).every((dilation) => dilation === 1) &&
    ["SAME", "VALID"].includes(String(attributes.padding.value));
  if (!plain) return undefined;
  /** Zeros before the first pixel. */
  const before = (size: number, out: number, window: number) =>
    attributes.padding.value === "SAME" ? Math.max((out - 1) * stride + window - size, 0) >> 1 : 0;
  const numbers = {
    kernel_height: kernelHeight,
    kernel_width: kernelWidth,
    stride,
    top: before(height, outHeight, kernelHeight),
    left: before(width, outWidth, kernelWidth),
  };
  const own: Attributes = Object.fromEntries(
    Object.entries(numbers).map(([name, value]) => [name, { kind: "int", value }] as const),
  );
  return own;
}

/** The program with bfloat16 products. */
export function withBfloat16(program: Program): Program {
  const low = new Map<number, number>();

  function lowered(id: number, rewriter: Rewriter): number {
    let converted = low.get(id);
    if (converted === undefined) {
      converted = rewriter.tensor({ ...rewriter.fact(id), dtype: DataType.bfloat16 });
      const attributes = { SrcT: type(DataType.float32), DstT: type(DataType.bfloat16) };
      rewriter.emit({ name: "Cast", attributes, inputs: [id], outputs: [converted] });
      low.set(id, converted);
    }
    return converted;
  }

  const lowerFilterGradient: Rule = (operation, rewriter) => {
    const { name, inputs: [x, , dy], outputs } = operation;
    if (name !== "Conv2DBackpropFilter" || !hasFilterGradients()) return false;
    const attributes = filterGradient(operation, rewriter);
    if (!attributes) return false;
    rewriter.emit({
      name: "AfosConv2DFilterGrad",
      attributes: { T: type(DataType.bfloat16), ...attributes },
      inputs: [lowered(x, rewriter), lowered(dy, rewriter)],
      outputs,
    });
    return true;
  };

  /** Whether an operation is to stay in bfloat16. */
  const follows = ({ name, inputs }: Operation, rewriter: Rewriter): boolean => {
    // TensorFlow is slow where the gradient has another type than the pooling
    const pooled = name === "MaxPoolGrad" ? low.get(inputs[1]) : undefined;
    if (name === "MaxPoolGrad") return pooled !== undefined && rewriter.producer(pooled)?.name === "MaxPool";
    return FOLLOWERS[name]?.some((at) => low.has(inputs[at])) ?? false;
  };

  const lower: Rule = (operation, rewriter) => {
    const { name, attributes, inputs, outputs } = operation;
    const positions = PRODUCTS[name] ?? (follows(operation, rewriter) ? FOLLOWERS[name] : undefined);
    if (!positions || rewriter.fact(outputs[0]).dtype !== DataType.float32) return false;
    const lowest = FIRST_OUTPUT.includes(name) ? 1 : outputs.length;
    const lowOutputs = outputs.map((id, at) =>
      at < lowest ? rewriter.tensor({ ...rewriter.fact(id), dtype: DataType.bfloat16 }) : id
    );
    rewriter.emit({
      name,
      attributes: { ...attributes, T: type(DataType.bfloat16) },
      inputs: inputs.map((id, at) => positions.includes(at) ? lowered(id, rewriter) : id),
      outputs: lowOutputs,
    });
    const attributesBack = { SrcT: type(DataType.bfloat16), DstT: type(DataType.float32) };
    for (const [at, id] of outputs.slice(0, lowest).entries()) {
      low.set(id, lowOutputs[at]);
      // dropped where nobody asks
      rewriter.emit({ name: "Cast", attributes: attributesBack, inputs: [lowOutputs[at]], outputs: [id] });
    }
    return true;
  };

  return Rewriter.apply(program, [lowerFilterGradient, lower]);
}
