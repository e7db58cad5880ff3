/**
 * The one test of tensor functions on every engine: accuracy and finiteness of values and gradients in float32. It does
 * not know what computes.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { engine, loadEngine } from "../../engine/mod.ts";
import { catalog } from "../catalog.ts";
import { derivative } from "../derivative.ts";
import type { Expression } from "../expression.ts";
import { BINARY_CODES, decodeGenome, UNARY_CODES } from "../genome.ts";
import { identityKey } from "../simplify/identity.ts";
import { parse } from "../parse.ts";
import { simplify } from "../simplify/simplify.ts";
import { runTape, tapeOf } from "../compile/tape.ts";
import { activationTensor, type ActivationTensorOptions, type TensorFunction } from "../compile/tensor.ts";
import { REFERENCES } from "./reference.ts";

/** What is known of an engine. */
export interface TensorContract {
  /** The engine's name. */
  readonly engine: string;
  /** Whether to use operations of our own. */
  readonly kernel?: boolean;
  /** Genomes of 3 genes, as texts, whose value or gradient is somewhere not finite though the true one is. */
  readonly exceptions: readonly string[];
}

const LARGEST = 2 ** 128 - 2 ** 104;
const TOLERANCE = 1e-5;

/** Every quarter in [-100, 100], and close to 0. */
const POINTS = Float32Array.from([
  ...Array.from({ length: 801 }, (_, i) => (i - 400) / 4),
  ...[1e-3, 1e-6, 1e-12].flatMap((x) => [x, -x]),
]);

/** [values, gradients] of a function as the engine computes them. */
function computed(f: TensorFunction, points: Float32Array): readonly (readonly number[])[] {
  const tf = engine();
  return tf.tidy(() => {
    const x = tf.tensor1d(points);
    return [f(x), tf.grad(f)(x)].map((tensor) => [...tensor.dataSync()]);
  });
}

/** [values, derivatives] in float64. */
function truth(e: Expression, points: Float32Array): readonly Float64Array[] {
  const value = simplify(e);
  return runTape(tapeOf([value, derivative(value)]), Float64Array.from(points));
}

/** The points at which a true value or derivative is a float32, and the computed one is not finite. */
function notFinite(e: Expression, options: ActivationTensorOptions): number[] {
  const actual = computed(activationTensor(e, options), POINTS);
  return truth(e, POINTS).flatMap((values, i) =>
    [...values].flatMap((value, at) =>
      Math.abs(value) <= LARGEST && !Number.isFinite(actual[i][at]) ? [POINTS[at]] : []
    )
  );
}

/** Registers the tests of an engine. */
export function testTensorFunctions({ engine: name, kernel = false, exceptions }: TensorContract): void {
  const engine = kernel ? `${name} with operations of our own` : name;
  const load = () => loadEngine({ engine: name });
  for (const { name, expression, rows } of REFERENCES) {
    Deno.test(`float32 values and gradients on ${engine}: ${name}`, async () => {
      await load();
      const actual = computed(activationTensor(expression, { kernel }), Float32Array.from(rows, ([x]) => x));
      for (const [at, [x, ...expected]] of rows.entries()) {
        for (const [i, value] of expected.entries()) {
          if (value === null || Math.abs(value) > LARGEST) continue;
          const error = Math.abs(actual[i][at] - value) / Math.max(1, Math.abs(value));
          assert(error <= TOLERANCE, `${i === 0 ? "f" : "f′"}(${x}): expected ${value}, got ${actual[i][at]}`);
        }
      }
    });
  }

  for (const [name, e] of Object.entries(catalog)) {
    Deno.test(`finite for |x| ≤ 100 on ${engine}: ${name}`, async () => {
      await load();
      assertEquals(notFinite(e, { kernel }), []);
    });
  }

  // products and differences that plain operations would lose to ∞ · 0 and to rounding
  for (const text of ["x * exp(x) * exp(-exp(2 * x))", "x * exp(x - exp(2 * x))", "exp(x) * exp(-x)", "x / exp(-x)"]) {
    Deno.test(`finite for |x| ≤ 100 on ${engine}: ${text}`, async () => {
      await load();
      assertEquals(notFinite(parse(text), { kernel }), []);
    });
  }

  Deno.test(`the functions of 3 genes on ${engine} that are not finite everywhere they should be`, async () => {
    await load();
    const seen = new Set<string>();
    const found: string[] = [];
    for (const b of BINARY_CODES.keys()) {
      for (const u of UNARY_CODES.keys()) {
        for (const v of UNARY_CODES.keys()) {
          const e = decodeGenome([b, u, v]);
          const key = identityKey(e);
          if (seen.has(key)) continue;
          seen.add(key);
          const points = notFinite(e, { kernel });
          if (points.length === 0) continue;
          found.push(`${b} ${u} ${v}`);
          assert(points.every((x) => Math.abs(x) > 80), `[${b}, ${u}, ${v}] is not finite at ${points}`);
        }
      }
    }
    assertEquals(found, exceptions);
  });

  Deno.test(`tensors of any shape, and none kept, on ${engine}`, async () => {
    const tf = await load();
    const before = tf.memory().numTensors;
    for (const e of [...Object.values(catalog), parse("3"), parse("x"), parse("x * erf(sin(x)) + 2")]) {
      tf.tidy(() => {
        for (const shape of [[], [3], [2, 1, 3, 2], [0, 4]]) {
          const x = tf.ones(shape);
          assertEquals(activationTensor(e, { kernel })(x).shape, shape);
          assertEquals(tf.grad(activationTensor(e, { kernel }))(x).shape, shape);
        }
      });
    }
    assertEquals(tf.memory().numTensors, before);
  });
}
