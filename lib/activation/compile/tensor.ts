/**
 * Expression → function of tensors, with its gradient: one operation of TensorFlow where there is one (fused.ts), one of
 * our own where it is built (engine/kernel), or else operation by operation what plan.ts chose.
 *
 * Operation by operation, the forward pass computes the value's steps only, and saves those that the derivative needs; the
 * backward pass computes the remaining steps and multiplies the derivative by the incoming gradient.
 *
 * @module
 */
import { engine, engineInfo, nativeBackend, type Tensor, type TensorFlow } from "../../engine/mod.ts";
import type { Expression } from "../expression.ts";
import { kept } from "../kept.ts";
import { type Fused, fusedOf } from "./fused.ts";
import { kernelProgram, neededSteps } from "./kernel_program.ts";
import { type Plan, planOf } from "./plan.ts";
import { constantOf } from "./tape.ts";

/** A function of tensors of any shape, element by element, that can be differentiated. */
export type TensorFunction = (x: Tensor) => Tensor;

/** What the two passes do. */
interface Schedule {
  readonly plan: Plan;
  /** Steps of the value, in order. */
  readonly forward: readonly number[];
  /** Steps of the value that the derivative starts from, constants left out. */
  readonly saved: readonly number[];
  /** Steps of the derivative alone, in order. */
  readonly backward: readonly number[];
}

const scheduleOf: (plan: Plan) => Schedule = kept((plan) => {
  const [value, slope] = plan.outputs;
  const forward = neededSteps(plan.steps, value);
  // what the forward pass has computed is not computed again, and what only that needed is not saved
  const saved = new Set<number>();
  const backward = new Set<number>();
  const visit = (index: number): void => {
    const step = plan.steps[index];
    if (step.kind !== "constant" && (step.kind === "variable" || forward.includes(index))) saved.add(index);
    else if (!backward.has(index)) {
      if (step.kind === "call") step.args.forEach(visit);
      backward.add(index);
    }
  };
  visit(slope);
  return { plan, forward, saved: [...saved], backward: [...backward].sort((a, b) => a - b) };
});

/** Runs steps in order, starting from known results. */
function run(tf: TensorFlow, { plan, indices, known }: {
  readonly plan: Plan;
  readonly indices: readonly number[];
  readonly known: ReadonlyMap<number, Tensor>;
}): Map<number, Tensor> {
  const results = new Map(known);
  for (const index of indices) {
    if (results.has(index)) continue;
    const step = plan.steps[index];
    if (step.kind === "constant") results.set(index, tf.scalar(step.value));
    else if (step.kind === "call") {
      results.set(index, step.operator.tensor!(tf, ...step.args.map((arg) => results.get(arg)!)));
    }
  }
  return results;
}

function planned(tf: TensorFlow, schedule: Schedule): TensorFunction {
  const { plan, forward, saved, backward } = schedule;
  const [value, slope] = plan.outputs;
  const variable = plan.steps.findIndex(({ kind }) => kind === "variable");
  const fixed = constantOf(plan.steps[value]);
  const fixedSlope = constantOf(plan.steps[slope]);
  return tf.customGrad((x, save) => {
    const input = x as Tensor;
    const results = run(tf, { plan, indices: forward, known: new Map([[variable, input]]) });
    (save as (tensors: Tensor[]) => void)(saved.map((index) => results.get(index) ?? input));
    const y = fixed === undefined ? results.get(value)! : tf.fill(input.shape, fixed);
    return {
      value: y === input ? tf.clone(y) : y,
      gradFunc: (dy: Tensor, tensors: Tensor | Tensor[]) =>
        tf.tidy(() => {
          if (fixedSlope === 1) return tf.clone(dy);
          if (fixedSlope === 0) return tf.zerosLike(dy);
          const known = new Map(saved.map((index, i) => [index, (tensors as Tensor[])[i]]));
          return tf.mul(dy, run(tf, { plan, indices: backward, known }).get(slope)!);
        }),
    };
  }) as TensorFunction;
}

function whole(tf: TensorFlow, { forward, saved, backward }: Fused): TensorFunction {
  return tf.customGrad((x, save) => {
    const y = forward(tf, x as Tensor);
    (save as (tensors: Tensor[]) => void)([saved === "input" ? x as Tensor : y]);
    return { value: y, gradFunc: (dy: Tensor, tensors: Tensor[]) => backward(dy, tensors[0]) };
  }) as TensorFunction;
}

/** The function as one operation of our own; its derivative comes of the forward pass. */
function ownOperation(tf: TensorFlow, program: string): TensorFunction {
  const backend = nativeBackend()!;
  const { TF_ATTR_TYPE, TF_ATTR_STRING, TF_FLOAT } = backend.binding;
  const type = { name: "T", type: TF_ATTR_TYPE, value: TF_FLOAT };
  const attributes = [type, { name: "program", type: TF_ATTR_STRING, value: program }];
  return tf.customGrad((x, save) => {
    const [y, slope] = backend.executeMultipleOutputs("AfosActivationWithSlope", attributes, [x as Tensor], 2);
    (save as (tensors: Tensor[]) => void)([slope]);
    return {
      value: y,
      gradFunc: (dy: Tensor, [slope]: Tensor[]) =>
        backend.executeSingleOutput("AfosActivationGrad", [type], [dy, slope]),
    };
  }) as TensorFunction;
}

/** Options of {@linkcode activationTensor}. */
export interface ActivationTensorOptions {
  /** Whether to use an operation of our own where it is loaded (default: true). */
  readonly kernel?: boolean;
}

/**
 * The expression as a function of float32 tensors of any shape, whose gradient is the symbolic derivative. Calling it
 * needs a loaded engine (`loadEngine`); making it does not.
 *
 * Values and gradients are finite for |x| ≤ 100 wherever the true ones are, and as accurate as 1e-5 · max(1, |true|),
 * for the whole catalogue; for other functions as far as the forms of plan.ts reach.
 */
export function activationTensor(e: Expression, { kernel = true }: ActivationTensorOptions = {}): TensorFunction {
  return (x) => {
    const tf = engine();
    const fused = nativeBackend() && fusedOf(e);
    if (fused) return whole(tf, fused)(x);
    const plan = planOf(e);
    const program = kernel && engineInfo().kernel ? kernelProgram(plan) : undefined;
    return program === undefined ? planned(tf, scheduleOf(plan))(x) : ownOperation(tf, program)(x);
  };
}
