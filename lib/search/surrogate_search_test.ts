import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { parse, substitute } from "../activation/mod.ts";
import { featuresOf } from "./features.ts";
import { expectedImprovement, normalScores } from "./surrogate_search.ts";

Deno.test("features: a function and its mirror image are one, others are not; all are finite", () => {
  for (const text of ["relu(x)", "x * sigmoid(x)", "-x * erf(exp(-x))", "exp(x) - x", "tanh(x)", "x^2", "sinh(x)^3"]) {
    const e = parse(text);
    const [a, b] = [featuresOf(e), featuresOf(substitute(e, { x: parse("-x") }))];
    a.forEach((value, i) => assertAlmostEquals(value, b[i], 1e-9));
    assert(a.every(Number.isFinite));
  }
  assert(featuresOf(parse("relu(x)")).some((value, i) => value !== featuresOf(parse("abs(x)"))[i]));
  assert(featuresOf(parse("log(x - 1)")).every(Number.isFinite)); // not defined at most of the places
});

Deno.test("features: of x the odd part and the even slope, of x² the even part and the odd slope", () => {
  const parts = (text: string) => {
    const values = featuresOf(parse(text));
    const part = (i: number) => values.subarray(12 * i, 12 * (i + 1));
    return [0, 1, 2, 3].map((i) => part(i).some((value) => value !== 0));
  };
  assertEquals(parts("x"), [false, true, false, true]);
  assertEquals(parts("x^2"), [true, false, true, false]);
  assertAlmostEquals(featuresOf(parse("x"))[12], Math.asinh(0.0627), 1e-12);
  assertAlmostEquals(featuresOf(parse("x"))[36], Math.asinh(1), 1e-12);
});

Deno.test("normal scores: symmetric, in the order of the values, equal ones share theirs; R's qnorm to two digits", () => {
  const scores = normalScores([0, 5, 0, 7, 3]);
  assertEquals(scores[0], scores[2]);
  assert(scores[0] < scores[4] && scores[4] < scores[1] && scores[1] < scores[3]);
  const [low, , high] = normalScores([1, 2, 3]);
  assertAlmostEquals(low, -high, 1e-12);
  assertAlmostEquals(high, 0.967, 0.01); // qnorm(5 / 6)
});

Deno.test("expected improvement: the closed form against the mean of a fine grid", () => {
  for (const [mean, standardDeviation, best] of [[0, 1, 0], [0.3, 0.5, 1], [2, 0.1, 1]]) {
    let sum = 0;
    for (let z = -8; z < 8; z += 0.001) {
      sum += Math.max(0, mean + standardDeviation * z - best) * Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI) * 0.001;
    }
    assertAlmostEquals(expectedImprovement({ mean, standardDeviation }, best), sum, 1e-5);
  }
  assertEquals(expectedImprovement({ mean: 1, standardDeviation: 0 }, 3), 0);
});
