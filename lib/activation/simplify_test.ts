import { assert, assertEquals } from "@std/assert";
import { random } from "../random.ts";
import type { Expression } from "./expression.ts";
import { evaluate } from "./evaluate.ts";
import { format } from "./format.ts";
import { parse } from "./parse.ts";
import { simplify } from "./simplify.ts";
import { randomExpression } from "./testdata/random_expressions.ts";

const CASES: readonly (readonly [text: string, simplified: string])[] = [
  ["x + 0", "x"],
  ["x - x", "0"],
  ["x + x * 2", "3 * x"],
  ["x * x * x", "x^3"],
  ["x / x", "1"],
  ["0 * exp(x)", "0"],
  ["--x", "x"],
  ["2 * x / 6", "x / 3"],
  ["exp(x) * exp(-x)", "1"],
  ["exp(x)^2", "exp(2 * x)"],
  ["1 / (1 + exp(-x))", "sigmoid(x)"],
  ["x / (1 + e^-x)", "x * sigmoid(x)"],
  ["1 - sigmoid(x)", "sigmoid(-x)"],
  ["exp(x) - 1", "expm1(x)"],
  ["1 - erf(x)", "erfc(x)"],
  ["(exp(x) - exp(-x)) / 2", "sinh(x)"],
  ["max(x, 0)", "relu(x)"],
  ["relu(exp(x))", "exp(x)"],
  ["relu(relu(x))", "relu(x)"],
  ["abs(x)^2", "x^2"],
  ["abs(-x)", "abs(x)"],
  ["erf(-x)", "-erf(x)"],
  ["relu(x) - relu(-x)", "x"],
  ["x + relu(-x)", "relu(x)"],
  ["-x * erf(1 / e^x)", "-x * erf(exp(-x))"],
  ["where(x > 0, x, 0) * exp(x)", "exp(x) * relu(x)"],
  [
    "-1.375 * (min(x * x, x + x) - sin(x)) / (1.5 + abs(x))",
    "(1.375 * sin(x) - 1.375 * min(x^2, 2 * x)) / (abs(x) + 1.5)",
  ],
];

for (const [text, simplified] of CASES) {
  Deno.test(`simplify: ${text}`, () => assertEquals(format(simplify(parse(text))), simplified));
}

/** Whether two values are equal but for rounding errors; where one is not a number, nothing is compared. */
function close(a: number, b: number): boolean {
  if (!Number.isFinite(a) || !Number.isFinite(b)) return true;
  return Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a));
}

Deno.test("simplify keeps the values of 2,000 random expressions, and finds nothing left to do a second time", () => {
  const rng = random(17);
  let compared = 0;
  for (let i = 0; i < 2000; i++) {
    const e: Expression = randomExpression(2 + i % 4, { rng });
    const simple = simplify(e);
    assertEquals(format(simplify(simple)), format(simple), format(e));
    for (const x of [-3.1, -1.27, -0.41, 0.33, 0.94, 2.6]) {
      const [before, after] = [evaluate(e, x), evaluate(simple, x)];
      if (Math.abs(before) > 1e6) continue; // sin(x) of such a number amplifies rounding errors
      compared++;
      assert(close(before, after), `${format(e)} → ${format(simple)} at ${x}: expected ${before}, got ${after}`);
    }
  }
  assert(compared > 9000, `${compared} places compared`);
});
