import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import { evaluate } from "../evaluate.ts";
import { parse } from "../parse.ts";
import type { Interval } from "./interval.ts";
import { properties } from "./properties.ts";

function shown({ from, to, open }: Interval): string {
  if (from === to) return `${from}`;
  const [left, right] = [open === "left" || open === "both", open === "right" || open === "both"];
  return `${left ? "(" : "["}${from}, ${to}${right ? ")" : "]"}`;
}

function assertClose(actual: readonly Interval[], expected: readonly number[], tolerance = 1e-9): void {
  assertEquals(actual.length, expected.length, actual.map(shown).join());
  for (const [i, { from, to }] of actual.entries()) {
    assertEquals(from, to);
    assertAlmostEquals(from, expected[i], tolerance * Math.max(1, Math.abs(expected[i])));
  }
}

/** Where f′ = 0 by mpmath's findroot with 30 digits, or by calculus. */
const MINIMA: readonly (readonly [text: string, value: number, at: readonly number[]])[] = [
  ["swish(x)", -0.2784645427610738, [-1.2784645427610738]],
  ["mish(x)", -0.3088434130172504, [-1.1924312145154952]],
  ["gelu(x)", -0.16997120747990366, [-0.7517915246935645]],
  ["gelu_tanh(x)", -0.17004075057125405, [-0.7524614220710163]],
  ["eelu1(x)", -0.39847457355956445, [-1.0804706262289558]],
  ["eelu2(x)", -0.39847457355956445, [1.0804706262289558]],
  ["eelu3(x)", -0.18976813693427153, [-0.610864139517678]],
  ["eelu4(x)", -0.2754694654116153, [-0.7838554729966873]],
  ["hard_swish(x)", -0.375, [-1.5]],
  ["x * exp(x)", -Math.exp(-1), [-1]],
  ["x * log(x)", -Math.exp(-1), [Math.exp(-1)]],
  ["x^4 - 3 * x", -2.044260666936157, [0.9085602964160698]],
  ["exp(x) + exp(-2 * x)", 1.8898815748423097, [0.23104906018664843]],
  ["abs(x - 0.3)", 0, [0.3]],
  ["max(x - 0.3, 0.3 - x)", 0, [0.3]],
  ["x^2 - 2", -2, [0]],
  ["x^8 + 1", 1, [0]],
  ["x^2 + 1e-20", 1e-20, [0]],
  ["x^2 - 1e-12", -1e-12, [0]],
  ["x^4 - x^2", -0.25, [-Math.SQRT1_2, Math.SQRT1_2]],
  ["x^2 * exp(-x^2)", 0, [0]], // it tends to 0, too
  ["cosh(x) - 1", 0, [0]],
  ["exp(x) - 1 - x", 0, [0]],
  ["log(x)^2", 0, [1]],
  // at an end of the domain
  ["sqrt(x - 0.3)", 0, [0.3]],
  ["sqrt(1 - x^2)", 0, [-1, 1]],
  ["x^(1/3)", 0, [0]],
  // beyond ±50
  ["(x - 60)^2", 0, [60]],
  ["(x - 70)^2 + 1 / x^2", 0.00020408162415320253, [70.00000291545154]],
  ["cosh(x / 100) - x / 50", -0.651202972857831, [144.36354751788103]],
  ["abs(x + 12345)", 0, [-12345]],
];

for (const [text, value, at] of MINIMA) {
  Deno.test(`minimum of ${text}`, () => {
    const minimum = properties(parse(text)).minimum!;
    assertAlmostEquals(minimum.value, value, 1e-12);
    assertClose(minimum.at, at, 1e-7);
    assertEquals(minimum.more, false);
  });
}

/** The value, and the interval or the intervals that are nearest to 0. */
const FLAT_MINIMA: readonly (readonly [text: string, value: number, at: string])[] = [
  ["relu(x)", 0, "[-Infinity, 0]"],
  ["relu(-x - 60)", 0, "[-60, Infinity]"],
  ["max(x, -1)", -1, "[-Infinity, -1]"],
  ["min(relu(x), 100)", 0, "[-Infinity, 0]"],
  ["relu(x) - relu(x - 1)", 0, "[-Infinity, 0]"],
  ["relu(abs(x) - 2)", 0, "[-2, 2]"],
  ["x * relu(x - 1)", 0, "[-Infinity, 1]"],
  ["abs(x) - x", 0, "[0, Infinity]"],
  ["sign(x)", -1, "[-Infinity, 0)"],
  ["3", 3, "[-Infinity, Infinity]"],
];

for (const [text, value, at] of FLAT_MINIMA) {
  Deno.test(`minimum of ${text}`, () => {
    const minimum = properties(parse(text)).minimum!;
    assertEquals([minimum.value, minimum.at.map(shown).join()], [value, at]);
  });
}

for (
  const text of [
    ..."exp(x), tanh(x), x, 1 / x, softplus(x), elu(x), selu(x), x^3, log(x), atanh(x), -x^2".split(", "),
    ..."-1 / (x - 0.01)^2, 1 / (x^2 - 1), sin(x) / cos(x), exp(1 / x), sqrt(x^2 + 1) - abs(x)".split(", "),
    ..."x * sin(x) - exp(x), x * sin(x), exp(-(x - 30)^2) + exp(-(x + 30)^2), x^x, 1 / (1 + x^2)".split(", "),
    "where(x > 0, x, 1)", // any value above 0 is taken, not 0
  ]
) {
  Deno.test(`no minimum of ${text}`, () => assertEquals(properties(parse(text)).minimum, undefined));
}

Deno.test("Of many places of a minimum those are told that are nearest to 0", () => {
  const { value, at, more } = properties(parse("sin(x)")).minimum!;
  assertEquals([value, more], [-1, true]);
  assertClose(at, [-5, -1, 3, 7].map((n) => n * Math.PI / 2));
});

/** By mpmath's findroot with 30 digits, or by algebra. */
const ZEROS: readonly (readonly [text: string, zeros: readonly number[]])[] = [
  ["swish(x)", [0]],
  ["exp(x)", []],
  ["1 / x", []],
  ["sign(x) + 0.5", []],
  ["exp(x) - 2", [0.6931471805599453]],
  ["x^3 - x - 1", [1.324717957244746]],
  ["cos(x) - x", [0.7390851332151607]],
  ["x * exp(x) - 1", [0.5671432904097838]],
  ["erf(x) - x / 2", [-1.9902328376288838, 0, 1.9902328376288838]],
  ["x^2 - 2", [-Math.SQRT2, Math.SQRT2]],
  ["x^2 - 1e-12", [-1e-6, 1e-6]],
  ["x * log(x)", [1]],
  ["x / (x - 2)", [0]],
  ["sqrt(1 - x^2)", [-1, 1]],
  // touched
  ["(x - 0.3)^2", [0.3]],
  ["x^2 - 0.6 * x + 0.09", [0.3]],
  ["abs(x - 0.3)", [0.3]],
  ["max(x - 0.3, 0.3 - x)", [0.3]],
  ["x^3 - 3 * x + 2", [-2, 1]],
  ["x^4 - x^2", [-1, 0, 1]],
  ["cosh(x) - 1", [0]],
  ["exp(x) - 1 - x", [0]],
  ["log(x)^2", [1]],
  ["x^200", [0]],
  ["(x - 100)^2 * (x + 70)", [-70, 100]],
  // close to 0, but not
  ["x^2 + 1e-20", []],
  ["1e-9 + abs(x)", []],
  ["exp(-x^2)", []],
  ["exp(-(x - 30)^2) + exp(-(x + 30)^2)", []],
  ["sqrt(x^2 + 1) - abs(x)", []],
  // beyond ±50
  ["x - 60", [60]],
  ["(x - 60)^2", [60]],
  ["x + 1e6", [-1e6]],
  ["log(x) - 5", [148.4131591025766]],
  ["sinh(x / 30) - 100", [158.95027096831766]],
  ["sqrt(x) - 1000", [1e6]],
];

for (const [text, zeros] of ZEROS) {
  Deno.test(`zeros of ${text}`, () => {
    const found = properties(parse(text));
    assertClose(found.zeros, zeros, 1e-7);
    assertEquals(found.moreZeros, false);
  });
}

const FLAT_ZEROS: readonly (readonly [text: string, zeros: string])[] = [
  ["relu(x)", "[-Infinity, 0]"],
  ["hard_swish(x)", "[-Infinity, -3] 0"],
  ["relu(-x - 60)", "[-60, Infinity]"],
  ["relu(abs(x) - 2)", "[-2, 2]"],
  ["min(x, 0)", "[0, Infinity]"],
  ["where(x > 1, 0, x)", "0 (1, Infinity]"],
  ["exp(-1 / relu(x))", "[-Infinity, 0]"],
  ["0 * x", "[-Infinity, Infinity]"],
  ["max(min(log(x), 5), 6) - 6", "[0, Infinity]"],
];

for (const [text, zeros] of FLAT_ZEROS) {
  Deno.test(`zeros of ${text}`, () => assertEquals(properties(parse(text)).zeros.map(shown).join(" "), zeros));
}

Deno.test("Of many zeros those are told that are nearest to 0", () => {
  for (
    const [text, zeros] of [["sin(x)", [-4, -3, -2, -1, 0, 1, 2, 3]], ["1 - cos(x)", [
      -8,
      -6,
      -4,
      -2,
      0,
      2,
      4,
      6,
    ]]] as const
  ) {
    const found = properties(parse(text));
    assertClose(found.zeros, zeros.map((n) => n * Math.PI), 1e-7);
    assertEquals(found.moreZeros, true);
  }
  assertEquals(properties(parse("relu(sin(x))")).moreZeros, true);
});

Deno.test("The zeros of any product of three factors are found, touched or crossed", () => {
  const place = fc.integer({ min: -2000, max: 2000 }).map((n) => n / 16);
  fc.assert(
    fc.property(
      fc.uniqueArray(place, { minLength: 1, maxLength: 3 }),
      fc.integer({ min: 1, max: 3 }),
      (places, power) => {
        const text = places.map((x, i) => `(x - ${x})^${i === 0 ? power : 1}`).join(" * ").replaceAll("- -", "+ ");
        assertClose(properties(parse(text)).zeros, places.toSorted((a, b) => a - b));
      },
    ),
    { numRuns: 40 },
  );
});

const MONOTONY: readonly (readonly [text: string, kind: string, breaks?: readonly number[]])[] = [
  ["x", "increasing"],
  ["relu(x)", "increasing"],
  ["-x", "decreasing"],
  ["3", "constant"],
  ["swish(x)", "neither"],
  ["x^3", "increasing"],
  ["x - 1e6", "increasing"],
  ["(x - 60)^2", "neither"],
  ["x + sin(x)", "increasing"],
  ["sign(x)", "increasing"],
  ["where(x > 0, x + 1, x)", "increasing"],
  ["where(x > 0, x, x + 1)", "increasing", [0]],
  ["where(x > 0, x, 1)", "increasing", [0]],
  ["log(x)", "increasing"],
  ["atanh(x)", "increasing"],
  ["sqrt(1 - x^2)", "neither"],
  ["1 / x", "decreasing", [0]],
  ["x / (x - 2)", "decreasing", [2]],
  ["exp(1 / x)", "decreasing", [0]],
  ["1 / x^2", "neither"],
  ["-1 / (x - 0.01)^2", "neither"],
];

for (const [text, kind, breaks = []] of MONOTONY) {
  Deno.test(`monotony of ${text}`, () => {
    const { monotony } = properties(parse(text));
    assertEquals(monotony.kind, kind);
    assertClose(monotony.breaks.map((x) => ({ from: x, to: x })), breaks);
  });
}

Deno.test("The tangent rises between its poles", () => {
  const { monotony: { kind, breaks } } = properties(parse("sin(x) / cos(x)"));
  assertEquals(kind, "increasing");
  for (const n of [-5, -3, -1, 1, 3, 5]) assert(breaks.some((x) => Math.abs(x - n * Math.PI / 2) < 1e-9), `${n} π / 2`);
});

Deno.test("Where a function is flat it has the value of its piece", () => {
  for (const text of ["min(relu(x), 100)", "relu(x) - relu(x - 1)", "hard_swish(x)", "sign(x)", "max(abs(x), 3)"]) {
    const e = parse(text);
    const { flat } = properties(e);
    assert(flat.length > 0);
    for (const { from, to, value } of flat) {
      const inside = [Math.max(from, -1e6) + 1e-9, Math.min(to, 1e6) - 1e-9];
      for (const x of [...inside, (inside[0] + inside[1]) / 2]) {
        assertEquals(evaluate(e, x) + 0, value + 0, `${text} at ${x}`);
      }
    }
  }
  for (const text of ["tanh(x)", "exp(x)", "x^9", "softplus(x)"]) assertEquals(properties(parse(text)).flat, [], text);
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
