/**
 * Room between labels that stand in a column.
 *
 * @module
 */

/** Where {@linkcode spread} may move positions. */
export interface SpreadOptions {
  /** The least distance of two positions. */
  readonly gap: number;
  /** The least position. */
  readonly low: number;
  /** The greatest position, unless there are too many for it. */
  readonly high: number;
}

/**
 * The positions, moved as little as possible (least squares) until each is at least `gap` from the next, in the same
 * order.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { spread } from "./spread.ts";
 * assertEquals(spread([50, 90, 50], { gap: 10, low: 0, high: 100 }), [45, 90, 55]);
 * ```
 */
export function spread(positions: readonly number[], { gap, low, high }: SpreadOptions): number[] {
  const order = [...positions.keys()].sort((i, j) => positions[i] - positions[j]);
  // without the gaps the least squares in ascending order are means of neighbours (pool adjacent violators)
  const pools: { mean: number; members: number[] }[] = [];
  for (const [place, index] of order.entries()) {
    let pool = { mean: positions[index] - gap * place, members: [index] };
    while (pools.length > 0 && pools[pools.length - 1].mean > pool.mean) {
      const { mean, members } = pools.pop()!;
      const count = members.length + pool.members.length;
      pool = {
        mean: (mean * members.length + pool.mean * pool.members.length) / count,
        members: [...members, ...pool.members],
      };
    }
    pools.push(pool);
  }
  const last = high - gap * (positions.length - 1);
  const moved = [...positions];
  let place = 0;
  for (const { mean, members } of pools) {
    for (const index of members) moved[index] = Math.max(low, Math.min(last, mean)) + gap * place++;
  }
  return moved;
}
