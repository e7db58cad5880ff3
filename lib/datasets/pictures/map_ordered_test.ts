import { assert, assertEquals, assertRejects } from "@std/assert";
import { mapOrdered } from "./map_ordered.ts";

async function* count(to: number): AsyncGenerator<number> {
  for (let i = 0; i < to; i++) yield i;
}

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

Deno.test("results keep the order, whichever is ready first; several are worked on at a time, but no more", async () => {
  for (const ahead of [1, 3, 50]) {
    let [running, most] = [0, 0];
    const map = async (item: number) => {
      most = Math.max(most, ++running);
      await wait(item * 7 % 5);
      running--;
      return item * 10;
    };
    const results: number[] = [];
    for await (const result of mapOrdered(count(20), { ahead, map })) results.push(result);
    assertEquals(results, Array.from({ length: 20 }, (_, i) => i * 10));
    assert(most <= ahead && most >= Math.min(ahead, 3), `${most} at a time, expected at most ${ahead}`);
  }
});

Deno.test("an error comes when its turn does, and the others' are not lost unheard", async () => {
  const results: number[] = [];
  const map = async (item: number) => {
    await wait(item === 2 ? 5 : 0);
    if (item >= 2) throw new Error(`item ${item}`);
    return item;
  };
  const run = async () => {
    for await (const result of mapOrdered(count(6), { ahead: 4, map })) results.push(result);
  };
  await assertRejects(run, Error, "item 2");
  assertEquals(results, [0, 1]);
});
