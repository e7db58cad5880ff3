import { assertEquals } from "@std/assert";
import { formatDuration } from "./duration.ts";

for (
  const [seconds, text] of [
    [0.4, "0 s"],
    [59.4, "59 s"],
    [59.6, "1 min 0 s"],
    [125, "2 min 5 s"],
    [7_500, "2 h 5 min"],
    [2 * 86_400 + 3_600, "2 days 1 h"],
    [-1, "0 s"],
    [Infinity, "an unknown time"],
    [NaN, "an unknown time"],
  ] as const
) {
  Deno.test(`${seconds} seconds are ${text}`, () => assertEquals(formatDuration(seconds), text));
}
