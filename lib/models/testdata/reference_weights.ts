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
  const numbers = new Float64Array(n); // a loop: networks have tens of millions of weights
  for (let i = 0; i < n; i++) {
    const value = Math.sin(phase + 12.9898 * i) * 43758.5453;
    numbers[i] = value - Math.floor(value);
  }
  return numbers;
}

/** A weight as reference files list it: path, index in its layer, shape. */
export type WeightFact = readonly [path: string, index: number, shape: readonly number[]];

/** The number of values that a kernel sums up, as the reference counts it. */
function fanInOf(path: string, shape: readonly number[]): number {
  if (path.startsWith("conv_dw_")) return 9; // a depthwise kernel, [3, 3, channels, 1]
  if (/\/(query|key|value)\/kernel$/.test(path)) return shape[0];
  return shape.slice(0, -1).reduce((product, length) => product * length, 1);
}

/** A weight's values are middle + scale · r. */
function scaling(path: string, { shape, kernelScale }: { shape: readonly number[]; kernelScale: number }) {
  if (path.endsWith("kernel")) return { middle: 0, scale: Math.sqrt(kernelScale / fanInOf(path, shape)) };
  if (path.endsWith("gamma")) return { middle: 1, scale: 0.1 };
  if (path.endsWith("moving_variance")) return { middle: 1.25, scale: 0.25 }; // 1 + 0.5 · (r + 1)/2
  return { middle: 0, scale: 0.1 };
}

/**
 * Gives a model the reference weights. `kernelScale` is the numerator under the root of a kernel's scale; `phaseNames`
 * are names that the formula takes for layers in the place of their own.
 */
export function setReferenceWeights(model: LayersModel, options: {
  readonly weights: readonly WeightFact[];
  readonly salt: number;
  readonly kernelScale: number;
  readonly phaseNames?: Readonly<Record<string, string>>;
}): void {
  const { weights, salt, kernelScale, phaseNames = {} } = options;
  const tf = engine();
  const layers = new Map(model.layers.map((layer) => [layer.name, layer]));
  // the reference calls the layer of pool_1's weights `pool`
  const byLayer = Map.groupBy(weights, ([path]) => path.split("/")[0].replace(/^pool_1$/, "pool"));
  for (const [name, facts] of byLayer) {
    const codes = [...phaseNames[name] ?? name].reduce((sum, letter) => sum + letter.charCodeAt(0), 0);
    const tensors = facts.map(([path, index, shape]) => {
      const size = shape.reduce((product, length) => product * length, 1);
      const { middle, scale } = scaling(path, { shape, kernelScale });
      const numbers = uniform(salt + 0.37 * codes + 1.7 * index, size);
      for (let i = 0; i < size; i++) numbers[i] = middle + scale * (2 * numbers[i] - 1);
      return tf.tensor(Float32Array.from(numbers), [...shape]);
    });
    layers.get(name)!.setWeights(tensors);
    tf.dispose(tensors);
  }
}

/** `count` images in [−1, 1), flat, row-major [count, size, size, channels]. */
export function referenceImages(phase: number, shape: readonly number[]): Float32Array {
  return Float32Array.from(uniform(phase, shape.reduce((product, length) => product * length, 1)), (u) => 2 * u - 1);
}
