import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { call, constant, type Expression, X } from "./expression.ts";
import { format } from "./format.ts";
import { OPERATORS } from "./operators.ts";
import { parse } from "./parse.ts";

const READ: readonly (readonly [text: string, formatted: string])[] = [
  ["-x*erf(e^(-x))", "-x * erf(exp(-x))"],
  ["e^-x^2", "exp(-x^2)"],
  ["((x))", "x"],
  ["+x", "x"],
  ["2**3^x", "2^3^x"],
  ["(2^3)^x", "(2^3)^x"],
  ["x-(1-x)", "x - (1 - x)"],
  ["x-1-x", "x - 1 - x"],
  ["x/(x*2)", "x / (x * 2)"],
  ["-(x+1)", "-(x + 1)"],
  ["-2^2", "-2^2"],
  ["(-2)^2", "(-2)^2"],
  ["x^-2", "x^-2"],
  ["--x", "-(-x)"],
  ["x - -2", "x - -2"],
  ["2·x − 1e-3", "2 * x - 0.001"],
  ["|x| + ln(x) + arctan(x) + σ(x)", "abs(x) + log(x) + atan(x) + sigmoid(x)"],
  ["max(x, 0, 1)", "max(x, 0, 1)"],
  ["min(x, max(x, 1))", "min(x, max(x, 1))"],
  ["max(x, max(x, 1))", "max(x, max(x, 1))"],
  ["where(x > 0, x, 0.01*x)", "where(x > 0, x, 0.01 * x)"],
  ["swish(2*x)", "2 * x * sigmoid(2 * x)"],
  ["pi * e", "pi * e"],
  ["(e)^x", "(e)^x"],
];

for (const [text, formatted] of READ) {
  Deno.test(`parse: ${text}`, () => {
    assertEquals(format(parse(text)), formatted);
    assertEquals(parse(formatted), parse(text));
  });
}

const REFUSED: readonly (readonly [text: string, message: string])[] = [
  ["", 'position 1: expected a number, "x", a function or "(", got the end of the text'],
  ["x *", 'position 4: expected a number, "x", a function or "(", got the end of the text'],
  ["x $ 2", 'position 3: expected a number, a name or an operator, got "$"'],
  ["x + 1)", 'position 6: expected an operator or the end of the text, got ")"'],
  ["2x", 'position 2: expected an operator or the end of the text, got "x"'],
  ["y + 1", 'position 1: expected x, pi, e or a function, got "y"'],
  ["sin x", 'position 1: expected "(" after sin, got "sin"'],
  ["foo(x)", "position 1: expected one of the functions abs, "],
  ["erf(x, 2)", 'position 1: expected 1 argument of erf, got "erf"'],
  ["max(x)", 'position 6: expected "," and another argument of max, got ")"'],
  ["where(x, 1, 2)", 'position 8: expected ">", got ","'],
  ["1e999", 'position 1: expected a number that float64 can hold, got "1e999"'],
  ["(x", 'position 3: expected ")", got the end of the text'],
];

for (const [text, message] of REFUSED) {
  Deno.test(`parse refuses "${text}"`, () => void assertThrows(() => parse(text), SyntaxError, message));
}

const numbers = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer({ min: -9, max: 9 }),
  fc.constantFrom(Math.PI, Math.E, -Math.PI, -0, 1e21, 1e-7),
).map(constant);

const trees = fc.letrec<{ tree: Expression }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 6, depthIdentifier: "tree" },
    fc.constant<Expression>(X),
    numbers,
    fc.constantFrom(...OPERATORS.values()).chain(({ name, arity }) =>
      fc.tuple(...Array.from({ length: arity }, () => tie("tree"))).map((args) => call(name, ...args))
    ),
  ),
})).tree;

Deno.test("parse after format is the identity", () => {
  fc.assert(fc.property(trees, (e) => assertEquals(parse(format(e)), e)), { seed: 3, numRuns: 2000 });
});
