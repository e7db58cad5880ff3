/**
 * Ticks at whole numbers, for generations and epochs. It knows nothing of SVG.
 *
 * @module
 */

/**
 * Whole numbers from `first` to `last`, at most `most` (default: 12) of them, at multiples of 1, 2, 5, 10, 20, …
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { wholeTicks } from "./ticks.ts";
 * assertEquals(wholeTicks(1, 3), [1, 2, 3]);
 * assertEquals(wholeTicks(0, 50), [0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50]);
 * ```
 */
export function wholeTicks(first: number, last: number, { most = 12 }: { readonly most?: number } = {}): number[] {
  let step = 1;
  for (let i = 0; (last - first) / step > most - 1; i++) step = [1, 2, 5][(i + 1) % 3] * 10 ** Math.floor((i + 1) / 3);
  const ticks: number[] = [];
  for (let tick = Math.ceil(first / step) * step; tick <= last; tick += step) ticks.push(tick);
  return ticks;
}
