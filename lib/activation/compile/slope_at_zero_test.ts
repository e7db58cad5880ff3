import { assertEquals, assertGreater } from "@std/assert";
import { loadEngine } from "../../engine/mod.ts";
import { random } from "../../random.ts";
import { derivative } from "../derivative.ts";
import { evaluate } from "../evaluate.ts";
import type { Expression } from "../expression.ts";
import { BINARY_CODES, decodeGenome, UNARY_CODES } from "../genome.ts";
import { parse } from "../parse.ts";
import { format } from "../format.ts";
import { rejectionReason } from "../rejection_reason.ts";
import { identityKey } from "../simplify/identity.ts";
import { simplify } from "../simplify/simplify.ts";
import { activationTensor } from "./tensor.ts";

const tf = await loadEngine({ engine: "tensorflow" });
const POINTS = [0, 1e-30, -1e-30, 1e-6, -1e-6];
const x = tf.tensor1d(POINTS);

/** The gradients at the points: in one operation, and in several. */
function gradients(e: Expression): number[][] {
  return [true, false].map((kernel) => tf.tidy(() => [...tf.grad(activationTensor(e, { kernel }))(x).dataSync()]));
}

/** Derivatives at 0 by hand. */
const KNOWN: readonly (readonly [text: string, slope: number])[] = [
  ["exp(-x) * softplus(x)", 0.5 - Math.LN2],
  ["sinh(x) * exp(tanh(x))", 1],
  ["sigmoid(x) * sinh(x)", 0.5],
  ["exp(x) * sinh(x)", 1],
  ["sigmoid(x) * exp(-x)", -0.25],
  ["exp(abs(x)) * sigmoid(x) * x", 0.5],
  ["min(relu(x), sin(x))", 1],
  ["min(abs(x), x)", 1],
  ["max(-relu(-x), tanh(x))", 1],
  ["relu(x) - relu(-x)", 1],
  ["x * relu(x)", 0],
  ["x * abs(x)", 0],
  ["where(x > 0, expm1(x), x)", 1],
  ["sqrt(x^4 + x^6)", 0],
  ["log(cosh(x))", 0],
];

for (const [text, slope] of KNOWN) {
  Deno.test(`the derivative of ${text} at 0 is ${slope}`, () => {
    const e = parse(text);
    const all = [[evaluate(derivative(e), 0)], ...gradients(e)].map(([atZero]) => atZero);
    assertEquals(all.map((value) => Math.abs(value - slope) < 1e-6), [true, true, true], `${all}`);
  });
}

/** The derivative on either side of 0, from values only; undefined where it has no limit there. */
function sides(e: Expression): { readonly left: number; readonly right: number } | undefined {
  const f = (at: number) => evaluate(simplify(e), at);
  const [left, right] = [-1, 1].map((side) => {
    const [coarse, fine] = [2e-5, 1e-5].map((h) => (f(side * h) - f(0)) / (side * h));
    return 2 * fine - coarse;
  });
  return Number.isFinite(left + right) ? { left, right } : undefined;
}

/** At ±1e-30 both arguments of the minimum are 1 in float32, and it takes the other one's derivative. */
const EXCEPTIONS = ["min(abs(x) + cos(x), exp(-x) * exp(relu(x)))"];

Deno.test("gradients at 0, ±1e-30, ±1e-6: those of one side, the same in one operation and in several", () => {
  const rng = random(2);
  const genomes = [...BINARY_CODES.keys()].flatMap((b) =>
    [...UNARY_CODES.keys()].flatMap((u) => [...UNARY_CODES.keys()].map((v) => [b, u, v]))
  );
  const more = Array.from({ length: 300 }, () => [
    ...Array.from({ length: 3 }, () => rng.integer(BINARY_CODES.length)),
    ...Array.from({ length: 4 }, () => rng.integer(UNARY_CODES.length)),
  ]);
  const seen = new Set<string>();
  const wrong: string[] = [];
  let compared = 0;
  for (const genome of [...genomes, ...more]) {
    const e = decodeGenome(genome);
    const key = identityKey(e);
    if (seen.has(key) || rejectionReason(e) !== undefined) continue;
    seen.add(key);
    const expected = sides(e);
    if (!expected || EXCEPTIONS.includes(format(e))) continue;
    compared++;
    const [own, plain] = gradients(e);
    const close = (a: number, b: number) => Math.abs(a - b) <= 1e-5 * Math.max(1, Math.abs(b));
    // close to a kink float32 may not tell the sides apart
    const [least, greatest] = [Math.min(expected.left, expected.right), Math.max(expected.left, expected.right)];
    const right = POINTS.every((_, i) =>
      close(own[i], plain[i]) && plain[i] >= least - 1e-5 * Math.max(1, -least) &&
      plain[i] <= greatest + 1e-5 * Math.max(1, greatest)
    );
    if (!right) wrong.push(`${format(e)}: ${own} | ${plain} | ${expected.left} ${expected.right}`);
  }
  assertEquals(wrong, []);
  assertGreater(compared, 1300);
});
