/**
 * Changes the size of square images: the mean over the covered area to make them smaller, bilinear interpolation to make
 * them larger. It computes in integers, so that the result is the same on every machine.
 *
 * @module
 */

/** Options of {@linkcode resizeImages}. */
export interface ResizeOptions {
  /** Height and width of the images. */
  readonly from: number;
  /** Height and width of the result. */
  readonly to: number;
  /** Values a pixel. */
  readonly channels: number;
}

/** Pixel `i` of a result's axis is the weighted sum of the sources `at[k]`, `first[i] <= k < first[i + 1]`, over `sum`. */
interface Axis {
  readonly first: Int32Array;
  readonly at: Int32Array;
  readonly weight: Float64Array;
  readonly sum: number;
}

type Source = readonly [at: number, weight: number];

function axis(pixels: readonly (readonly Source[])[], sum: number): Axis {
  const first = [0];
  for (const sources of pixels) first.push(first[first.length - 1] + sources.length);
  return {
    first: Int32Array.from(first),
    at: Int32Array.from(pixels.flat(), ([at]) => at),
    weight: Float64Array.from(pixels.flat(), ([, weight]) => weight),
    sum,
  };
}

/** A pixel of the result covers from / to pixels; in units of 1 / to pixel all borders are integers. */
function areaAxis(from: number, to: number): Axis {
  const pixels = Array.from({ length: to }, (_, i) => {
    const [start, end] = [i * from, (i + 1) * from];
    const first = Math.floor(start / to);
    return Array.from({ length: Math.ceil(end / to) - first }, (_, k): Source => {
      const at = first + k;
      return [at, Math.min(end, (at + 1) * to) - Math.max(start, at * to)];
    });
  });
  return axis(pixels, from);
}

/** Centres of pixels map to each other, borders are repeated; in units of 1 / (2 to) pixel all centres are integers. */
function bilinearAxis(from: number, to: number): Axis {
  const sum = 2 * to;
  const pixels = Array.from({ length: to }, (_, i): Source[] => {
    const centre = Math.min(Math.max((2 * i + 1) * from - to, 0), (from - 1) * sum);
    const [at, weight] = [Math.floor(centre / sum), centre % sum];
    return weight === 0 ? [[at, sum]] : [[at, sum - weight], [at + 1, weight]];
  });
  return axis(pixels, sum);
}

/**
 * Resizes images, row-major [count, from, from, channels], to [count, to, to, channels]; half values are rounded up.
 * Throws a RangeError unless `to` is a positive integer.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * assertEquals(resizeImages(new Uint8Array([0, 10, 20, 31]), { from: 2, to: 1, channels: 1 }), new Uint8Array([15]));
 * ```
 */
export function resizeImages(images: Uint8Array, options: ResizeOptions): Uint8Array {
  const { from, to, channels } = options;
  const resize = imageResizer(options);
  if (from === to) return images;
  const count = images.length / (from * from * channels);
  const result = new Uint8Array(count * to * to * channels);
  for (let image = 0; image < count; image++) resize(images, { image, target: result, position: image });
  return result;
}

/** Resizes the image with the number `image`, and puts it at the place `position` among the images of `target`. */
export type ImageResizer = (
  images: Uint8Array,
  place: { readonly image: number; readonly target: Uint8Array; readonly position: number },
) => void;

/**
 * Prepares to resize images one by one, as {@linkcode resizeImages} does. Throws a RangeError unless `to` is a positive
 * integer.
 */
export function imageResizer({ from, to, channels }: ResizeOptions): ImageResizer {
  if (!Number.isSafeInteger(to) || to < 1) {
    throw new RangeError(`Cannot resize images: expected an image size of at least 1 pixel, got ${to}`);
  }
  const { first, at, weight, sum } = to < from ? areaAxis(from, to) : bilinearAxis(from, to);
  const divisor = sum * sum;
  const line = from * channels;
  const row = new Float64Array(line); // a row of the result, not yet resized itself
  return (images, { image, target, position }) => {
    let write = position * to * to * channels;
    for (let y = 0; y < to; y++) {
      row.fill(0);
      for (let k = first[y]; k < first[y + 1]; k++) {
        const [start, factor] = [(image * from + at[k]) * line, weight[k]];
        for (let i = 0; i < line; i++) row[i] += factor * images[start + i];
      }
      for (let x = 0; x < to; x++) {
        for (let channel = 0; channel < channels; channel++) {
          let value = 0;
          for (let k = first[x]; k < first[x + 1]; k++) value += weight[k] * row[at[k] * channels + channel];
          target[write++] = Math.floor(value / divisor + 0.5);
        }
      }
    }
  };
}
