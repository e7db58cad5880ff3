import { assert, assertEquals, assertThrows } from "@std/assert";
import { derivative } from "./derivative.ts";
import { evaluate } from "./evaluate.ts";
import { call, constant, X } from "./expression.ts";
import { binaryOf } from "./genome.ts";
import { simplify } from "./simplify/simplify.ts";
import { BINARY_REFERENCES, type Entry, REFERENCES } from "./testdata/reference.ts";

/** Relative tolerance, with an absolute floor. */
function assertClose(actual: number, expected: Entry, what: string): void {
  if (expected === null) return;
  const error = Math.abs(actual - expected);
  assert(error <= Math.max(1e-15, 1e-12 * Math.abs(expected)), `${what}: expected ${expected}, got ${actual}`);
}

for (const { name, expression, rows } of REFERENCES) {
  Deno.test(`values and derivatives in float64: ${name}`, () => {
    const slope = derivative(expression);
    for (const [x, value, gradient] of rows) {
      assertClose(evaluate(expression, x), value, `f(${x})`);
      assertClose(evaluate(simplify(expression), x), value, `simplified f(${x})`);
      assertClose(evaluate(slope, x), gradient, `f'(${x})`);
    }
  });
}

for (const [code, rows] of BINARY_REFERENCES.entries()) {
  Deno.test(`values in float64: binary code ${code}`, () => {
    for (const [a, b, value] of rows) {
      const e = binaryOf(code, { a: constant(a), b: constant(b) });
      assertClose(evaluate(e, NaN), value, `f(${a}, ${b})`);
    }
  });
}

Deno.test("evaluate: outside of the domain and beyond float64", () => {
  assertEquals(evaluate(call("atanh", X), 2), NaN);
  assertEquals(evaluate(call("log", X), 0), -Infinity);
  assertEquals(evaluate(call("exp", X), 800), Infinity);
});

Deno.test("evaluate: an operator that is not in the table", () => {
  assertThrows(() => evaluate(call("gamma", X), 1), RangeError, 'operator "gamma": expected one of add, sub');
});
