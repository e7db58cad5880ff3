import { assert, assertEquals, assertLess, assertStrictEquals } from "@std/assert";
import { loadEngine, type Scalar, type Tensor } from "../../engine/tensorflow.ts";
import { withTrainingStep } from "../../engine/training_step.ts";
import { stochasticDepthLayer } from "./stochastic_depth_layer.ts";

const tf = await loadEngine();
const EXAMPLES = 2000;
const layer = (rate: number, seed = 5) => stochasticDepthLayer({ name: "depth", rate, seed });

/** The factor that each of many examples [3, 2] was multiplied with; all its values must have the same. */
function factors(depth: ReturnType<typeof layer>, { training }: { training: boolean }): number[] {
  const result = depth.apply(tf.ones([EXAMPLES, 3, 2]), { training }) as Tensor;
  const examples = result.arraySync() as number[][][];
  return examples.map((example) => {
    const [first, ...rest] = example.flat();
    for (const value of rest) assertStrictEquals(value, first);
    return first;
  });
}

Deno.test("stochastic depth leaves out whole examples, and keeps the mean", () => {
  for (const rate of [0.1, 0.5]) {
    const kept = factors(layer(rate), { training: true });
    assertEquals(new Set(kept), new Set([0, Math.fround(1 / (1 - rate))]));
    const share = kept.filter((factor) => factor === 0).length / EXAMPLES;
    assertLess(Math.abs(share - rate), 4 * Math.sqrt(rate * (1 - rate) / EXAMPLES)); // four standard deviations
  }
});

Deno.test("stochastic depth changes nothing in inference, nor at rate 0", () => {
  for (const [rate, training] of [[0.5, false], [0, true], [0, false]] as const) {
    assertEquals(new Set(factors(layer(rate), { training })), new Set([1]));
  }
});

Deno.test("stochastic depth is anew each step, and follows from seed and step", () => {
  const at = (step: number, seed: number) =>
    withTrainingStep(tf.scalar(step, "int32") as Scalar, () => factors(layer(0.5, seed), { training: true }));
  assertEquals(at(3, 5), at(3, 5));
  assert(at(3, 5).some((factor, i) => factor !== at(4, 5)[i]));
  assert(at(3, 5).some((factor, i) => factor !== at(3, 6)[i]));
});
