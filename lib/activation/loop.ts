/**
 * Operators applied to whole arrays. It knows nothing of expressions.
 *
 * @module
 */
import type { Operator } from "./operator.ts";

/** Writes the values of an operator at each place of its arguments to `out`. */
export type Loop = (out: Float64Array, ...args: readonly Float64Array[]) => void;

const loops = new Map<Operator, Loop>();

/**
 * The loop of an operator. Each is made from a text of its own, as V8 compiles functions by their text: one loop for
 * all operators would call each value through a pointer and allocate each result, which takes up to ten times as long.
 */
export function loopOf(operator: Operator): Loop {
  let loop = loops.get(operator);
  if (!loop) {
    const args = Array.from({ length: operator.arity }, (_, i) => `a${i}`);
    const value = `value(${args.map((arg) => `${arg}[i]`).join()})`;
    const text = `return function ${operator.name}(out, ${args.join()}) {
      for (let i = 0; i < out.length; i++) out[i] = ${value};
    }`;
    loops.set(operator, loop = new Function("value", text)(operator.value) as Loop);
  }
  return loop;
}
