import { assert, assertEquals, assertLess, assertThrows } from "@std/assert";
import { exportActivation } from "../export/mod.ts";
import { UserError } from "../user_error.ts";
import { derivative } from "./derivative.ts";
import { evaluate } from "./evaluate.ts";
import { identityKey } from "./simplify/identity.ts";
import { parse } from "./parse.ts";
import { planOf } from "./compile/plan.ts";
import { properties } from "./properties/properties.ts";
import { rejectionReason } from "./rejection_reason.ts";

/** A pattern put into itself, `count` times. */
function nested(pattern: string, count: number): string {
  return Array.from({ length: count }).reduce<string>((text) => pattern.replaceAll("#", text), "x");
}

const TOO_LARGE: readonly (readonly [pattern: string, count: number, got: string])[] = [
  ["tanh(#)", 201, "got more nested ones"],
  ["tanh(#)", 1000, "got more nested ones"],
  ["# + x", 201, "got more nested ones"],
  ["# + x", 5000, "got more nested ones"],
  ["x^#", 5000, "got more nested ones"],
  ["-#", 5000, "got more nested ones"],
  ["(#)", 5000, "got more nested ones"],
  ["max(#, x)", 5000, "got more nested ones"],
  ["swish(#)", 14, "got more in all"],
  ["swish(#)", 40, "got more in all"],
];

for (const [pattern, count, got] of TOO_LARGE) {
  Deno.test(`a formula that is too large is refused: ${pattern} ${count} times`, () => {
    const error = assertThrows(() => parse(nested(pattern, count)), UserError, got);
    assert(error.message.startsWith("Expected a formula of at most 200 nested operations, and 20,000 in all"));
  });
}

/** Each is as large as it may be; a part that stands in several places is computed once, and forms stay short. */
const LARGE: readonly (readonly [pattern: string, count: number, steps: number])[] = [
  ["tanh(#)", 200, 900],
  ["swish(#)", 13, 200],
  ["# + sin(x)", 100, 20],
  ["exp(-#)", 99, 900],
  ["log(cosh(#))", 60, 1200],
  ["sinh(#)", 60, 1200],
];

for (const [pattern, count, steps] of LARGE) {
  Deno.test(`all that is known of a large formula: ${pattern} ${count} times`, () => {
    const e = parse(nested(pattern, count));
    assertLess(planOf(e).steps.length, steps);
    assertEquals(identityKey(e), identityKey(parse(nested(pattern, count))));
    assert(exportActivation(e, { to: "numpy" }).includes("def f(x"));
    assert(Number.isFinite(evaluate(derivative(e), 0.1)) || rejectionReason(e) === "not finite");
    properties(e);
  });
}
