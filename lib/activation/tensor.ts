/**
 * Expression → function of tensors, with its gradient. It computes what plan.ts chose, or one operation of TensorFlow
 * where there is one (fused.ts), and knows nothing of networks.
 *
 * The forward pass computes the value's steps only, and saves those that the derivative needs; the backward pass
 * computes the remaining steps and multiplies the derivative by the incoming gradient.
 *
 * @module
 */
import { engine, nativeBackend, type Tensor, type TensorFlow } from "../engine/tensorflow.ts";
import type { Expression } from "./expression.ts";
import { format } from "./format.ts";
import { type Fused, fusedOf } from "./fused.ts";
import { type Plan, planOf } from "./plan.ts";
import { constantOf, type Step } from "./tape.ts";

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

/** The steps that a step needs, itself included, in ascending order. */
function needed(steps: readonly Step[], output: number): number[] {
  const found = new Set<number>();
  const visit = (index: number): void => {
    if (found.has(index)) return;
    found.add(index);
    const step = steps[index];
    if (step.kind === "call") step.args.forEach(visit);
  };
  visit(output);
  return [...found].sort((a, b) => a - b);
}

function scheduleOf(plan: Plan): Schedule {
  const [value, slope] = plan.outputs;
  const forward = needed(plan.steps, value);
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
}

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
      results.set(index, step.operator.tensor(tf, ...step.args.map((arg) => results.get(arg)!)));
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

interface Compiled {
  readonly fused: Fused | undefined;
  readonly schedule: () => Schedule;
}

const compiled = new Map<string, Compiled>();

/** Finding the form takes milliseconds, and a network asks for the same one in each of its layers. */
function compile(e: Expression): Compiled {
  const text = format(e);
  let found = compiled.get(text);
  if (!found) {
    let schedule: Schedule | undefined;
    found = { fused: fusedOf(e), schedule: () => schedule ??= scheduleOf(planOf(e)) };
    if (compiled.size >= 64) compiled.clear();
    compiled.set(text, found);
  }
  return found;
}

/**
 * The expression as a function of float32 tensors of any shape, whose gradient is the symbolic derivative. Calling it
 * needs a loaded engine (`loadEngine`); making it does not.
 *
 * Values and gradients are finite for |x| ≤ 100 wherever the true ones are, and as accurate as 1e-5 · max(1, |true|),
 * for the whole catalogue; for other functions as far as the forms of plan.ts reach.
 */
export function activationTensor(e: Expression): TensorFunction {
  const { fused, schedule } = compile(e);
  return (x) => {
    const tf = engine();
    return fused && nativeBackend() ? whole(tf, fused)(x) : planned(tf, schedule())(x);
  };
}
