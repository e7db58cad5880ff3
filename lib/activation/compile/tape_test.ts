import { assertEquals } from "@std/assert";
import { OPERATORS } from "../operators.ts";
import { loopOf } from "./tape.ts";

const POINTS = [-Infinity, -40, -2.5, -1, -0.3, -0, 0, 1e-9, 0.7, 1, 3.1, 50, 800, Infinity, NaN];

for (const operator of OPERATORS.values()) {
  Deno.test(`loopOf: ${operator.name} gives the operator's values`, () => {
    const args = Array.from(
      { length: operator.arity },
      (_, i) => Float64Array.from(POINTS, (_, point) => POINTS[(point * (i + 1) + i) % POINTS.length]),
    );
    const out = new Float64Array(POINTS.length);
    // often enough for V8 to compile it
    for (let i = 0; i < 2000; i++) loopOf(operator)(out, ...args);
    assertEquals([...out], POINTS.map((_, point) => operator.value(...args.map((arg) => arg[point]))));
  });
}
