/**
 * Mini-batches of images, normalised, as typed arrays.
 *
 * @module
 */
import type { Random } from "../random.ts";
import { drawChange, normaliseChanged } from "./augment.ts";
import type { Augmentation, ImageReader, Images } from "./dataset.ts";

/** A mini-batch. Its arrays are its own: no other batch ever uses them. */
export interface ImageBatch {
  /** Normalised pixels, row-major [labels.length, imageSize, imageSize, channels]. */
  readonly pixels: Float32Array;
  /** The class of each image. */
  readonly labels: Int32Array;
}

/** Options of {@linkcode batches}. */
export interface BatchOptions {
  /** Images a batch; the last batch may have fewer. */
  readonly size: number;
  /** Mean of each channel, subtracted from pixels / 255 (default: 0). */
  readonly mean?: readonly number[];
  /** Standard deviation of each channel, by which the difference is divided (default: 1). */
  readonly std?: readonly number[];
  /** Shuffles the images; default: they keep their order. Give each epoch a generator of its own: `rng.split(epoch)`. */
  readonly rng?: Random;
  /** Changes images at random, which takes a generator; `augmentation` of a set is its usual one (default: none). */
  readonly augment?: Augmentation;
}

/**
 * Iterates once over all images in mini-batches; pixels are (pixel / 255 − mean) / std. What comes depends on the
 * images, the options and the generator alone. Throws a RangeError unless the size is a positive integer, there
 * are a mean and a std above 0 for each channel, and an augmentation has a generator.
 */
export function batches(images: Images, options: BatchOptions): IterableIterator<ImageBatch> {
  const { count, channels } = images;
  const { size, rng, augment, mean = Array(channels).fill(0), std = Array(channels).fill(1) } = options;
  if (!Number.isSafeInteger(size) || size < 1) {
    throw new RangeError(`Cannot make batches: expected a size of at least 1 image, got ${size}`);
  }
  if (mean.length !== channels || std.length !== channels || !std.every((value) => value > 0)) {
    throw new RangeError(
      `Cannot normalise: expected ${channels} means and as many positive stds, got [${mean}] and [${std}]`,
    );
  }
  if (augment && !rng) throw new RangeError("Cannot augment images: expected a generator (rng), got none");
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  return iterate(images, {
    size,
    order: rng ? rng.shuffle([...order]) : order,
    table: normalised(mean, std),
    ...augment && rng && { augment: { augmentation: augment, rng: rng.split("augment") } },
  });
}

/** Normalised values: [channel][pixel value], flat. */
function normalised(mean: readonly number[], std: readonly number[]): Float32Array {
  return Float32Array.from({ length: 256 * mean.length }, (_, i) => {
    const channel = i >> 8;
    return ((i & 0xff) / 255 - mean[channel]) / std[channel];
  });
}

interface Plan {
  readonly size: number;
  readonly order: ArrayLike<number>;
  readonly table: Float32Array;
  readonly augment?: { readonly augmentation: Augmentation; readonly rng: Random };
}

function* iterate(images: Images, plan: Plan): Generator<ImageBatch, void, undefined> {
  if (images.images instanceof Uint8Array) {
    yield* iterateOver(images, { ...plan, stored: images.images });
  } else {
    using reader = images.images.open();
    yield* iterateOver(images, { ...plan, stored: reader });
  }
}

function* iterateOver(
  { labels: classes, imageSize, channels, count }: Images,
  { size, order, table, augment, stored }: Plan & { readonly stored: Uint8Array | ImageReader },
): Generator<ImageBatch, void, undefined> {
  const values = imageSize * imageSize * channels;
  const bytes = stored instanceof Uint8Array ? stored : new Uint8Array(values);
  for (let start = 0; start < count; start += size) {
    const length = Math.min(size, count - start);
    const pixels = new Float32Array(length * values);
    const labels = new Int32Array(length);
    for (let i = 0; i < length; i++) {
      const index = order[start + i];
      labels[i] = classes[index];
      const to = i * values;
      let from = 0;
      if (stored instanceof Uint8Array) from = index * values;
      else stored.read(index, bytes);
      if (augment) {
        const change = drawChange(augment.augmentation, { imageSize, rng: augment.rng });
        normaliseChanged(bytes, { from, pixels, to, table, imageSize, channels, change });
      } else if (channels === 1) {
        for (let k = 0; k < values; k++) pixels[to + k] = table[bytes[from + k]];
      } else {
        for (let k = 0, channel = 0; k < values; k++) {
          pixels[to + k] = table[channel << 8 | bytes[from + k]];
          if (++channel === channels) channel = 0;
        }
      }
    }
    yield { pixels, labels };
  }
}
