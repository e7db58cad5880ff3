/**
 * Where a decreasing function takes a value. It knows nothing of distributions.
 *
 * @module
 */

/**
 * The x in [0, ∞) at which a function that does not increase there takes the value `target`, to the last digits that
 * float64 has: the bracket is doubled, then halved. The function must be at least `target` at 0 and below it somewhere.
 *
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { solveDecreasing } from "./solve.ts";
 * assertAlmostEquals(solveDecreasing((x) => 1 / (1 + x * x), 0.2), 2, 1e-15);
 * ```
 */
export function solveDecreasing(f: (x: number) => number, target: number): number {
  let [low, high] = [0, 1];
  while (f(high) >= target) [low, high] = [high, 2 * high];
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return middle;
    if (f(middle) >= target) low = middle;
    else high = middle;
  }
}
