/**
 * The few tensor operations that TensorFlow has and TensorFlow.js has not, or has with more passes over the memory:
 * the one on TensorFlow, a portable form elsewhere. They have no gradient of their own (see tensor.ts).
 *
 * @module
 */
import { nativeBackend, type Tensor, type TensorFlow } from "../engine/mod.ts";

/** Runs TensorFlow's operation `name`; undefined where the engine is not TensorFlow. */
export function native(name: string, { inputs, attributes = {} }: {
  readonly inputs: readonly Tensor[];
  readonly attributes?: Readonly<Record<string, number>>;
}): Tensor | undefined {
  const backend = nativeBackend();
  if (!backend) return undefined;
  const { TF_ATTR_TYPE, TF_ATTR_FLOAT, TF_FLOAT } = backend.binding;
  const floats = Object.entries(attributes).map(([key, value]) => ({ name: key, type: TF_ATTR_FLOAT, value }));
  return backend.executeSingleOutput(name, [{ name: "T", type: TF_ATTR_TYPE, value: TF_FLOAT }, ...floats], inputs);
}

/** `yes` where a > b, else `no`; what is not chosen may be ∞ or NaN. */
export function rawWhere(tf: TensorFlow, a: Tensor, b: Tensor, yes: Tensor, no: Tensor): Tensor {
  const condition = tf.greater(a, b);
  return native("SelectV2", { inputs: [condition, yes, no] }) ?? tf.where(condition, yes, no);
}

/** a · b, and 0 where b is 0, even if a is ∞ or NaN. */
export function rawProductOrZero(tf: TensorFlow, a: Tensor, b: Tensor): Tensor {
  return native("MulNoNan", { inputs: [a, b] }) ?? tf.where(tf.equal(b, 0), tf.zerosLike(b), tf.mul(a, b));
}

/** The error function, with a relative error of some 1e-6. */
export function rawErf(tf: TensorFlow, x: Tensor): Tensor {
  if (nativeBackend()) return tf.erf(x);
  // TensorFlow.js's own is accurate to 1e-7 of 1 only: near 0 it gives noise
  const square = tf.square(x);
  const series = tf.mul(
    tf.mul(x, 2 / Math.sqrt(Math.PI)),
    tf.add(tf.mul(square, tf.sub(tf.mul(square, 0.1), 1 / 3)), 1),
  );
  return tf.where(tf.less(square, 0.01), series, tf.erf(x));
}

/** Coefficients of t⁰, t¹, … (Press et al., Numerical Recipes, 2nd ed., section 6.2, `erfcc`). */
const ERFCC = [
  -1.26551223,
  1.00002368,
  0.37409196,
  0.09678418,
  -0.18628806,
  0.27886807,
  -1.13520398,
  1.48851587,
  -0.82215223,
  0.17087277,
];

/** The complementary error function, with a relative error of some 1e-6. */
export function rawErfc(tf: TensorFlow, x: Tensor): Tensor {
  const exact = native("Erfc", { inputs: [x] });
  if (exact) return exact;
  const size = tf.abs(x);
  const t = tf.reciprocal(tf.add(tf.mul(size, 0.5), 1));
  const polynomial = ERFCC.reduceRight<Tensor>((sum, c) => tf.add(tf.mul(sum, t), c), tf.zerosLike(t));
  const tail = tf.mul(t, tf.exp(tf.sub(polynomial, tf.square(size))));
  return tf.where(tf.greaterEqual(x, 0), tail, tf.sub(2, tail));
}
