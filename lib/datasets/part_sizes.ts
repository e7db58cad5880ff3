/**
 * How many images each part of a data set gets. It knows nothing of files.
 *
 * @module
 */
import type { DatasetCounts } from "./dataset.ts";

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
 * import { partSizes } from "./part_sizes.ts";
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
