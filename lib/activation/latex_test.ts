import { assert, assertEquals } from "@std/assert";
import { latex } from "./latex.ts";
import { parse } from "./parse.ts";

const CASES: readonly (readonly [text: string, latex: string])[] = [
  ["-x * erf(exp(-x))", "-x \\operatorname{erf}\\left(e^{-x}\\right)"],
  ["x / (1 + abs(x))", "\\frac{x}{1 + \\left|x\\right|}"],
  ["(x + 1)^2", "\\left(x + 1\\right)^{2}"],
  ["exp(x)^2", "\\left(e^{x}\\right)^{2}"],
  ["(x / 2)^2", "\\left(\\frac{x}{2}\\right)^{2}"],
  ["(-x)^2", "\\left(-x\\right)^{2}"],
  ["-x^2", "-x^{2}"],
  ["(-2)^x", "\\left(-2\\right)^{x}"],
  ["2^x", "2^{x}"],
  ["1e-7^x", "\\left(10^{-7}\\right)^{x}"],
  ["x^-x", "x^{-x}"],
  // sums and signs
  ["1 + -x", "1 - x"],
  ["1 - -x", "1 + x"],
  ["1 + -(x + 2)", "1 - \\left(x + 2\\right)"],
  ["x - (1 - x)", "x - \\left(1 - x\\right)"],
  ["x + (1 - x)", "x + 1 - x"],
  ["-(x + 1) + 2", "-\\left(x + 1\\right) + 2"],
  ["x - -2", "x + 2"],
  ["x + -2 * x", "x - 2x"],
  ["x - -1 / x", "x + \\frac{1}{x}"],
  ["-1 / x^2", "-\\frac{1}{x^{2}}"],
  ["1 / -x", "-\\frac{1}{x}"],
  ["-1 / -x", "\\frac{1}{x}"],
  ["--x", "x"],
  // products
  ["2 * x", "2x"],
  ["x * 2", "2x"],
  ["2 * x^2", "2x^{2}"],
  ["2 * 3 * x", "2 \\cdot 3x"],
  ["x * (x + 1)", "x \\left(x + 1\\right)"],
  ["x * -2", "-2x"],
  ["x * x", "x \\cdot x"],
  ["x * -x", "-x \\cdot x"],
  ["-x * x", "-x \\cdot x"],
  ["2 * exp(x)", "2e^{x}"],
  ["2 * sigmoid(x)", "2 \\sigma\\left(x\\right)"],
  ["2 * (x / 3)", "2 \\cdot \\frac{x}{3}"],
  ["x * relu(x)", "x \\max\\left(x, 0\\right)"],
  [
    "2 * where(x > 0, x, 0)",
    "2 \\left(\\begin{cases} x & \\text{if } x > 0 \\\\ 0 & \\text{otherwise} \\end{cases}\\right)",
  ],
  ["max(x, 0, 1)", "\\max\\left(x, 0, 1\\right)"],
  ["where(x > 0, x, 0)", "\\begin{cases} x & \\text{if } x > 0 \\\\ 0 & \\text{otherwise} \\end{cases}"],
  ["1e-7 * pi", "10^{-7} \\pi"],
  ["2.5e-7 * x", "2.5 \\cdot 10^{-7} x"],
  ["0.5 * x", "0.5x"],
  ["x / 2 * erfc(-x / sqrt(2))", "\\frac{x}{2} \\operatorname{erfc}\\left(-\\frac{x}{\\sqrt{2}}\\right)"],
  ["sigmoid(sqrt(2) * x)", "\\sigma\\left(\\sqrt{2} x\\right)"],
  // constants, 16 digits of them by mpmath
  ["1.1283791670955126 * x", "\\frac{2x}{\\sqrt{\\pi}}"],
  ["1.1283791670955126 * exp(-x^2)", "\\frac{2e^{-x^{2}}}{\\sqrt{\\pi}}"],
  ["-1.1283791670955126 * x", "-\\frac{2x}{\\sqrt{\\pi}}"],
  ["x / 1.1283791670955126", "\\frac{x \\sqrt{\\pi}}{2}"],
  ["1.1283791670955126", "\\frac{2}{\\sqrt{\\pi}}"],
  ["0.3989422804014327 * exp(-0.5 * x^2)", "\\frac{e^{-0.5x^{2}}}{\\sqrt{2 \\pi}}"],
  ["0.7978845608028654 * x", "\\sqrt{\\frac{2}{\\pi}} x"],
  ["1.5957691216057308 * x", "2 \\sqrt{\\frac{2}{\\pi}} x"],
  ["0.7071067811865476 * x", "\\frac{x}{\\sqrt{2}}"],
  ["1.4142135623730951 * x", "\\sqrt{2} x"],
  ["2.5066282746310002 * x", "\\sqrt{2 \\pi} x"],
  ["1.7724538509055159 + x", "\\sqrt{\\pi} + x"],
  ["x - 0.6931471805599453", "x - \\ln 2"],
  ["0.3333333333333333 * x", "\\frac{x}{3}"],
  ["0.6666666666666666 * x", "\\frac{2x}{3}"],
  ["-0.16666666666666666 * x", "-\\frac{x}{6}"],
  ["x^0.3333333333333333", "x^{\\frac{1}{3}}"],
  ["1.5707963267948966 * x", "\\frac{\\pi x}{2}"],
  ["0.3183098861837907 * x", "\\frac{x}{\\pi}"],
  ["2.718281828459045 * x", "e \\cdot x"],
  ["pi^2", "\\pi^{2}"],
  ["exp(x) * e", "e e^{x}"],
  // numbers that are none of these
  ["1.0507009873554805 * x", "1.0507009873554805x"],
  ["1.7580993408473766 * x", "1.7580993408473766x"],
  ["0.044715 * x^3", "0.044715x^{3}"],
  ["1.12837917 * x", "1.12837917x"],
  ["1.1283791670955 * x", "1.1283791670955x"],
];

for (const [text, expected] of CASES) {
  Deno.test(`latex: ${text}`, () => assertEquals(latex(parse(text)), expected));
}

Deno.test("Braces and delimiters balance whatever the signs and factors", () => {
  for (const a of ["x", "-x", "2", "-2", "x + 1", "-(x + 1)", "1 / x", "0.7978845608028654", "exp(x)"]) {
    for (const b of ["x", "-x", "3", "-3", "x - 1", "-x / 2", "1.1283791670955126"]) {
      for (const sign of ["+", "-", "*", "/", "^"]) {
        const text = latex(parse(`(${a}) ${sign} (${b})`));
        assertEquals(text.match(/\{/g)?.length, text.match(/\}/g)?.length, text);
        assertEquals(text.match(/\\left/g)?.length, text.match(/\\right/g)?.length, text);
        assert(!/[-+] -|--|\d \d|\\cdot -/.test(text), text);
      }
    }
  }
});
