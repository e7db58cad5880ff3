import { assertEquals } from "@std/assert";
import { parse } from "./parse.ts";
import { latex } from "./print.ts";

const CASES: readonly (readonly [text: string, latex: string])[] = [
  ["-x * erf(exp(-x))", "-x \\cdot \\operatorname{erf}\\left(e^{-x}\\right)"],
  ["x / (1 + abs(x))", "\\frac{x}{1 + \\left|x\\right|}"],
  ["(x + 1)^2", "\\left(x + 1\\right)^{2}"],
  ["exp(x)^2", "\\left(e^{x}\\right)^{2}"],
  ["x - (1 - x)", "x - \\left(1 - x\\right)"],
  ["x * (x + 1)", "x \\cdot \\left(x + 1\\right)"],
  ["x * -2", "x \\cdot \\left(-2\\right)"],
  ["x * -x", "x \\cdot \\left(-x\\right)"],
  ["-x * x", "-x \\cdot x"],
  ["1e-7 * pi", "1 \\cdot 10^{-7} \\cdot \\pi"],
  ["max(x, 0, 1)", "\\max\\left(x, 0, 1\\right)"],
  ["sigmoid(sqrt(2) * x)", "\\sigma\\left(\\sqrt{2} \\cdot x\\right)"],
  ["where(x > 0, x, 0)", "\\begin{cases} x & \\text{if } x > 0 \\\\ 0 & \\text{otherwise} \\end{cases}"],
];

for (const [text, expected] of CASES) {
  Deno.test(`latex: ${text}`, () => assertEquals(latex(parse(text)), expected));
}
