/**
 * Masks that are random anew in each training step but follow from a seed.
 *
 * @module
 */
import { engine, randomUniform, type Tensor, trainingStep } from "../../engine/mod.ts";

/** Draws for each place of a shape whether its value is kept (bool): it is not with probability `rate`, in [0, 1). */
export type RandomMask = (shape: readonly number[], rate: number) => Tensor;

/**
 * A source of masks. In the k-th training step it draws by (seed, k); where nobody counts steps (see `trainingStep`), its
 * k-th call does.
 */
export function randomMask(seed: number): RandomMask {
  let calls = 0;
  return (shape, rate) => engine().greaterEqual(randomUniform(shape, [seed, trainingStep() ?? calls++]), rate);
}

/** A mask as factors whose mean is 1: 0, and 1/(1 − rate) for what is kept. */
export function factors(kept: Tensor, rate: number): Tensor {
  const tf = engine();
  return tf.mul(tf.cast(kept, "float32"), 1 / (1 - rate));
}
