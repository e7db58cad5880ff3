/**
 * p-values adjusted for how many there are.
 *
 * @module
 */

function check(pValues: readonly number[]): void {
  const wrong = pValues.find((p) => !(p >= 0 && p <= 1));
  if (wrong !== undefined) {
    throw new RangeError(`Cannot adjust p-values: expected numbers from 0 to 1, got ${wrong}`);
  }
}

const ascending = (pValues: readonly number[]) => [...pValues.keys()].sort((i, j) => pValues[i] - pValues[j]);

/**
 * Bonferroni's adjustment: each p-value times their number, at most 1; valid whatever the dependence. Throws a RangeError
 * for a number that is no probability.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { bonferroni } from "./adjust.ts";
 * assertEquals(bonferroni([0.25, 0.5]), [0.5, 1]);
 * ```
 */
export function bonferroni(pValues: readonly number[]): number[] {
  check(pValues);
  return pValues.map((p) => Math.min(1, p * pValues.length));
}

/**
 * Holm's step-down adjustment, in the order of the p-values given (Scandinavian Journal of Statistics 6, 1979; R's
 * `p.adjust`): valid whatever the dependence, and never larger than Bonferroni's. Throws a RangeError for a number that is
 * no probability.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { holm } from "./adjust.ts";
 * assertEquals(holm([0.01, 0.04, 0.03, 0.005]), [0.03, 0.06, 0.06, 0.02]);
 * ```
 */
export function holm(pValues: readonly number[]): number[] {
  check(pValues);
  const adjusted = [...pValues];
  let largest = 0;
  ascending(pValues).forEach((index, step) => {
    largest = Math.max(largest, Math.min(1, pValues[index] * (pValues.length - step)));
    adjusted[index] = largest;
  });
  return adjusted;
}

/**
 * Hochberg's step-up adjustment, in the order of the p-values given (Biometrika 75, 1988; R's `p.adjust`): never larger
 * than Holm's, but valid only where the tests are independent or depend positively on each other. Throws a RangeError for
 * a number that is no probability.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { hochberg } from "./adjust.ts";
 * assertEquals(hochberg([0.25, 0.5]), [0.5, 0.5]);
 * ```
 */
export function hochberg(pValues: readonly number[]): number[] {
  check(pValues);
  const adjusted = [...pValues];
  let least = 1;
  ascending(pValues).reverse().forEach((index, step) => {
    least = Math.min(least, pValues[index] * (step + 1));
    adjusted[index] = least;
  });
  return adjusted;
}
