/**
 * Ticks at whole numbers, for generations and epochs, and the format of others.
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

/**
 * The format of ticks, as d3-format takes it: with SI prefixes where the numbers would be long, else the usual one.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { tickFormat } from "./ticks.ts";
 * assertEquals(tickFormat([0, 20]), undefined);
 * assertEquals(tickFormat([0, 2e9]), "~s");
 * assertEquals(tickFormat([0, 2e40]), ".2~e");
 * ```
 */
export function tickFormat(values: readonly number[]): string | undefined {
  const greatest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (greatest === 0 || (greatest >= 0.01 && greatest < 1e5)) return undefined;
  return greatest >= 1e-15 && greatest < 1e18 ? "~s" : ".2~e";
}
