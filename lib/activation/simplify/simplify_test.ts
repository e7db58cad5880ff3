import fc from "fast-check";
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { random } from "../../random.ts";
import { derivative } from "../derivative.ts";
import { evaluate } from "../evaluate.ts";
import { call, constant, type Expression, X } from "../expression.ts";
import { parse } from "../parse.ts";
import { format } from "../format.ts";
import { randomExpression } from "../testdata/random_expressions.ts";
import { simplify } from "./simplify.ts";

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

const EVEN_ROOTS:
  readonly (readonly [text: string, simplified: string, slopes: readonly [at: number, slope: number][]])[] = [
    ["sqrt(x^2)", "abs(x)", [[-2, -1], [0, 0], [2, 1]]],
    ["(x^2)^0.5", "abs(x)", [[0, 0]]],
    ["sqrt(x^4)", "x^2", [[0, 0], [3, 6]]],
    ["(x^2)^1.5", "abs(x)^3", [[-1, -3], [0, 0], [1, 3]]],
    ["(x^4)^0.25", "abs(x)", [[-1, -1], [0, 0]]],
    ["sqrt((x - 1)^2)", "abs(x - 1)", [[0, -1], [1, 0], [2, 1]]],
    ["sqrt(9 * x^2 * exp(x))", "3 * abs(x) * exp(0.5 * x)", [[0, 0]]],
    ["sqrt(sinh(x)^2)", "abs(sinh(x))", [[0, 0], [-1, -Math.cosh(1)]]],
    ["sqrt(exp(x))", "exp(0.5 * x)", [[0, 0.5]]],
    ["sqrt(x^2 * sin(x))", "abs(x) * sqrt(sin(x))", [[Math.PI / 2, 1]]],
  ];

for (const [text, simplified, slopes] of EVEN_ROOTS) {
  Deno.test(`even roots: ${text} is ${simplified}`, () => {
    assertEquals(format(simplify(parse(text))), simplified);
    for (const [at, slope] of slopes) {
      assertAlmostEquals(evaluate(derivative(parse(text)), at), slope + 0, 1e-12, `slope at ${at}`);
    }
  });
}

/** Numbers beyond float64 on the way to a function that is not, and functions that are. Values by mpmath. */
const LARGE_NUMBERS: readonly (readonly [text: string, at: number, value: number])[] = [
  ["exp(800) * exp(-800) * x", 3, 3],
  ["x * 1e200 * 1e200 * 1e-300", 2, 2e100],
  ["2^1100 * x * 2^-1090", 1, 1024],
  ["exp(800) * x * 1e-300", 1, 2.7263745721125666e47],
  ["cosh(800) * x / cosh(800)", 2, 2],
  ["erfc(40) * x / erfc(40)", 2, 2],
  ["sqrt(1e200 * 1e200) * x", 1e-100, 1e100],
  ["(1e200 * x)^2 / 1e200", 1e-100, 1],
  ["x * 1e200 * 1e200", 1, Infinity],
  ["1e308 * x + 1e308 * x", 1, Infinity],
  ["1e308 + 1e308 + x", 1, Infinity],
  ["-1e308 * 10 * x", 1, -Infinity],
  ["x * 1e300^1000000000", 1, Infinity],
  ["x * 1e-200 * 1e-200", 1, 0],
  ["x * exp(-800)", 1, 0],
  ["0 * exp(800)", 1, 0],
  ["0^-1 + x", 1, Infinity],
  ["x / (x - x)", 1, Infinity],
];

for (const [text, at, value] of LARGE_NUMBERS) {
  Deno.test(`numbers beyond float64: ${text} at ${at} is ${value}`, () => {
    const simple = simplify(parse(text));
    const result = evaluate(simple, at);
    assert(Object.is(result, value) || Math.abs(result - value) <= 1e-12 * value, `${format(simple)} is ${result}`);
    assertEquals(parse(format(simple)), simple);
    derivative(simple);
  });
}

Deno.test("simplify takes any constants: what is finite in float64 stays what it is", () => {
  const values = fc.constantFrom(1e200, -1e200, 1e-200, 1e308, 5e-324, 0, 1, -3, 0.1);
  const { e } = fc.letrec<{ e: Expression }>((tie) => ({
    e: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.constant(X),
      values.map(constant),
      fc.tuple(fc.constantFrom("add", "sub", "mul", "div", "max"), tie("e"), tie("e")).map(([name, a, b]) =>
        call(name, a, b)
      ),
      fc.tuple(fc.constantFrom("exp", "neg", "abs", "sigmoid", "sqrt"), tie("e")).map(([name, a]) => call(name, a)),
      fc.tuple(tie("e"), fc.constantFrom(-2, -1, 0, 0.5, 2, 3)).map(([a, n]) => call("pow", a, constant(n))),
    ),
  }));
  let compared = 0;
  fc.assert(
    fc.property(e, (e) => {
      const simple = simplify(e);
      parse(format(simple));
      for (const part of partsOf(e)) if (!isOrdinary(evaluate(part, 0.7))) return;
      compared++;
      const [before, after] = [evaluate(e, 0.7), evaluate(simple, 0.7)];
      assert(Math.abs(before - after) <= 1e-9 * Math.max(1, Math.abs(before)), `${format(e)} → ${format(simple)}`);
    }),
    { numRuns: 5000, seed: 5 },
  );
  assert(compared > 1000, `${compared} compared`);
});

/** Whether a number is far from float64's ends, so that rounding and laws of algebra agree. */
function isOrdinary(value: number): boolean {
  return value === 0 || (Math.abs(value) < 1e6 && Math.abs(value) > 1e-6);
}

function partsOf(e: Expression): Expression[] {
  return e.kind === "call" ? [e, ...e.args.flatMap(partsOf)] : [e];
}

const DOMAINS: readonly (readonly [text: string, simplified: string])[] = [
  ["max(min(log(x), 5), 6)", "max(min(5, log(x)), 6)"],
  ["log(x) - log(x)", "log(x) - log(x)"],
  ["0 * log(x)", "0 * log(x)"],
  ["relu(-sqrt(x))", "relu(-sqrt(x))"],
  ["log1p(x) / log1p(x)", "log1p(x) / log1p(x)"],
  ["x^1.5 * x^-1.5", "x^1.5 * x^-1.5"],
  ["abs(sqrt(x))", "sqrt(x)"],
  ["max(sqrt(x), -1)", "sqrt(x)"],
  ["log(exp(x))", "x"],
  ["log(x) + 0 * x", "log(x)"],
  ["where(exp(x) > -1, x, log(x))", "x"],
  ["min(atanh(x), 1) + x + x", "2 * x + min(1, atanh(x))"],
];

for (const [text, simplified] of DOMAINS) {
  Deno.test(`simplify keeps the domain: ${text}`, () => {
    const [e, simple] = [parse(text), simplify(parse(text))];
    assertEquals(format(simple), simplified);
    for (const x of [-2.5, -0.7, 0.4, 1.8]) {
      assertEquals(Number.isNaN(evaluate(simple, x)), Number.isNaN(evaluate(e, x)), `at ${x}`);
    }
  });
}
