/**
 * Random changes of images on their way into a batch: a shift, as by padding and cutting out, and a mirror image.
 *
 * @module
 */
import type { Random } from "../random.ts";
import type { Augmentation } from "./dataset.ts";

/** How one image is changed. */
export interface Change {
  /** Pixels by which it is shifted up; negative: down. */
  readonly up: number;
  /** Pixels by which it is shifted to the left; negative: to the right. */
  readonly left: number;
  /** Whether it is mirrored, after the shift. */
  readonly flip: boolean;
}

/** Draws a change, all of them with the same probability; it takes one number from the generator. */
export function drawChange(
  { pad, flip }: Augmentation,
  { imageSize, rng }: { imageSize: number; rng: Random },
): Change {
  const border = Math.round(pad * imageSize);
  const shifts = 2 * border + 1;
  const drawn = rng.integer(shifts * shifts * (flip ? 2 : 1));
  const column = Math.floor(drawn / shifts);
  return { up: drawn % shifts - border, left: column % shifts - border, flip: column >= shifts };
}

/** An image among others, and where its normalised pixels go. */
export interface Normalisation {
  /** Position of its first value in the bytes. */
  readonly from: number;
  readonly pixels: Float32Array;
  /** Position of its first value in the pixels. */
  readonly to: number;
  /** Normalised values: [channel][pixel value], flat. */
  readonly table: Float32Array;
  readonly imageSize: number;
  readonly channels: number;
  readonly change: Change;
}

/** Writes the changed image's normalised pixels; what comes into the picture from outside is black. */
export function normaliseChanged(bytes: Uint8Array, options: Normalisation): void {
  const { from, pixels, to, table, imageSize, channels, change: { up, left, flip } } = options;
  const step = flip ? -1 : 1;
  const first = Math.max(0, -left); // columns of the shifted image that have a source
  const end = Math.min(imageSize, imageSize - left);
  const columns = end - first;
  const target = flip ? imageSize - 1 - first : first;
  for (let y = 0; y < imageSize; y++) {
    const row = to + y * imageSize * channels;
    const source = y + up;
    if (source < 0 || source >= imageSize) {
      blacken({ start: row, count: imageSize });
      continue;
    }
    if (columns < imageSize) {
      const outside = flip ? [[0, imageSize - end], [imageSize - first, first]] : [[0, first], [end, imageSize - end]];
      for (const [x, count] of outside) blacken({ start: row + x * channels, count });
    }
    for (let channel = 0; channel < channels; channel++) {
      const offset = channel << 8;
      let read = from + (source * imageSize + first + left) * channels + channel;
      let write = row + target * channels + channel;
      for (let x = 0; x < columns; x++, read += channels, write += step * channels) {
        pixels[write] = table[offset | bytes[read]];
      }
    }
  }

  function blacken({ start, count }: { start: number; count: number }): void {
    for (let i = 0, k = start; i < count; i++) {
      for (let channel = 0; channel < channels; channel++) pixels[k++] = table[channel << 8];
    }
  }
}
