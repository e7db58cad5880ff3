/**
 * Expression → program of the activation operations of engine/kernel, which find the derivative themselves where they
 * can.
 *
 * @module
 */
import { kept } from "../kept.ts";
import type { Plan } from "./plan.ts";
import type { Step } from "./tape.ts";

/** The steps that a step needs, itself included, in ascending order. */
export function neededSteps(steps: readonly Step[], output: number): number[] {
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

/**
 * The program of a planned function, as a text (engine/kernel/program.h says how it is read), with the steps of its
 * derivative where forward differentiation would not do. Undefined where one of its operators has no primitive, and
 * for x itself and constants, which take no program.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { kernelProgram } from "./kernel_program.ts";
 * import { parse } from "../parse.ts";
 * import { planOf } from "./plan.ts";
 * assertEquals(kernelProgram(planOf(parse("-x * erf(exp(-x))"))), "neg 0;exp 1;erf 2;mul 1 3");
 * ```
 */
export const kernelProgram: (plan: Plan) => string | undefined = kept(
  ({ steps, outputs: [value, slope], differentiable }) => {
    if (steps[value].kind !== "call") return undefined;
    const numbers = new Map<number, number>();
    const lines: string[] = [];
    const needed = neededSteps(steps, value);
    for (const index of differentiable ? needed : [...new Set([...needed, ...neededSteps(steps, slope)])]) {
      const step = steps[index];
      if (step.kind === "variable") {
        numbers.set(index, 0);
        continue;
      }
      if (step.kind === "constant") lines.push(`constant ${step.value}`);
      else lines.push([step.operator.name, ...step.args.map((arg) => numbers.get(arg)!)].join(" "));
      numbers.set(index, lines.length);
    }
    if (!differentiable) lines.push(`result ${numbers.get(value)} ${numbers.get(slope)}`);
    return lines.join(";");
  },
);
