import { assert, assertEquals, assertLess, assertNotEquals } from "@std/assert";
import { loadEngine, type Tensor } from "../../engine/tensorflow.ts";
import { random } from "../../random.ts";
import { attentionLayer } from "./attention_layer.ts";

const tf = await loadEngine();
const [BATCH, TOKENS, WIDTH, HEADS, SIZE] = [2, 5, 6, 3, 4];
const layer = (options: { dropout?: number; seed?: number } = {}) => {
  const { dropout = 0, seed = 1 } = options;
  const initial = { kind: "normal", deviation: 0.5 } as const;
  return attentionLayer({ name: "mha", heads: HEADS, headSize: SIZE, dropout, initial, seed });
};
const rng = random(3);
const values = (count: number) => Array.from({ length: count }, () => 2 * rng.next() - 1);
const input = values(BATCH * TOKENS * WIDTH);
const tensor = () => tf.tensor(input, [BATCH, TOKENS, WIDTH]);

/** The formula of Vaswani et al. (2017), number by number; weights in the order of Keras's layer. */
function attention(x: readonly number[], { weights }: { readonly weights: readonly (readonly number[])[] }) {
  const sum = (count: number, term: (i: number) => number) =>
    Array.from({ length: count }, (_, i) => term(i)).reduce((a, b) => a + b, 0);
  const projected = (part: number, [b, t, h, s]: readonly number[]) => {
    const kernel = weights[2 * part];
    const bias = weights[2 * part + 1][h * SIZE + s];
    return bias + sum(WIDTH, (w) => x[(b * TOKENS + t) * WIDTH + w] * kernel[(w * HEADS + h) * SIZE + s]);
  };
  const [kernel, bias] = weights.slice(6);
  const result: number[] = [];
  for (let b = 0; b < BATCH; b++) {
    for (let t = 0; t < TOKENS; t++) {
      const mixed = Array.from({ length: HEADS * SIZE }, (_, at) => {
        const [h, s] = [Math.floor(at / SIZE), at % SIZE];
        const scores = Array.from(
          { length: TOKENS },
          (_, u) =>
            Math.exp(sum(SIZE, (k) => projected(0, [b, t, h, k]) * projected(1, [b, u, h, k])) / Math.sqrt(SIZE)),
        );
        const total = scores.reduce((a, c) => a + c, 0);
        return sum(TOKENS, (u) => scores[u] / total * projected(2, [b, u, h, s]));
      });
      for (let w = 0; w < WIDTH; w++) {
        result.push(bias[w] + sum(HEADS * SIZE, (at) => mixed[at] * kernel[at * WIDTH + w]));
      }
    }
  }
  return result;
}

Deno.test("attention is the formula's", () => {
  const mha = layer();
  assertEquals((mha.apply(tensor()) as Tensor).shape, [BATCH, TOKENS, WIDTH]);
  const shapes = [[WIDTH, HEADS, SIZE], [HEADS, SIZE]];
  assertEquals(mha.weights.map(({ shape }) => shape as number[]), [
    ...[...shapes, ...shapes, ...shapes],
    ...[[HEADS, SIZE, WIDTH], [WIDTH]],
  ]);
  const random = mha.weights.map(({ shape }) => values((shape as number[]).reduce((a, b) => a * b)));
  mha.setWeights(random.map((weight, i) => tf.tensor(weight, mha.weights[i].shape as number[])));
  const result = (mha.apply(tensor()) as Tensor).dataSync();
  const expected = attention(input, { weights: random });
  for (const [i, value] of result.entries()) assertLess(Math.abs(value - expected[i]), 1e-5);
  mha.dispose();
});

Deno.test("attention's gradients agree with differences", () => {
  const mha = layer();
  const loss = (x: Tensor) => tf.sum(tf.square(mha.apply(x) as Tensor));
  const gradient = tf.grad(loss as never)(tensor()).dataSync();
  const h = 1e-2;
  for (const at of [0, 7, 31, input.length - 1]) {
    const [up, down] = [h, -h].map((change) => {
      const moved = input.map((value, i) => i === at ? value + change : value);
      return loss(tf.tensor(moved, [BATCH, TOKENS, WIDTH])).dataSync()[0];
    });
    const slope = (up - down) / (2 * h);
    assertLess(Math.abs(gradient[at] - slope), 2e-3 * Math.max(1, Math.abs(slope)));
  }
  mha.dispose();
});

Deno.test("attention's dropout acts in training only, anew each time, by the seed", () => {
  const results = (seed: number) => {
    const mha = layer({ dropout: 0.5, seed });
    const run = (training: boolean) => [...(mha.apply(tensor(), { training }) as Tensor).dataSync()];
    const all = [run(false), run(true), run(true), run(false)];
    mha.dispose();
    return all;
  };
  const [first, second, third, fourth] = results(1);
  assertEquals(first, fourth);
  assertNotEquals(first, second);
  assertNotEquals(second, third);
  assertEquals(results(1), [first, second, third, fourth]);
  assert(results(2)[1][0] !== second[0]);
});
