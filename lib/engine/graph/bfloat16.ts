/**
 * A pass that changes values: convolutions and products in bfloat16 (8 bits of mantissa), all else in float32, variables,
 * sums, losses and updates.
 *
 * @module
 */
import { DataType, type Program } from "./program.ts";
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
  BiasAdd: [0, 1],
  MaxPool: [0],
  MaxPoolGrad: [0, 1, 2],
  Relu: [0],
  ReluGrad: [0, 1],
  Reshape: [0],
};

const type = (value: number) => ({ kind: "type", value }) as const;

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

  const lower: Rule = ({ name, attributes, inputs, outputs }, rewriter) => {
    const follows = FOLLOWERS[name]?.some((at) => low.has(inputs[at])) ? FOLLOWERS[name] : undefined;
    const positions = PRODUCTS[name] ?? follows;
    if (!positions || rewriter.fact(outputs[0]).dtype !== DataType.float32) return false;
    const lowOutputs = outputs.map((id) => rewriter.tensor({ ...rewriter.fact(id), dtype: DataType.bfloat16 }));
    rewriter.emit({
      name,
      attributes: { ...attributes, T: type(DataType.bfloat16) },
      inputs: inputs.map((id, at) => positions.includes(at) ? lowered(id, rewriter) : id),
      outputs: lowOutputs,
    });
    const attributesBack = { SrcT: type(DataType.bfloat16), DstT: type(DataType.float32) };
    for (const [at, id] of outputs.entries()) {
      low.set(id, lowOutputs[at]);
      // dropped where nobody asks
      rewriter.emit({ name: "Cast", attributes: attributesBack, inputs: [lowOutputs[at]], outputs: [id] });
    }
    return true;
  };

  return Rewriter.apply(program, [lower]);
}
