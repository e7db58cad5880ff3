/**
 * What is found out of an object on demand, once, and kept as long as the object is: the value, slope, key and plan of
 * an expression, the tree and the bounds of a node.
 *
 * @module
 */

/** `find`, which is asked once for each object. */
export function kept<Key extends WeakKey, Result>(find: (key: Key) => Result): (key: Key) => Result {
  const known = new WeakMap<Key, { readonly result: Result }>();
  return (key) => {
    let entry = known.get(key);
    if (!entry) known.set(key, entry = { result: find(key) });
    return entry.result;
  };
}
