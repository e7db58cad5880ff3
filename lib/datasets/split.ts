/**
 * How the images of a data set are split into parts: at random with a seed where the user says how many, and always in
 * the same way where a set has no official parts.
 *
 * @module
 */
import { type Random, random } from "../random.ts";
import { type DatasetCounts, type Part, PARTS } from "./dataset.ts";

/** Numbers of images. */
export interface PartSizes {
  /** Images to train on. */
  readonly train: number;
  /** Images that select. */
  readonly validation: number;
  /** Images that are measured once, at the end. */
  readonly test: number;
}

/**
 * The sizes of the parts: what is asked for, or all of a part that the set has. Validation images of a set without such
 * a part are taken off its training images, a sixth unless another number is asked for. Throws a RangeError for more
 * images than there are.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { partSizes } from "./split.ts";
 * const counts = { train: 60_000, test: 10_000 };
 * assertEquals(partSizes(counts), { train: 50_000, validation: 10_000, test: 10_000 });
 * assertEquals(partSizes(counts, { validation: 5_000, test: 500 }), { train: 55_000, validation: 5_000, test: 500 });
 * ```
 */
export function partSizes(counts: DatasetCounts, asked: Partial<PartSizes> = {}): PartSizes {
  const { validation = counts.validation ?? Math.round(counts.train / 6), test = counts.test } = asked;
  const most = {
    validation: counts.validation ?? counts.train,
    train: counts.validation === undefined ? counts.train - validation : counts.train,
    test: counts.test,
  };
  const sizes = { train: asked.train ?? Math.max(0, most.train), validation, test };
  for (const part of ["validation", "train", "test"] as const) {
    if (sizes[part] <= most[part]) continue;
    const beside = part === "train" && counts.validation === undefined ? ` beside ${validation} for validation` : "";
    throw new RangeError(
      `Cannot take ${sizes[part]} images for ${part}: expected at most ${most[part]}${beside}, got ${sizes[part]}`,
    );
  }
  return sizes;
}

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
 * Splits labels at random into two parts that share no index. Each part has its exact size, and each class has in it the
 * share that it has in `labels`, rounded by the method of largest remainders (the lower class first where they are
 * equal). The validation part is the same for every size of the training part. Throws a RangeError unless the sizes are
 * integers of at least 0 and their sum is at most the number of labels.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { random } from "../random.ts";
 * import { stratifiedSplit } from "./split.ts";
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
  const classes = indicesByClass(labels);
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

function indicesByClass(labels: ArrayLike<number>): number[][] {
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

/** Indices of the images of each part. */
export interface PartIndices {
  readonly train: readonly number[];
  /** Absent where a validation part is to be split off the training images. */
  readonly validation?: readonly number[];
  readonly test: readonly number[];
}

/** Sizes of two parts in per cent of the images, rounded up; the rest is for training. */
export interface PartShares {
  /** Validation images, in per cent. */
  readonly validation: number;
  /** Test images, in per cent. */
  readonly test: number;
}

/** The images' labels and how large the parts are to be. */
export interface FixedSplitOptions {
  readonly shares: PartShares;
  /** The class of each image, in an order that is always the same. */
  readonly labels: ArrayLike<number>;
}

/**
 * Splits the images of each class, always in the same way: a share of it, rounded up, for validation, another for tests,
 * the rest for training.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { splitByClass } from "./split.ts";
 * const labels = [0, 0, 0, 0, 1, 1, 1, 1, 1, 1];
 * const { train, validation, test } = splitByClass({ labels, shares: { validation: 20, test: 15 } });
 * assertEquals([train.length, validation?.length, test.length], [5, 3, 2]);
 * ```
 */
export function splitByClass({ labels, shares }: FixedSplitOptions): PartIndices {
  const parts = indicesByClass(labels).map((indices, label) => {
    const shuffled = random(0).split(`class ${label}`).shuffle(indices);
    const validation = Math.ceil(shares.validation * indices.length / 100);
    const test = validation + Math.ceil(shares.test * indices.length / 100);
    return {
      validation: shuffled.slice(0, validation),
      test: shuffled.slice(validation, test),
      train: shuffled.slice(test),
    };
  });
  const all = (name: Part) => parts.flatMap((part) => part[name]).sort((a, b) => a - b);
  return { train: all("train"), validation: all("validation"), test: all("test") };
}

/**
 * Splits whole groups, such as the tiles of a slide, so that no group has images in two parts; always in the same way.
 * Where it can be, each class has images in each part, before all in the training part, then in the validation part;
 * apart from that, the classes' counts miss their shares as little as moving a group, or two that change places, allows.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { splitByGroup } from "./split.ts";
 * const groups = ["a", "a", "b", "b", "c", "c", "d", "d", "e", "e"];
 * const labels = [0, 1, 0, 1, 0, 1, 0, 1, 0, 1];
 * const { train, validation, test } = splitByGroup({ labels, groups, shares: { validation: 20, test: 20 } });
 * assertEquals([train.length, validation?.length, test.length], [6, 2, 2]);
 * ```
 */
export function splitByGroup(
  { labels, shares, groups }: FixedSplitOptions & { readonly groups: readonly string[] },
): PartIndices {
  const byGroup = [...Map.groupBy(groups.keys(), (i) => groups[i])]
    .sort(([a, left], [b, right]) => right.length - left.length || (a < b ? -1 : 1));
  const classes = groups.reduce((most, _, i) => Math.max(most, labels[i] + 1), 0);
  const counts = byGroup.map(([, indices]) => {
    const counts: number[] = Array(classes).fill(0);
    for (const i of indices) counts[labels[i]]++;
    return counts;
  });
  const share = { ...shares, train: 100 - shares.validation - shares.test };
  const assigned = assignGroups(counts, PARTS.map((part) => share[part] / 100));
  const indicesOf = (part: Part) =>
    byGroup.flatMap(([, indices], group) => PARTS[assigned[group]] === part ? indices : []).sort((a, b) => a - b);
  return { train: indicesOf("train"), validation: indicesOf("validation"), test: indicesOf("test") };
}

/** The part of each group, by the groups' counts of each class, and the parts' shares in the order of their importance. */
function assignGroups(counts: readonly (readonly number[])[], shares: readonly number[]): number[] {
  if (counts.length === 0) return [];
  const totals = counts[0].map((_, label) => counts.reduce((sum, group) => sum + group[label], 0));
  const parts = [...shares.keys()].filter((part) => shares[part] > 0);
  /** How many classes each part lacks, then how far the counts are from the shares. */
  const cost = (assigned: readonly number[]): number[] => {
    const found = shares.map(() => totals.map(() => 0));
    assigned.forEach((part, group) => counts[group].forEach((count, label) => found[part][label] += count));
    const lacking = parts.map((part) => totals.filter((total, label) => total > 0 && found[part][label] === 0).length);
    const missed = shares.map((share, part) =>
      totals.reduce((sum, total, label) => sum + (share * total - found[part][label]) ** 2, 0)
    );
    return [...lacking, missed.reduce((a, b) => a + b)];
  };
  const less = (a: readonly number[], b: readonly number[]) => {
    const i = a.findIndex((value, i) => Math.abs(value - b[i]) > 1e-9);
    return i >= 0 && a[i] < b[i];
  };
  let best: number[] = counts.map(() => 0);
  let lowest = cost(best);
  for (let improved = true; improved;) {
    improved = false;
    for (const other of neighbours(best, parts)) {
      const its = cost(other);
      if (!less(its, lowest)) continue;
      [best, lowest, improved] = [other, its, true];
    }
  }
  return best;
}

/** What comes of moving one group to another part, and of two groups that change places. */
function* neighbours(assigned: readonly number[], parts: readonly number[]): Generator<number[]> {
  for (const group of assigned.keys()) {
    for (const part of parts) if (part !== assigned[group]) yield assigned.with(group, part);
    for (let other = 0; other < group; other++) {
      if (assigned[other] === assigned[group]) continue;
      yield assigned.with(group, assigned[other]).with(other, assigned[group]);
    }
  }
}
