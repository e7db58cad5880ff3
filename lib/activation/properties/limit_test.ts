import { assertAlmostEquals, assertEquals } from "@std/assert";
import { parse } from "../parse.ts";
import { type Limit, limit } from "./limit.ts";

function shown(limit: Limit): string {
  if (limit.kind === "value") return `${limit.value}`;
  return limit.kind === "asymptote" ? `${limit.slope} x + ${limit.intercept}` : limit.kind;
}

/** By calculus. */
const LIMITS: readonly (readonly [text: string, minus: string, plus: string])[] = [
  ["swish(x)", "0", "1 x + 0"],
  ["eelu2(x)", "-1 x + 0", "0"],
  ["elu(x)", "-1", "1 x + 0"],
  ["softsign(x)", "-1", "1"],
  ["mish(x)", "0", "1 x + 0"],
  ["hard_swish(x)", "0", "1 x + 0"],
  ["tanh(x) * x", "-1 x + 0", "1 x + 0"],
  ["3", "3", "3"],
  ["min(x, 1e6)", "1 x + 0", "1000000"],
  ["exp(x)", "0", "plus infinity"],
  ["asinh(x)", "minus infinity", "plus infinity"],
  ["x^3 - x", "minus infinity", "plus infinity"],
  ["0.1 * x^3 - 1e5 * x", "minus infinity", "plus infinity"],
  ["exp(exp(x))", "1", "plus infinity"],
  ["exp(1 / x)", "1", "1"],
  ["cosh(x) / sinh(x)", "-1", "1"],
  ["sinh(x) * exp(-x)", "minus infinity", "0.5"],
  ["x^10 * exp(-x)", "plus infinity", "0"],
  ["exp(x) / x^10", "0", "plus infinity"],
  // oscillations, and ends of the domain
  ["sin(x)", "none", "none"],
  ["x * sin(x)", "none", "none"],
  ["relu(sin(x))", "none", "none"],
  ["sin(log(1 + abs(x)))", "none", "none"],
  ["cos(x) / log(2 + abs(x)) + cos(x)", "none", "none"],
  ["sin(x) / x", "0", "0"],
  ["x * sin(1 / x)", "1", "1"],
  ["log(x)", "none", "plus infinity"],
  ["atanh(x)", "none", "none"],
  // slow ones
  ["1 / (1 + sqrt(abs(x)))", "0", "0"],
  ["exp(-sqrt(abs(x)))", "0", "0"],
  ["abs(x)^0.01", "plus infinity", "plus infinity"],
  ["abs(x)^-0.01", "0", "0"],
  ["1 / log(2 + abs(x))", "0", "0"],
  ["3 - 1 / log(2 + abs(x))", "3", "3"],
  ["1 / sqrt(log(2 + abs(x)))", "0", "0"],
  ["log(abs(x)) / sqrt(abs(x))", "0", "0"],
  ["log(1 + abs(x)) / x", "0", "0"],
  ["log(log(3 + abs(x)))", "plus infinity", "plus infinity"],
  ["x + sqrt(abs(x))", "minus infinity", "plus infinity"],
  ["x + log(1 + abs(x))", "minus infinity", "plus infinity"],
  // asymptotes, in their shortest form
  ["x + 0.3", "1 x + 0.3", "1 x + 0.3"],
  ["x - 60", "1 x + -60", "1 x + -60"],
  ["x - 1e9", "1 x + -1000000000", "1 x + -1000000000"],
  ["x / 3 + 0.1", "0.3333333333333333 x + 0.1", "0.3333333333333333 x + 0.1"],
  ["1e-4 * x", "0.0001 x + 0", "0.0001 x + 0"],
  ["sqrt(x^2 + 1) - abs(x)", "0", "0"],
  ["sqrt(x^2 + x) - x", "-2 x + -0.5", "0.5"],
  ["sqrt(x^2 + 2 * x + 5)", "-1 x + -1", "1 x + 1"],
  ["x * atan(x)", "-1.5707963267948966 x + -1", "1.5707963267948966 x + -1"],
  ["x^3 / (1 + x^2)", "1 x + 0", "1 x + 0"],
  ["x * cos(1 / x)", "1 x + 0", "1 x + 0"],
  ["x / sqrt(x^2 + 1)", "-1", "1"],
];

for (const [text, minus, plus] of LIMITS) {
  Deno.test(`limits of ${text}`, () => {
    const [left, right] = ([-1, 1] as const).map((direction) => limit(parse(text), { direction }));
    assertEquals([shown(left), shown(right)], [minus, plus]);
  });
}

/** Where the limit is no short number: its value by mpmath. */
const VALUES: readonly (readonly [text: string, value: number])[] = [
  ["atan(x)", 1.5707963267948966],
  ["(1 + 1 / abs(x))^abs(x)", 2.718281828459045],
  ["log(cosh(x)) - x", -0.6931471805599453],
  ["x * log(1 + pi / x)", 3.141592653589793],
];

for (const [text, value] of VALUES) {
  Deno.test(`limit of ${text}`, () => {
    const found = limit(parse(text), { direction: 1 });
    assertEquals(found.kind, "value");
    if (found.kind === "value") assertAlmostEquals(found.value, value, 1e-6);
  });
}
