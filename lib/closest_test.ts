import { assertEquals } from "@std/assert";
import { closest, didYouMean } from "./closest.ts";

const WORDS = ["seed", "workers", "json"];

for (
  const [word, meant] of [
    ["seed", "seed"],
    ["SEED", "seed"],
    ["sede", "seed"],
    ["sd", undefined],
    ["wrkers", "workers"],
    ["work", "workers"],
    ["x", undefined],
  ] as const
) {
  Deno.test(`the word closest to ${word} is ${meant}`, () => assertEquals(closest(word, WORDS), meant));
}

Deno.test("a question only where another word is close", () => {
  assertEquals(["sede", "seed", "x"].map((word) => didYouMean(word, WORDS)), ["; did you mean seed?", "", ""]);
});
