/**
 * Works on several items at a time and gives the results in the items' order.
 *
 * @module
 */

/** Options of {@linkcode mapOrdered}. */
export interface MapOrderedOptions<T, R> {
  /** How many items are worked on at a time. */
  readonly ahead: number;
  readonly map: (item: T) => Promise<R>;
}

/** Results in the order of the items, whichever is ready first. An error is thrown where its result would come. */
export async function* mapOrdered<T, R>(
  items: AsyncIterable<T>,
  { ahead, map }: MapOrderedOptions<T, R>,
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
