import { assert, assertEquals } from "@std/assert";
import { random } from "../random.ts";
import { derivative } from "./derivative.ts";
import { evaluate } from "./evaluate.ts";
import { format } from "./format.ts";
import { OPERATORS } from "./operators.ts";
import { parse } from "./parse.ts";
import { randomExpression } from "./testdata/random_expressions.ts";

const CASES: readonly (readonly [string, string])[] = [
  ["3", "0"],
  ["x", "1"],
  ["x^3", "3 * x^2"],
  ["2^x", "0.6931471805599453 * exp(0.6931471805599453 * x)"],
  ["x * exp(x)", "exp(x) + x * exp(x)"],
  ["relu(x)", "where(x > 0, 1, 0)"],
  ["abs(x)", "sign(x)"],
  ["tanh(x)", "1 / cosh(x)^2"],
  ["sigmoid(x)", "sigmoid(x) * sigmoid(-x)"],
  ["where(x > 0, x, expm1(x))", "where(x > 0, 1, exp(x))"],
  ["x * erf(exp(x))", "erf(exp(x)) + 1.1283791670955126 * x * exp(x - exp(2 * x))"],
];

for (const [text, expected] of CASES) {
  Deno.test(`derivative of ${text}`, () => assertEquals(format(derivative(parse(text))), expected));
}

/** f′ by central differences; undefined near a kink, where two steps disagree. */
function finiteDifference(f: (x: number) => number, x: number): number | undefined {
  const at = (h: number) => (f(x + h) - f(x - h)) / (2 * h);
  const [coarse, fine] = [at(2e-4), at(1e-4)];
  const estimate = (4 * fine - coarse) / 3;
  const oneSided = Math.abs((f(x + 1e-4) - 2 * f(x) + f(x - 1e-4)) / 1e-4);
  const smooth = Math.abs(coarse - fine) <= 1e-4 * Math.max(1, Math.abs(fine)) && oneSided < 1;
  return smooth && Number.isFinite(estimate) ? estimate : undefined;
}

Deno.test("derivative of every operator against finite differences", () => {
  for (const { name, arity, infix } of OPERATORS.values()) {
    const inner = ["sin(x) / 2", "x / 3 + 0.4", "exp(x / 2)", "x^2"];
    const args = arity === 1 ? [name === "log" || name === "sqrt" ? "exp(x / 3)" : inner[0]] : inner.slice(0, arity);
    const text = infix
      ? arity === 1
        ? `-(${args[0]})`
        : name === "pow"
        ? "exp(x)^(x / 3 + 0.4)"
        : `(${args[0]}) ${infix.symbol} (${args[1]})`
      : name === "where"
      ? `where(${args[0]} > ${args[1]}, ${args[2]}, ${args[3]})`
      : `${name}(${args.join(", ")})`;
    const e = parse(text);
    const slope = derivative(e);
    let compared = 0;
    for (const x of [-1.31, -0.62, 0.17, 0.55, 1.23]) {
      const expected = finiteDifference((at) => evaluate(e, at), x);
      if (expected === undefined) continue;
      compared++;
      const actual = evaluate(slope, x);
      assert(
        Math.abs(actual - expected) <= 1e-6 * Math.max(1, Math.abs(expected)),
        `${text} at ${x}: ${actual}, ${expected}`,
      );
    }
    assert(compared >= 3, `${text}: ${compared} places compared`);
  }
});

Deno.test("derivative of 1,000 random expressions against finite differences", () => {
  const rng = random(11);
  let compared = 0;
  for (let i = 0; i < 1000; i++) {
    const e = randomExpression(4, { rng });
    const slope = derivative(e);
    for (const x of [-1.27, -0.41, 0.33, 0.94]) {
      const expected = finiteDifference((at) => evaluate(e, at), x);
      if (expected === undefined || Math.abs(evaluate(e, x)) > 100) continue;
      compared++;
      const actual = evaluate(slope, x);
      assert(
        Math.abs(actual - expected) <= 1e-5 * Math.max(1, Math.abs(expected)),
        `${format(e)} at ${x}: expected ${expected}, got ${actual}`,
      );
    }
  }
  assert(compared > 2000, `${compared} places compared`);
});
