/**
 * Distributions of initial weights, as plain values that can be saved with a layer.
 *
 * @module
 */
import { engine, type TensorFlow } from "../../engine/mod.ts";

/** How initial weights are distributed. */
export type InitialWeights =
  /** Uniform, by the number of inputs and outputs (Glorot, Bengio, AISTATS 2010). */
  | { readonly kind: "glorotUniform" }
  /** Normal around 0. */
  | { readonly kind: "normal"; readonly deviation: number }
  /** As normal, but what lies beyond two deviations is drawn again; `deviation` is the one before that. */
  | { readonly kind: "truncatedNormal"; readonly deviation: number };

/** The normal distribution of He et al. (ICCV 2015) for weights that sum up `inputs` values. */
export function heNormal(inputs: number): InitialWeights {
  return { kind: "normal", deviation: Math.sqrt(2 / inputs) };
}

/** tfjs's initializer of that distribution. `seed` is a 31-bit integer. */
export function initializer(
  weights: InitialWeights,
  { seed }: { seed: number },
): ReturnType<TensorFlow["initializers"]["zeros"]> {
  const { initializers } = engine();
  switch (weights.kind) {
    case "glorotUniform":
      return initializers.glorotUniform({ seed });
    case "normal":
      return initializers.randomNormal({ mean: 0, stddev: weights.deviation, seed });
    case "truncatedNormal":
      return initializers.truncatedNormal({ mean: 0, stddev: weights.deviation, seed });
  }
}
