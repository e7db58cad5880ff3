/**
 * Splits images that have no official parts, always in the same way: by class, or by groups such as slides. It knows
 * nothing of what is split.
 *
 * @module
 */
import { random } from "../random.ts";
import type { PartIndices } from "./image_cache.ts";

/** Sizes of two parts in per cent of the images, rounded up; the rest is for training. */
export interface PartShares {
  /** Validation images, in per cent. */
  readonly validation: number;
  /** Test images, in per cent. */
  readonly test: number;
}

/** The images' labels and what they are split by. */
export interface FixedSplitOptions {
  readonly shares: PartShares;
  /** The class of each image, in an order that is always the same. */
  readonly labels: ArrayLike<number>;
}

/**
 * Splits the images of each class: a share of it, rounded up, for validation, another for tests, the rest for training.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * const labels = [0, 0, 0, 0, 1, 1, 1, 1, 1, 1];
 * const { train, validation, test } = splitByClass({ labels, shares: { validation: 20, test: 15 } });
 * assertEquals([train.length, validation?.length, test.length], [5, 3, 2]);
 * ```
 */
export function splitByClass({ labels, shares }: FixedSplitOptions): PartIndices {
  const classes: number[][] = [];
  for (let i = 0; i < labels.length; i++) (classes[labels[i]] ??= []).push(i);
  const parts = classes.map((indices, label) => {
    const shuffled = random(0).split(`class ${label}`).shuffle(indices);
    const validation = Math.ceil(shares.validation * indices.length / 100);
    const test = validation + Math.ceil(shares.test * indices.length / 100);
    return {
      validation: shuffled.slice(0, validation),
      test: shuffled.slice(validation, test),
      train: shuffled.slice(test),
    };
  });
  const all = (name: keyof PartIndices) => parts.flatMap((part) => part[name]).sort((a, b) => a - b);
  return { train: all("train"), validation: all("validation"), test: all("test") };
}

const PARTS = ["train", "validation", "test"] as const;

/**
 * Splits whole groups, so that no group has images in two parts: from the largest group down, each goes to the part
 * where the classes' counts then miss their shares least. Parts of few groups may miss them by far.
 */
export function splitByGroup(
  { labels, shares, groups }: FixedSplitOptions & { readonly groups: readonly string[] },
): PartIndices {
  const classes = groups.reduce((most, _, i) => Math.max(most, labels[i] + 1), 0);
  const byGroup = Map.groupBy(groups.keys(), (i) => groups[i]);
  const count = (indices: readonly number[]) => {
    const counts = Array(classes).fill(0);
    for (const i of indices) counts[labels[i]]++;
    return counts;
  };
  const totals = count([...groups.keys()]);
  const share = { ...shares, train: 100 - shares.validation - shares.test };
  const missing = Object.fromEntries(PARTS.map((part) => [part, totals.map((total) => share[part] * total / 100)]));
  const parts: Record<typeof PARTS[number], number[]> = { train: [], validation: [], test: [] };
  const sorted = [...byGroup].sort(([a, left], [b, right]) => right.length - left.length || (a < b ? -1 : 1));
  for (const [, indices] of sorted) {
    const counts = count(indices);
    // how much nearer to its shares the group brings a part: the squared distance before, less that after
    const gain = (part: string) =>
      missing[part].reduce((sum, left, label) => sum + left ** 2 - (left - counts[label]) ** 2, 0);
    const best = PARTS.reduce((a, b) => gain(b) > gain(a) ? b : a);
    parts[best].push(...indices);
    missing[best] = missing[best].map((left, label) => left - counts[label]);
  }
  const sortedPart = (part: typeof PARTS[number]) => parts[part].toSorted((a, b) => a - b);
  return { train: sortedPart("train"), validation: sortedPart("validation"), test: sortedPart("test") };
}
