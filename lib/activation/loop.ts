/**
 * Operators applied to whole arrays. It knows nothing of expressions.
 *
 * @module
 */
import { kept } from "./kept.ts";
import type { Operator } from "./operator.ts";

/** Writes the values of an operator at each place of its arguments to `out`. */
export type Loop = (out: Float64Array, ...args: readonly Float64Array[]) => void;

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
