/**
 * The weights, images and labels of the reference values, given by a formula so that no file has to hold them:
 * u(phase, n)[i] = frac(sin(phase + 12.9898·i) · 43758.5453), r = 2u − 1. A weight's phase is salt + 0.37 · (sum of the
 * character codes of its layer's name) + 1.7 · (its index in the layer).
 *
 * @module
 */
import { engine, type LayersModel } from "../../engine/tensorflow.ts";

/** n numbers in [0, 1). */
export function uniform(phase: number, n: number): Float64Array {
  return Float64Array.from({ length: n }, (_, i) => {
    const value = Math.sin(phase + 12.9898 * i) * 43758.5453;
    return value - Math.floor(value);
  });
}

/** A weight as reference files list it: path, index in its layer, shape. */
export type WeightFact = readonly [path: string, index: number, shape: readonly number[]];

/** Gives a model the reference weights; `kernelScale` is the numerator under the root of a kernel's scale. */
export function setReferenceWeights(model: LayersModel, options: {
  readonly weights: readonly WeightFact[];
  readonly salt: number;
  readonly kernelScale: number;
}): void {
  const { weights, salt, kernelScale } = options;
  const tf = engine();
  const layers = new Map(model.layers.map((layer) => [layer.name, layer]));
  const byLayer = Map.groupBy(weights, ([path]) => path.split("/")[0]);
  for (const [name, facts] of byLayer) {
    const codes = [...name].reduce((sum, letter) => sum + letter.charCodeAt(0), 0);
    const tensors = facts.map(([path, index, shape]) => {
      const size = shape.reduce((product, length) => product * length, 1);
      const fanIn = size / shape[shape.length - 1];
      const scale = path.endsWith("kernel") ? Math.sqrt(kernelScale / fanIn) : 0.1;
      const values = uniform(salt + 0.37 * codes + 1.7 * index, size).map((u) => (2 * u - 1) * scale);
      return tf.tensor(Float32Array.from(values), [...shape]);
    });
    layers.get(name)!.setWeights(tensors);
    tf.dispose(tensors);
  }
}

/** `count` images in [−1, 1), flat, row-major [count, size, size, channels]. */
export function referenceImages(phase: number, shape: readonly number[]): Float32Array {
  return Float32Array.from(uniform(phase, shape.reduce((product, length) => product * length, 1)), (u) => 2 * u - 1);
}
