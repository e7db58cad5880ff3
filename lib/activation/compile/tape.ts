/**
 * Expressions as a list of steps in which equal subexpressions come once, for computing many of them at many points.
 *
 * @module
 */
import type { Expression } from "../expression.ts";
import { kept } from "../kept.ts";
import { type Operator, operatorOf } from "../operators.ts";
import { Memo } from "../simplify/node.ts";

/** Writes the values of an operator at each place of its arguments to `out`. */
type Loop = (out: Float64Array, ...args: readonly Float64Array[]) => void;

/**
 * The loop of an operator. Each is made from a text of its own, as V8 compiles functions by their text: one loop for
 * all operators would call each value through a pointer and allocate each result, which takes up to ten times as long.
 */
export const loopOf: (operator: Operator) => Loop = kept(({ name, arity, value }) => {
  const args = Array.from({ length: arity }, (_, i) => `a${i}`);
  const text = `return function ${name}(out, ${args.join()}) {
    for (let i = 0; i < out.length; i++) out[i] = value(${args.map((arg) => `${arg}[i]`).join()});
  }`;
  return new Function("value", text)(value) as Loop;
});

/** One step: the variable, a number, or an operator applied to the results of earlier steps. */
export type Step =
  | { readonly kind: "variable" }
  | { readonly kind: "constant"; readonly value: number }
  | { readonly kind: "call"; readonly operator: Operator; readonly args: readonly number[] };

/** Steps, and the indices of those that give the wanted results. */
export interface Tape {
  /** Each step takes earlier ones. */
  readonly steps: readonly Step[];
  /** Indices of the results. */
  readonly outputs: readonly number[];
}

/** The tape of several expressions: equal parts of them are one step. */
export function tapeOf(expressions: readonly Expression[]): Tape {
  const steps: Step[] = [];
  const known = new Memo<number>();
  const byTree = new Map<Expression, number>();
  const step = (key: readonly (string | number)[], make: () => Step) => known.of(key, () => steps.push(make()) - 1);
  const place = (e: Expression): number => {
    if (e.kind === "variable") return step(["x"], () => ({ kind: "variable" }));
    if (e.kind === "constant") return step([e.value], () => ({ kind: "constant", value: e.value }));
    let index = byTree.get(e);
    if (index === undefined) {
      const operator = operatorOf(e.operator);
      const args = e.args.map(place);
      const ordered = operator.commutative ? args.toSorted((a, b) => a - b) : args;
      index = step([e.operator, ...ordered], () => ({ kind: "call", operator, args }));
      byTree.set(e, index);
    }
    return index;
  };
  const outputs = expressions.map(place);
  return { steps, outputs };
}

/** Options of {@linkcode runTape}. */
export interface RunOptions {
  /** What happens to the result of each operator, e.g. rounding to float32. */
  readonly round?: (value: number, step: number) => number;
}

/** The results of all steps at the points `xs`: results[step][point]. */
export function runSteps({ steps }: Tape, xs: ArrayLike<number>, { round }: RunOptions = {}): Float64Array[] {
  const results: Float64Array[] = [];
  for (const [index, step] of steps.entries()) {
    const out = new Float64Array(xs.length);
    if (step.kind === "variable") out.set(xs);
    else if (step.kind === "constant") out.fill(round ? round(step.value, index) : step.value);
    else {
      loopOf(step.operator)(out, ...step.args.map((arg) => results[arg]));
      if (round) { for (let i = 0; i < out.length; i++) out[i] = round(out[i], index); }
    }
    results.push(out);
  }
  return results;
}

/** The values of the tape's expressions at the points `xs`: values[expression][point]. */
export function runTape(tape: Tape, xs: ArrayLike<number>, options: RunOptions = {}): Float64Array[] {
  const results = runSteps(tape, xs, options);
  return tape.outputs.map((output) => results[output]);
}

/** The number of a step that is a constant; undefined for other steps. */
export function constantOf(step: Step): number | undefined {
  return step.kind === "constant" ? step.value : undefined;
}
