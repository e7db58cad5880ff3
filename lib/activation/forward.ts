/**
 * Forward differentiation of steps, as the activation operation of engine/kernel does it: each step's derivative from
 * the values and derivatives of its arguments.
 *
 * @module
 */
import type { Expression } from "./expression.ts";
import { kept } from "./kept.ts";
import { type Operator, operatorOf } from "./operators.ts";
import type { Step } from "./tape.ts";

/** A step's derivative from the values of its arguments, and then their derivatives. */
type Rule = (inputs: readonly number[]) => number;

function compiled(e: Expression): Rule {
  if (e.kind === "variable") return (inputs) => inputs[Number(e.name)];
  if (e.kind === "constant") return () => e.value;
  const [f, g, h, i] = e.args.map(compiled);
  const { name, value } = operatorOf(e.operator);
  if (name === "mul") { // as there, 0 wins over ∞
    return (inputs) => {
      const [a, b] = [f(inputs), g(inputs)];
      return a === 0 || b === 0 ? 0 : a * b;
    };
  }
  if (i) return (inputs) => value(f(inputs), g(inputs), h(inputs), i(inputs));
  return g ? (inputs) => value(f(inputs), g(inputs)) : (inputs) => value(f(inputs));
}

const ruleOf: (operator: Operator) => Rule = kept(({ arity, derivative }) => {
  const inputs = Array.from({ length: 2 * arity }, (_, i): Expression => ({ kind: "variable", name: `${i}` }));
  return compiled(derivative(inputs.slice(0, arity), inputs.slice(arity)));
});

/** The derivatives of all steps at points where the steps' values are known: slopes[step][point]. */
export function forwardSlopes(steps: readonly Step[], { values, round }: {
  readonly values: readonly Float64Array[];
  readonly round: (value: number) => number;
}): Float64Array[] {
  const slopes: Float64Array[] = [];
  for (const [index, step] of steps.entries()) {
    const out = new Float64Array(values[index].length);
    if (step.kind === "variable") out.fill(1);
    if (step.kind === "call") {
      const rule = ruleOf(step.operator);
      const rows = [...step.args.map((arg) => values[arg]), ...step.args.map((arg) => slopes[arg])];
      for (let point = 0; point < out.length; point++) out[point] = round(rule(rows.map((row) => row[point])));
    }
    slopes.push(out);
  }
  return slopes;
}
