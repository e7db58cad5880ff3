import { assertEquals, assertNotEquals } from "@std/assert";
import { random } from "../../random.ts";
import { catalog, CATALOG_NAMES } from "../catalog.ts";
import { derivative } from "../derivative.ts";
import { evaluate } from "../evaluate.ts";
import type { Expression } from "../expression.ts";
import { BINARY_CODES, decodeGenome, UNARY_CODES } from "../genome.ts";
import { parse } from "../parse.ts";
import { format } from "../format.ts";
import { mutated, randomExpression, rewritten } from "../testdata/random_expressions.ts";
import { identityKey } from "./identity.ts";

const EQUAL: readonly (readonly [string, string])[] = [
  ["x / (1 + exp(-x))", "swish(x)"],
  ["x * exp(x) / (exp(x) + 1)", "swish(x)"],
  ["x * (1 + erf(x / sqrt(2))) / 2", "gelu(x)"],
  ["x / 2 * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 * x^3)))", "gelu_tanh(x)"],
  ["max(x, 0.01 * x)", "leaky_relu(x)"],
  ["relu(x) + min(exp(x) - 1, 0)", "elu(x)"],
  ["-min(-x, 0)", "relu(x)"],
  ["log(1 + exp(x))", "softplus(x)"],
  ["cos(x)^2 + sin(x)^2", "1"],
  ["exp(exp(x)) * exp(-exp(x))", "1"],
  ["x - x", "0"],
  ["-erf(exp(-x)) * x", "eelu2(x)"],
  ["(exp(x) - exp(-x)) / 2", "sinh(x)"],
];

for (const [a, b] of EQUAL) {
  Deno.test(`identityKey: ${a} is ${b}`, () => assertEquals(identityKey(parse(a)), identityKey(parse(b))));
}

const DIFFERENT: readonly (readonly [string, string])[] = [
  ["gelu(x)", "gelu_tanh(x)"],
  ["eelu1(x)", "eelu2(x)"],
  ["x", "sqrt(x)^2"], // not defined for x < 0
  ["x", "x * 1.000001"],
  ["x", "where(x > 20, 20, x)"], // only far out
  ["x * 1e-12", "x * 2e-12"],
  ["0.044715 * x^3", "0.044716 * x^3"],
  ["relu(x)", "relu(x - 0.001)"],
  ["softplus(x)", "softplus(x) + 1e-6"],
  ["exp(x)", "exp(x) + 1e-4"],
  ["tanh(x)", "erf(x)"],
  ["0", "1"],
];

for (const [a, b] of DIFFERENT) {
  Deno.test(`identityKey: ${a} is not ${b}`, () => assertNotEquals(identityKey(parse(a)), identityKey(parse(b))));
}

/** Keys that stored studies hold: no change of the algebra may change them. (log: since 0 is looked at more closely.) */
const STORED: readonly (readonly [string, string])[] = [
  ["x", "auhu1.~3yk85l.~2lqxua0.~157msbl.tb0a2q_0.89q4h.~11y52k.~l73ln.~31e8kn"],
  ["relu(x)", "auhu1.~5g8r0u.~1b77c7a.~msfsir.cqpaor_0.~372pxt.~ddzdtk.~a64f9n.5viity"],
  ["swish(x)", "~4tw02.~6bjjd5.~1erqt6f.~q907fo.f933l0_~130ow.~1jjv2j.~bbrueb.~aomxqc.5adp31"],
  ["eelu2(x)", "~zg3t.~1dbg0o.1cr6mxq.mnknwi.~j58rto_2b4a7.~2132kb.~95sj1i.~a8us4w.8bmkg9"],
  [
    "log(x)",
    "2h1uhy08f5d8nqq4qd3u1jc8z24fh1.12965h.~1154ff.~bwv7cz.~6o5xr7.25gxll_4gwknf.~3woiex.~5ny243.~1g02wq.3706mh_" +
    "+n0~1cl+n1~1jm+n2~1rd+n3~22h+n4~2do",
  ],
];

for (const [text, key] of STORED) {
  Deno.test(`identityKey of ${text} is what it was`, () => assertEquals(identityKey(parse(text)), key));
}

Deno.test("identityKey and derivative do not depend on what was asked before", () => {
  const rng = random(23);
  const some = Array.from({ length: 3000 }, () => randomExpression(4, { rng }));
  const results = (e: Expression) => [identityKey(e), format(derivative(e))];
  const before = some.map(results);
  assertEquals(some.toReversed().map(results).toReversed(), before);
});

Deno.test("identityKey tells the catalogue apart", () => {
  assertEquals(new Set(CATALOG_NAMES.map((name) => identityKey(catalog[name]))).size, CATALOG_NAMES.length);
});

/**
 * Whether a function is worth the comparison: defined, moderate and not constant near 0, and no chaos far out, as
 * sin(e^x) is: there float64 does not know its value.
 */
function isModerate(e: Expression): boolean {
  const values = [-1.1, -0.6, -0.2, 0.3, 0.7, 1.2].map((x) => evaluate(e, x));
  if (!values.every((value) => Math.abs(value) < 1e6) || new Set(values).size === 1) return false;
  return [-80, -40, -21, -9, 9, 21, 40, 80].every((x) => {
    const [v, w] = [evaluate(e, x), evaluate(e, x * (1 + 1e-12))];
    return !(Math.abs(v - w) > 1e-6 * Math.max(1, Math.abs(v)));
  });
}

function* moderateExpressions(seed: number) {
  const rng = random(seed);
  for (;;) {
    const e = randomExpression(1 + rng.integer(4), { rng });
    if (isModerate(e)) yield { e, rng };
  }
}

Deno.test("identityKey: 5,000 random expressions and equals by algebraic laws", () => {
  const failures: string[] = [];
  let compared = 0;
  for (const { e, rng } of moderateExpressions(1)) {
    const { equal, names } = rewritten(e, { rng, count: 1 + rng.integer(4) });
    if (names.length === 0) continue;
    if (identityKey(e) !== identityKey(equal)) failures.push(`${format(e)} | ${format(equal)} | ${names.join("; ")}`);
    if (++compared === 5000) break;
  }
  assertEquals(failures, []);
});

/** Everywhere in [-6, 6], and further out; not the points of the key. */
const DENSE = Array.from(
  { length: 2401 },
  (_, i) => (i - 1200) / 200 + (Math.abs(i - 1200) > 1000 ? (i - 1200) / 20 : 0),
);

/** Whether two functions differ by values, by a millionth of their size or more. */
function differ(a: Expression, b: Expression): boolean {
  const pairs = DENSE.map((x) => [evaluate(a, x), evaluate(b, x)]).filter((pair) => pair.every(Number.isFinite));
  const size = pairs.slice(500, 700).reduce((most, [v]) => Math.max(most, Math.abs(v)), 0);
  return pairs.filter(([v, w]) => Math.abs(v - w) > 1e-6 * Math.max(size, Math.abs(v))).length > 0;
}

Deno.test("identityKey: 5,000 near-misses, one operator or constant changed to another function", () => {
  const failures: string[] = [];
  let compared = 0;
  for (const { e, rng } of moderateExpressions(2)) {
    const other = mutated(e, { rng });
    if (!isModerate(other) || !differ(e, other)) continue;
    if (identityKey(e) === identityKey(other)) failures.push(`${format(e)} | ${format(other)}`);
    if (++compared === 5000) break;
  }
  assertEquals(failures, []);
});

/** The distinct functions of 3 genes that are finite on [-4, 4]. */
function distinct({ binary, unary }: { readonly binary: number; readonly unary: number }): number {
  const keys = new Set<string>();
  for (let b = 0; b < binary; b++) {
    for (let u = 0; u < unary; u++) {
      for (let v = 0; v < unary; v++) {
        const e = decodeGenome([b, u, v]);
        const finite = Array.from({ length: 81 }, (_, i) => evaluate(e, i / 10 - 4)).every(Number.isFinite);
        if (finite) keys.add(identityKey(e));
      }
    }
  }
  return keys.size;
}

Deno.test("the search space of 3 genes: distinct functions that are finite on [-4, 4]", () => {
  assertEquals(distinct({ binary: 7, unary: 17 }), 899);
  assertEquals(distinct({ binary: BINARY_CODES.length, unary: UNARY_CODES.length }), 1278);
});
