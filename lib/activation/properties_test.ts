import { assertAlmostEquals, assertEquals } from "@std/assert";
import { parse } from "./parse.ts";
import { type Limit, properties, rejectionReason } from "./properties.ts";

function shown(limit: Limit): string {
  if (limit.kind === "value") return `${limit.value}`;
  return limit.kind === "asymptote" ? `${limit.slope} x + ${limit.intercept}` : limit.kind;
}

const LIMITS: readonly (readonly [text: string, minus: string, plus: string])[] = [
  ["swish(x)", "0", "1 x + 0"],
  ["eelu2(x)", "-1 x + 0", "0"],
  ["elu(x)", "-1", "1 x + 0"],
  ["softsign(x)", "-1", "1"],
  ["exp(x)", "0", "plus infinity"],
  ["asinh(x)", "minus infinity", "plus infinity"],
  ["x^3 - x", "minus infinity", "plus infinity"],
  ["exp(exp(x))", "1", "plus infinity"],
  ["sin(x)", "none", "none"],
  ["x * sin(x)", "none", "none"],
  ["log(x)", "none", "plus infinity"],
  ["atanh(x)", "none", "none"],
];

for (const [text, minus, plus] of LIMITS) {
  Deno.test(`limits of ${text}`, () => {
    const { minusInfinity, plusInfinity } = properties(parse(text)).limits;
    assertEquals([shown(minusInfinity), shown(plusInfinity)], [minus, plus]);
  });
}

// x where f′ = 0, by mpmath's findroot; EELU-1's mirrors EELU-2's
const MINIMA: readonly (readonly [text: string, x: number, value: number])[] = [
  ["swish(x)", -1.2784645427610738, -0.2784645427610738],
  ["x * exp(x)", -1, -Math.exp(-1)],
  ["hard_swish(x)", -1.5, -0.375],
  ["abs(x - 0.3)", 0.3, 0],
  ["sin(x)", -Math.PI / 2, -1],
];

for (const [text, x, value] of MINIMA) {
  Deno.test(`minimum of ${text}`, () => {
    const minimum = properties(parse(text)).minimum!;
    assertAlmostEquals(minimum.x, x, text.startsWith("abs") ? 1e-2 : 1e-9);
    assertAlmostEquals(minimum.value, value, text.startsWith("abs") ? 1e-2 : 1e-12);
  });
}

for (const text of ["exp(x)", "tanh(x)", "relu(x)", "x", "1 / x", "x * sin(x) - exp(x)"]) {
  Deno.test(`no minimum of ${text}`, () => assertEquals(properties(parse(text)).minimum, undefined));
}

Deno.test("zeros", () => {
  assertEquals(properties(parse("swish(x)")).zeros, [0]);
  assertEquals(properties(parse("exp(x)")).zeros, []);
  assertEquals(properties(parse("1 / x")).zeros, []);
  const [a, b] = properties(parse("x^2 - 2")).zeros;
  assertAlmostEquals(a, -Math.SQRT2, 1e-14);
  assertAlmostEquals(b, Math.SQRT2, 1e-14);
});

Deno.test("monotony", () => {
  const of = (text: string) => properties(parse(text)).monotone;
  assertEquals(["x", "relu(x)", "-x", "3", "swish(x)"].map(of), [
    "increasing",
    "increasing",
    "decreasing",
    "constant",
    "neither",
  ]);
});

Deno.test("the function of the catalogue that it equals or mirrors", () => {
  const of = (text: string) => {
    const { equals, mirrors } = properties(parse(text));
    return { equals, mirrors };
  };
  assertEquals(of("x / (1 + e^-x)"), { equals: "swish", mirrors: undefined });
  assertEquals(of("-x / (1 + e^x)"), { equals: undefined, mirrors: "swish" });
  assertEquals(of("eelu2(x)"), { equals: "eelu2", mirrors: "eelu1" });
  assertEquals(of("x * cos(x)"), { equals: undefined, mirrors: undefined });
});

const REJECTED: readonly (readonly [text: string, reason: "constant" | "not finite" | undefined])[] = [
  ["3", "constant"],
  ["x - x", "constant"],
  ["relu(-exp(x))", "constant"],
  ["erf(exp(x) + 9)", "constant"], // 1 in float32
  ["atanh(x)", "not finite"],
  ["exp(exp(x))", "not finite"], // e^148
  ["1 / x", "not finite"],
  ["sqrt(abs(x))", "not finite"], // the derivative at 0
  ["exp(sinh(x))", undefined], // e^74
  ["x * 1e-9", undefined],
  ["eelu2(x)", undefined],
  ["relu(x)", undefined],
];

for (const [text, reason] of REJECTED) {
  Deno.test(`rejectionReason of ${text}`, () => assertEquals(rejectionReason(parse(text)), reason));
}
