/**
 * Works on several items at a time and gives the results in the items' order.
 *
 * @module
 */
import { availableParallelism } from "node:os";

/** Options of {@linkcode mapOrdered}. */
export interface MapOrderedOptions<T, R> {
  readonly map: (item: T) => Promise<R>;
  /** How many items are worked on at a time (default: four for each processor). */
  readonly ahead?: number;
}

/** Results in the order of the items, whichever is ready first. An error is thrown where its result would come. */
export async function* mapOrdered<T, R>(
  items: AsyncIterable<T> | Iterable<T>,
  { map, ahead = 4 * availableParallelism() }: MapOrderedOptions<T, R>,
): AsyncGenerator<R> {
  const pending: Promise<R>[] = [];
  for await (const item of items) {
    const result = map(item);
    result.catch(() => {}); // it is heard of when its turn comes, or an earlier one failed
    pending.push(result);
    if (pending.length >= ahead) yield await pending.shift()!;
  }
  while (pending.length > 0) yield await pending.shift()!;
}
