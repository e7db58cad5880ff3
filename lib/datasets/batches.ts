/**
 * Mini-batches of images, normalised, as typed arrays. It knows nothing of networks or tensors.
 *
 * @module
 */
import type { Random } from "../random.ts";
import type { Images } from "./dataset.ts";

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
}

/**
 * Iterates once over all images in mini-batches; pixels are (pixel / 255 − mean) / std. Throws a RangeError unless the
 * size is a positive integer and there are a mean and a std above 0 for each channel.
 */
export function batches(images: Images, options: BatchOptions): IterableIterator<ImageBatch> {
  const { count, channels } = images;
  const { size, rng, mean = Array(channels).fill(0), std = Array(channels).fill(1) } = options;
  if (!Number.isSafeInteger(size) || size < 1) {
    throw new RangeError(`Cannot make batches: expected a size of at least 1 image, got ${size}`);
  }
  if (mean.length !== channels || std.length !== channels || !std.every((value) => value > 0)) {
    throw new RangeError(
      `Cannot normalise: expected ${channels} means and as many positive stds, got [${mean}] and [${std}]`,
    );
  }
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  return iterate(images, { size, order: rng ? rng.shuffle([...order]) : order, table: normalised(mean, std) });
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
}

function* iterate(images: Images, { size, order, table }: Plan): Generator<ImageBatch, void, undefined> {
  const { imageSize, channels, count } = images;
  const values = imageSize * imageSize * channels;
  for (let start = 0; start < count; start += size) {
    const length = Math.min(size, count - start);
    const pixels = new Float32Array(length * values);
    const labels = new Int32Array(length);
    for (let i = 0; i < length; i++) {
      const index = order[start + i];
      labels[i] = images.labels[index];
      const from = index * values;
      const to = i * values;
      if (channels === 1) {
        for (let k = 0; k < values; k++) pixels[to + k] = table[images.images[from + k]];
      } else {
        for (let k = 0, channel = 0; k < values; k++) {
          pixels[to + k] = table[channel << 8 | images.images[from + k]];
          if (++channel === channels) channel = 0;
        }
      }
    }
    yield { pixels, labels };
  }
}
