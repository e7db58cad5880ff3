import { assertEquals } from "@std/assert";
import { Memo } from "./node.ts";

Deno.test("Memo tells lists apart by length, order, and names from numbers", () => {
  const memo = new Memo<number>();
  const lists = [[], [1], [1, 2], [2, 1], ["1"], ["1", 2], ["x", 1], [1, 2, 3]];
  lists.forEach((parts, i) => assertEquals(memo.of(parts, () => i), i));
  lists.forEach((parts, i) => assertEquals(memo.of(parts, () => -1), i, `[${parts}] is remembered`));
  assertEquals(memo.size, lists.length);
});

Deno.test("Memo forgets all when it is full", () => {
  const memo = new Memo<string>(2);
  memo.of(["a"], () => "old");
  assertEquals(memo.of(["a"], () => "new"), "old");
  memo.of(["b"], () => "old");
  assertEquals(memo.size, 0);
  assertEquals(memo.of(["a"], () => "new"), "new");
});
