/**
 * Functions that TensorFlow computes in one operation, and their gradients in another.
 *
 * @module
 */
import type { Tensor, TensorFlow } from "../../engine/mod.ts";
import { catalog, type CatalogName } from "../catalog.ts";
import type { Expression } from "../expression.ts";
import { kept } from "../kept.ts";
import { native } from "../raw_operations.ts";
import { isProvenEqual } from "../simplify/proof.ts";

/** A function in one operation of TensorFlow, its gradient in another. */
export interface Fused {
  readonly forward: (tf: TensorFlow, x: Tensor) => Tensor;
  /** Whether the gradient is computed from the function's input or from its output. */
  readonly saved: "input" | "output";
  /** dy times the derivative. */
  readonly backward: (dy: Tensor, saved: Tensor) => Tensor;
}

function gradient(name: string, attributes?: Readonly<Record<string, number>>): Fused["backward"] {
  return (dy, saved) => native(name, { inputs: [dy, saved], attributes })!;
}

/** The gradient operations that take the output first. */
function gradientOfOutput(name: string): Fused["backward"] {
  return (dy, saved) => native(name, { inputs: [saved, dy] })!;
}

const alpha = 0.01;
const FUSED: Partial<Record<CatalogName, Fused>> = {
  relu: { forward: (tf, x) => tf.relu(x), saved: "output", backward: gradient("ReluGrad") },
  leaky_relu: {
    forward: (_, x) => native("LeakyRelu", { inputs: [x], attributes: { alpha } })!,
    saved: "input",
    backward: gradient("LeakyReluGrad", { alpha }),
  },
  elu: { forward: (tf, x) => tf.elu(x), saved: "output", backward: gradient("EluGrad") },
  selu: { forward: (tf, x) => tf.selu(x), saved: "output", backward: gradient("SeluGrad") },
  softplus: { forward: (tf, x) => tf.softplus(x), saved: "input", backward: gradient("SoftplusGrad") },
  softsign: {
    forward: (_, x) => native("Softsign", { inputs: [x] })!,
    saved: "input",
    backward: gradient("SoftsignGrad"),
  },
  tanh: { forward: (tf, x) => tf.tanh(x), saved: "output", backward: gradientOfOutput("TanhGrad") },
  sigmoid: { forward: (tf, x) => tf.sigmoid(x), saved: "output", backward: gradientOfOutput("SigmoidGrad") },
};

/** The operations of a function that TensorFlow has as one; undefined for all others. They run on TensorFlow only. */
export const fusedOf: (e: Expression) => Fused | undefined = kept((e) => {
  const name = (Object.keys(FUSED) as CatalogName[]).find((name) => isProvenEqual(catalog[name], e));
  return name && FUSED[name];
});
