import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { wholeTicks } from "./ticks.ts";

Deno.test("Ticks are whole, at most 12, and one at least where a whole number is", () => {
  fc.assert(
    fc.property(fc.nat(10_000), fc.nat(10_000), (first, length) => {
      const ticks = wholeTicks(first, first + length);
      assert(ticks.length >= 1 && ticks.length <= 12, `${ticks}`);
      assert(ticks.every((tick) => Number.isInteger(tick) && tick >= first && tick <= first + length));
    }),
    { seed: 3 },
  );
  assertEquals(wholeTicks(1, 50).slice(0, 2), [5, 10]);
});
