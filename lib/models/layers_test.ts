import { assertEquals, assertNotEquals } from "@std/assert";
import { parse } from "../activation/parse.ts";
import { loadEngine, type Tensor } from "../engine/tensorflow.ts";
import { activationLayer, poolingPaddingLayer, positionLayer } from "./layers.ts";

const tf = await loadEngine();

Deno.test("an activation layer applies its expression to any shape", () => {
  const layer = activationLayer(parse("x^2 - 1"), { name: "act" });
  for (const shape of [[4], [2, 2], [1, 2, 1, 2]]) {
    const result = layer.apply(tf.tensor([1, -2, 3, 0], shape)) as Tensor;
    assertEquals(result.shape, shape);
    assertEquals([...result.dataSync()], [0, 3, 8, -1]);
  }
  assertEquals(layer.getConfig().expression, "x^2 - 1");
});

Deno.test("positions are added to the tokens of every example, and follow from the seed", () => {
  const initial = { kind: "normal", deviation: 0.2 } as const;
  const added = (seed: number) => {
    const layer = positionLayer({ name: "position", initial, seed });
    const [first, second] = tf.unstack(layer.apply(tf.zeros([2, 3, 4])) as Tensor);
    assertEquals([...first.dataSync()], [...layer.getWeights()[0].dataSync()]);
    assertEquals([...first.dataSync()], [...second.dataSync()]);
    assertEquals(layer.weights.map(({ shape }) => shape as number[]), [[3, 4]]);
    layer.dispose();
    return [...first.dataSync()];
  };
  assertEquals(added(1), added(1));
  assertNotEquals(added(1), added(2));
});

// PyTorch's max_pool2d(kernel_size=3, stride=2, padding=1) of -1 … -16 in rows of 4: its padding is never the largest
Deno.test("max pooling after the padding takes no value from the border", () => {
  const padding = poolingPaddingLayer({ name: "pad", padding: 1 });
  const pooling = tf.layers.maxPooling2d({ poolSize: 3, strides: 2 });
  const x = tf.tensor(Array.from({ length: 16 }, (_, i) => -1 - i), [1, 4, 4, 1]);
  const pooled = pooling.apply(padding.apply(x)) as Tensor;
  assertEquals(pooled.shape, [1, 2, 2, 1]);
  assertEquals([...pooled.dataSync()], [-1, -2, -5, -6]);
});
