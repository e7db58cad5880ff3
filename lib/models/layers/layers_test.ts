import { assertEquals, assertNotEquals } from "@std/assert";
import { parse } from "../../activation/parse.ts";
import { loadEngine, type Tensor } from "../../engine/tensorflow.ts";
import { activationLayer, positionLayer } from "./mod.ts";

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
