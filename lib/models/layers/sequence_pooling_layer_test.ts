import { assertAlmostEquals, assertEquals } from "@std/assert";
import { loadEngine, type Tensor } from "../../engine/tensorflow.ts";
import { sequencePoolingLayer } from "./sequence_pooling_layer.ts";

const tf = await loadEngine();
const pooling = () => sequencePoolingLayer({ name: "pool", initial: { kind: "glorotUniform" }, seed: 1 });
const X = [[[1, 2], [3, -1], [0, 4]], [[-2, 0], [1, 1], [5, 2]]];

// softmax over the tokens' scores, by hand
Deno.test("sequence pooling weighs tokens by the softmax of their scores", () => {
  const layer = pooling();
  const x = tf.tensor3d(X);
  assertEquals((layer.apply(x) as Tensor).shape, [2, 2]);
  assertEquals(layer.weights.map(({ shape }) => shape as number[]), [[2, 1], [1]]);
  const [a, b, bias] = [0.5, -0.25, 3];
  layer.setWeights([tf.tensor([a, b], [2, 1]), tf.tensor1d([bias])]);
  const result = (layer.apply(x) as Tensor).dataSync();
  const expected = X.flatMap((tokens) => {
    const weights = tokens.map(([u, v]) => Math.exp(a * u + b * v + bias));
    const total = weights.reduce((sum, weight) => sum + weight);
    return [0, 1].map((k) => tokens.reduce((sum, token, i) => sum + token[k] * weights[i] / total, 0));
  });
  for (const [i, value] of result.entries()) assertAlmostEquals(value, expected[i], 1e-6);
  layer.dispose();
});

Deno.test("sequence pooling with a kernel of 0 is the tokens' mean, and no order of tokens matters", () => {
  const layer = pooling();
  const x = tf.tensor3d(X);
  layer.apply(x);
  const pooled = (tensor: Tensor) => [...(layer.apply(tensor) as Tensor).dataSync()];
  for (const [i, value] of pooled(tf.reverse(x, 1)).entries()) assertAlmostEquals(value, pooled(x)[i], 1e-6);
  layer.setWeights([tf.zeros([2, 1]), tf.zeros([1])]);
  for (const [i, value] of [4 / 3, 5 / 3, 4 / 3, 1].entries()) assertAlmostEquals(pooled(x)[i], value, 1e-6);
  layer.dispose();
});
