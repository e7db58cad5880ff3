import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { mean, standardDeviation } from "./summary.ts";

// Worked by hand; the last one is a test of cancellation (Chan, Golub, LeVeque, "Algorithms for computing the sample
// variance", The American Statistician 37, 1983, on the textbook formula).
const TABLE: { values: number[]; average: number; deviation: number }[] = [
  { values: [2, 4, 4, 4, 5, 5, 7, 9], average: 5, deviation: Math.sqrt(32 / 7) },
  { values: [-1, 1], average: 0, deviation: Math.SQRT2 },
  { values: [0.1, 0.1, 0.1], average: 0.1, deviation: 0 },
  { values: [1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16], average: 1e9 + 10, deviation: Math.sqrt(30) },
];

for (const { values, average, deviation } of TABLE) {
  Deno.test(`mean and standard deviation of [${values}]`, () => {
    assertEquals(mean(values), average);
    assertAlmostEquals(standardDeviation(values), deviation, 1e-14 * deviation);
  });
}

Deno.test("mean and standard deviation: too few numbers, or not finite ones", () => {
  assertEquals(mean([3]), 3);
  assertThrows(() => mean([]), RangeError, "at least 1");
  assertThrows(() => standardDeviation([3]), RangeError, "at least 2");
  for (const wrong of [NaN, Infinity]) {
    assertThrows(() => mean([1, wrong]), RangeError, String(wrong));
    assertThrows(() => standardDeviation([1, wrong]), RangeError, String(wrong));
  }
});
