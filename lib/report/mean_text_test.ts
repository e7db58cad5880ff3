import { assertEquals, assertThrows } from "@std/assert";
import { meanText } from "./mean_text.ts";

/** By hand: the deviation is that of a sample, over n − 1. */
const TEXTS: readonly { values: readonly number[]; scale?: number; text: string }[] = [
  { values: [], text: "–" },
  { values: [0.5], text: "0.50" },
  { values: [0.5], scale: 100, text: "50.00" },
  { values: [1, 3], text: "2.00 ± 1.41" }, // √2
  { values: [2, 4, 4, 4, 5, 5, 7, 9], text: "5.00 ± 2.14" }, // √(32/7)
  { values: [0.9, 0.92], scale: 100, text: "91.00 ± 1.41" },
  { values: [3, 3, 3], text: "3.00 ± 0.00" },
];

for (const { values, text, ...options } of TEXTS) {
  Deno.test(`[${values}] in words: ${text}`, () => assertEquals(meanText(values, options), text));
}

Deno.test("a score that is not there has no mean", () => {
  assertThrows(() => meanText([NaN, 1]), RangeError, "expected finite numbers, got NaN");
});
