import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { signedRankInterval } from "./signed_rank_interval.ts";
import { wilcoxonSignedRank } from "./wilcoxon.ts";

/** The depression scores of R's example of `wilcox.test` (Hollander and Wolfe, 1973, pages 29 and 35). */
const FIRST = [1.83, 0.5, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.3];
const SECOND = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29];

Deno.test("Hollander and Wolfe's example: -.46, and from -.786 to -.010 with 96 %", () => {
  const { estimate, interval } = signedRankInterval(SECOND, FIRST, { alpha: 0.04 });
  assertAlmostEquals(estimate, -0.46, 1e-12);
  assertAlmostEquals(interval!.low, -0.786, 1e-12);
  assertAlmostEquals(interval!.high, -0.01, 1e-12);
});

const differences = fc.uniqueArray(fc.integer({ min: 1, max: 999 }), { minLength: 1, maxLength: 12 })
  .chain((sizes) => fc.tuple(...sizes.map((size) => fc.constantFrom(size, -size))));
const zeros = (list: readonly number[]) => list.map(() => 0);

Deno.test("the interval leaves 0 out where the test rejects it, and nowhere else", () => {
  fc.assert(fc.property(differences, fc.constantFrom(0.01, 0.05, 0.2), (list, alpha) => {
    const { interval } = signedRankInterval(list, zeros(list), { alpha });
    const rejects = wilcoxonSignedRank(list, zeros(list)).pValue < alpha;
    assertEquals(interval !== null && (interval.low > 0 || interval.high < 0), rejects);
  }));
});

Deno.test("estimate and interval move with the scores and turn with their sign", () => {
  fc.assert(fc.property(differences, (list) => {
    const { estimate, interval } = signedRankInterval(list, zeros(list));
    const moved = signedRankInterval(list.map((d) => d + 7), zeros(list));
    assertAlmostEquals(moved.estimate, estimate + 7, 1e-9);
    const turned = signedRankInterval(zeros(list), list);
    assertAlmostEquals(turned.estimate, -estimate, 1e-9);
    assertEquals(interval && { low: -interval.high, high: -interval.low }, turned.interval);
    assert(interval === null || (interval.low <= estimate && estimate <= interval.high));
  }));
});

Deno.test("five pairs cannot reject anything at .05, six can", () => {
  assertEquals(signedRankInterval([1, 2, 3, 4, 5], [0, 0, 0, 0, 0]).interval, null);
  assertEquals(signedRankInterval([1, 2, 3, 4, 5, 6], [0, 0, 0, 0, 0, 0]).interval, { low: 1, high: 6 });
});

Deno.test("what is no pair of finite numbers is refused", () => {
  assertThrows(() => signedRankInterval([1], [NaN]), RangeError, "finite");
  assertThrows(() => signedRankInterval([1], []), RangeError);
  assertThrows(() => signedRankInterval([1], [0], { alpha: 1 }), RangeError);
});
