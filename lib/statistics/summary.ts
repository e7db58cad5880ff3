/**
 * Mean, median and standard deviation.
 *
 * @module
 */

function check(values: readonly number[], { what, least }: { what: string; least: number }): void {
  if (values.length < least) {
    throw new RangeError(`Cannot give the ${what}: expected at least ${least} number(s), got ${values.length}`);
  }
  const wrong = values.find((value) => !Number.isFinite(value));
  if (wrong !== undefined) {
    throw new RangeError(`Cannot give the ${what}: expected finite numbers, got ${wrong}; leave it out or replace it`);
  }
}

/**
 * The arithmetic mean. Throws a RangeError for an empty list and for numbers that are not finite.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { mean } from "./summary.ts";
 * assertEquals(mean([1, 2, 6]), 3);
 * ```
 */
export function mean(values: readonly number[]): number {
  check(values, { what: "mean", least: 1 });
  const first = values.reduce((sum, value) => sum + value, 0) / values.length;
  // A second pass takes the rounding errors of the first one away: the mean of equal numbers is that number.
  return first + values.reduce((sum, value) => sum + (value - first), 0) / values.length;
}

/**
 * The median: the mean of the two middle ones where their number is even. Throws a RangeError for an empty list and for
 * numbers that are not finite.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { median } from "./summary.ts";
 * assertEquals([median([5, 1, 2]), median([1, 2, 4, 9])], [2, 3]);
 * ```
 */
export function median(values: readonly number[]): number {
  check(values, { what: "median", least: 1 });
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * The sample standard deviation, with n − 1 in the denominator. Throws a RangeError for fewer than 2 numbers and for
 * numbers that are not finite.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { standardDeviation } from "./summary.ts";
 * assertEquals(standardDeviation([1, 3, 5]), 2);
 * ```
 */
export function standardDeviation(values: readonly number[]): number {
  check(values, { what: "sample standard deviation", least: 2 });
  const centre = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1));
}
