/**
 * A random split of labelled things in which every class gets its share. It knows nothing of what is split.
 *
 * @module
 */
import type { Random } from "../random.ts";

/** Options of {@linkcode stratifiedSplit}. */
export interface StratifiedSplitOptions {
  /** Size of the training part. */
  readonly train: number;
  /** Size of the validation part. */
  readonly validation: number;
  /** The generator; the split depends on its seed, not on what was drawn from it before. */
  readonly rng: Random;
}

/** Indices of the two parts, in random order. */
export interface StratifiedSplit {
  /** The training part. */
  readonly train: Uint32Array;
  /** The validation part. */
  readonly validation: Uint32Array;
}

/**
 * Splits labels into two parts that share no index. Each part has its exact size, and each class has in it the share
 * that it has in `labels`, rounded by the method of largest remainders (the lower class first where they are equal). The
 * validation part is the same for every size of the training part.
 * Throws a RangeError unless the sizes are integers of at least 0 and their sum is at most the number of labels.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { random } from "../random.ts";
 * const labels = [0, 0, 0, 0, 1, 1, 1, 1];
 * const { train, validation } = stratifiedSplit(labels, { train: 4, validation: 2, rng: random(1) });
 * assertEquals([...train].filter((index) => labels[index] === 1).length, 2);
 * assertEquals([...validation].filter((index) => labels[index] === 1).length, 1);
 * ```
 */
export function stratifiedSplit(labels: ArrayLike<number>, options: StratifiedSplitOptions): StratifiedSplit {
  const { train, validation, rng } = options;
  for (const [name, count] of Object.entries({ train, validation })) {
    if (!Number.isSafeInteger(count) || count < 0) {
      throw new RangeError(`Cannot split: expected ${name} to be an integer of at least 0, got ${count}`);
    }
  }
  if (train + validation > labels.length) {
    throw new RangeError(
      `Cannot split: expected at most ${labels.length} images in training and validation together, ` +
        `got ${train} + ${validation}`,
    );
  }
  const classes = byClass(labels);
  const sizes = classes.map((indices) => indices.length);
  const validationShares = apportion(validation, sizes);
  const trainShares = apportion(train, sizes.map((size, label) => size - validationShares[label]));
  const drawn = classes.map((indices, label) =>
    draw(indices, { count: validationShares[label] + trainShares[label], rng: rng.split(`class ${label}`) })
  );
  const shuffled = (name: string, lists: number[][]) => Uint32Array.from(rng.split(name).shuffle(lists.flat()));
  return {
    train: shuffled("train", drawn.map((indices, label) => indices.slice(validationShares[label]))),
    validation: shuffled("validation", drawn.map((indices, label) => indices.slice(0, validationShares[label]))),
  };
}

/** The first `count` elements of the list in random order: as a shuffle from the front, stopped early. */
function draw(list: readonly number[], { count, rng }: { count: number; rng: Random }): number[] {
  const copy = [...list];
  for (let i = 0; i < count; i++) {
    const j = i + rng.integer(copy.length - i);
    [copy[i], copy[j]] = [copy[j], copy[i]];
  }
  return copy.slice(0, count);
}

function byClass(labels: ArrayLike<number>): number[][] {
  const classes: number[][] = [];
  for (let i = 0; i < labels.length; i++) {
    while (classes.length <= labels[i]) classes.push([]);
    classes[labels[i]].push(i);
  }
  return classes;
}

/** Distributes `total` in proportion to the sizes; no share exceeds its size as `total` is at most their sum. */
function apportion(total: number, sizes: readonly number[]): number[] {
  const sum = sizes.reduce((a, b) => a + b, 0);
  if (sum === 0) return sizes.map(() => 0);
  const shares = sizes.map((size) => Math.floor(total * size / sum));
  const remainders = sizes.map((size) => total * size % sum); // exact: the product is below 2^53
  const left = total - shares.reduce((a, b) => a + b, 0);
  const byRemainder = [...sizes.keys()].sort((a, b) => remainders[b] - remainders[a] || a - b);
  for (const index of byRemainder.slice(0, left)) shares[index]++;
  return shares;
}
