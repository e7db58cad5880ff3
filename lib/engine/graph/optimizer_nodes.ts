/**
 * The nodes by which optimizers change variables (see optimizers.ts for their rules). They know nothing of programs.
 *
 * @module
 */
import { bool, constantNode, type GraphWriter, scalar, type } from "./graph_writer.ts";
import type { OptimizerSettings } from "./optimizers.ts";
import { DataType } from "./program.ts";

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
