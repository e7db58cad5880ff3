import { assertEquals, assertLess } from "@std/assert";
import { loadEngine, type Tensor } from "../../engine/tensorflow.ts";
import { attend } from "./attend.ts";

const tf = await loadEngine();
const SHAPE = [2, 3, 5, 4];
const [query, key, value, target] = [1, 2, 3, 4].map((seed) => tf.randomUniform(SHAPE, -1, 1, "float32", seed));
const kept = tf.greaterEqual(tf.randomUniform([2, 3, 5, 5], 0, 1, "float32", 5), 0.4);

/** The same, of tfjs's operations, which it differentiates. */
function plain([query, key, value]: readonly Tensor[], rate: number): Tensor {
  const weights = tf.softmax(tf.mul(tf.matMul(query, key, false, true), 1 / Math.sqrt(SHAPE[3])));
  const factors = rate > 0 ? tf.mul(tf.cast(kept, "float32"), 1 / (1 - rate)) : tf.scalar(1);
  return tf.matMul(tf.mul(weights, factors), value);
}

for (const rate of [0, 0.4]) {
  Deno.test(`attention and its gradients are those of tfjs's operations, with dropout ${rate}`, () => {
    const own = ([query, key, value]: readonly Tensor[]) =>
      attend({ query, key, value, dropout: rate > 0 ? { kept, rate } : undefined });
    const [mine, theirs] = [own, (inputs: readonly Tensor[]) => plain(inputs, rate)].map((f) => {
      const loss = (...inputs: Tensor[]) => tf.sum(tf.mul(f(inputs), target));
      return [f([query, key, value]), ...tf.grads(loss as never)([query, key, value])];
    });
    assertEquals(mine.map(({ shape }) => shape), Array(4).fill(SHAPE));
    for (const [i, tensor] of mine.entries()) {
      assertLess(tf.max(tf.abs(tf.sub(tensor, theirs[i]))).dataSync()[0], 2e-6);
    }
  });
}
