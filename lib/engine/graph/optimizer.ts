/**
 * Optimizers: their settings, and the nodes by which they change variables and their slots. training/optimizer.ts has the
 * same rules for eager mode.
 *
 * @module
 */
import { bool, constantNode, type GraphWriter, scalar, type } from "./graph_writer.ts";
import { DataType } from "./program.ts";

/**
 * How weights follow from gradients. The learning rate η is given for each step. With a decay λ, w ← (1 − η λ) w comes
 * first (Loshchilov, Hutter: Decoupled Weight Decay Regularization, ICLR 2019), as Keras has it.
 */
export type OptimizerSettings =
  /** Stochastic gradient descent with momentum m: a ← m a + g, w ← w − η a (Polyak 1964, as Keras's SGD). */
  | { readonly kind: "momentum"; readonly momentum: number; readonly weightDecay?: number }
  /** Adam (Kingma, Ba, ICLR 2015), with ε beside √v̂'s numerator as at the end of its section 2; with a decay, AdamW. */
  | {
    readonly kind: "adam";
    readonly beta1: number;
    readonly beta2: number;
    readonly epsilon: number;
    readonly weightDecay: number;
  };

/** Slots of the optimizer for one variable: their suffixes. */
export function slotsOf({ kind }: OptimizerSettings): readonly string[] {
  return kind === "momentum" ? ["accumulator"] : ["m", "v"];
}

/** The nodes by which an optimizer changes a variable; the last to run is given. */
export function updateNodes(writer: GraphWriter, options: {
  readonly prefix: string;
  readonly handle: string;
  readonly gradient: string;
  readonly wait: readonly string[];
  readonly optimizer: OptimizerSettings;
}): string {
  const { prefix, handle, gradient, wait, optimizer } = options;
  const number = (name: string, value: number) =>
    constantNode(writer, { name: `${prefix}/${handle}/${name}`, value: scalar(value) });
  const attributes = { T: type(DataType.float32), use_locking: bool(false), use_nesterov: bool(false) };
  const name = `${prefix}/${handle}/update`;
  const rate = `${prefix}/learningRate`;
  const decay: string[] = [];
  if (optimizer.weightDecay) {
    const step = writer.add({
      name: `${prefix}/${handle}/decay`,
      operation: "Mul",
      inputs: [rate, number("weightDecay", optimizer.weightDecay)],
      attributes: { T: type(DataType.float32) },
    });
    // w ← w − (η λ) w
    const value = writer.add({
      name: `${prefix}/${handle}/decayed`,
      operation: "ReadVariableOp",
      inputs: [handle],
      attributes: { dtype: type(DataType.float32) },
    });
    const decayed = writer.add({
      name: `${prefix}/${handle}/applyDecay`,
      operation: "ResourceApplyGradientDescent",
      inputs: [handle, step, value, ...wait],
      attributes: { T: type(DataType.float32), use_locking: bool(false) },
    });
    decay.push(`^${decayed}`);
  }
  if (optimizer.kind === "momentum") {
    return writer.add({
      name,
      operation: "ResourceApplyMomentum",
      inputs: [
        handle,
        `${handle}/accumulator`,
        rate,
        gradient,
        number("momentum", optimizer.momentum),
        ...wait,
        ...decay,
      ],
      attributes,
    });
  }
  const numbers = [
    number("beta1", optimizer.beta1),
    number("beta2", optimizer.beta2),
    number("epsilon", optimizer.epsilon),
  ];
  return writer.add({
    name,
    operation: "ResourceApplyAdam",
    inputs: [
      ...[handle, `${handle}/m`, `${handle}/v`, `${prefix}/beta1Power`, `${prefix}/beta2Power`, rate],
      ...[...numbers, gradient, ...wait, ...decay],
    ],
    attributes,
  });
}

/** What an optimizer takes for each step, by name, besides the gradients. */
export function optimizerInputs({ kind }: OptimizerSettings): readonly string[] {
  return kind === "momentum" ? ["learningRate"] : ["learningRate", "beta1Power", "beta2Power"];
}
