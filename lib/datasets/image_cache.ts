/**
 * A file of decoded images, all of one size: their bytes one after the other, then what is known of them. It appears
 * when it is whole, and gives its images one by one, so that they need not fit into memory. It knows nothing of where
 * the images come from.
 *
 * @module
 */
import { UserError } from "../user_error.ts";
import type { ImagePool, ImageReader, SplitKind, StoredImages } from "./dataset.ts";

/** Positions of the images of each part in the file. */
export interface PartIndices {
  readonly train: readonly number[];
  /** Absent where a validation part is to be split off the training images. */
  readonly validation?: readonly number[];
  readonly test: readonly number[];
}

/** The parts by the kind of the split; `image` is official where a set has official parts, and without a `group` then. */
export type PartsBySplit = { readonly [Kind in SplitKind]?: PartIndices } & { readonly image: PartIndices };

/** What the file says of its images. */
export interface ImageIndex {
  readonly imageSize: number;
  readonly channels: number;
  /** Names of the classes; absent: those of the set's facts. */
  readonly classes?: readonly string[];
  /** The class of each image. */
  readonly labels: readonly number[];
  readonly parts: PartsBySplit;
  /** SHA-256 that stands for the files that the images were decoded from. */
  readonly digest: string;
  /** Mean and standard deviation of pixels / 255 over the training images, for each channel. */
  readonly mean?: readonly number[];
  readonly std?: readonly number[];
  /** Why images were left out, one text each. */
  readonly skipped: readonly string[];
}

const MAGIC = new TextEncoder().encode("AFOSIMG1");
const TAIL = MAGIC.length + 4; // behind the index: its length, then the magic number

/** Writes images to `PATH.partial`, which becomes `PATH` at the end. Disposing of it removes what is not finished. */
export class ImageCacheWriter implements Disposable {
  readonly #partial: string;
  readonly #file: Deno.FsFile;
  #open = true;

  constructor(readonly path: string) {
    this.#partial = `${path}.partial`;
    this.#file = Deno.openSync(this.#partial, { write: true, create: true, truncate: true });
  }

  /** Adds an image. */
  append(pixels: Uint8Array): void {
    for (let written = 0; written < pixels.length;) written += this.#file.writeSync(pixels.subarray(written));
  }

  /** Adds the index and moves the file into place. */
  finish(index: ImageIndex): void {
    const text = new TextEncoder().encode(JSON.stringify(index));
    const length = new Uint8Array(4);
    new DataView(length.buffer).setUint32(0, text.length);
    for (const bytes of [text, length, MAGIC]) this.append(bytes);
    this.#close();
    Deno.renameSync(this.#partial, this.path);
  }

  #close(): void {
    if (this.#open) this.#file.close();
    this.#open = false;
  }

  [Symbol.dispose](): void {
    if (!this.#open) return;
    this.#close();
    Deno.removeSync(this.#partial);
  }
}

/** Reads the index of a file; undefined where there is no such file, or none that is whole. */
export function readImageIndex(path: string): ImageIndex | undefined {
  try {
    using file = Deno.openSync(path);
    const { size } = file.statSync();
    const tail = readAt(file, { position: size - TAIL, length: TAIL });
    if (!MAGIC.every((byte, i) => tail[4 + i] === byte)) return undefined;
    const length = new DataView(tail.buffer).getUint32(0);
    const text = readAt(file, { position: size - TAIL - length, length });
    const index: ImageIndex = JSON.parse(new TextDecoder().decode(text));
    const { imageSize, channels, labels } = index;
    return size === labels.length * imageSize * imageSize * channels + length + TAIL ? index : undefined;
  } catch (error) {
    // it is made anew
    if (error instanceof Deno.errors.NotFound || error instanceof UserError) return undefined;
    if (error instanceof SyntaxError || error instanceof TypeError || error instanceof RangeError) return undefined;
    throw error;
  }
}

function readAt(file: Deno.FsFile, { position, length }: { position: number; length: number }): Uint8Array {
  const bytes = new Uint8Array(length);
  if (position < 0) throw new RangeError("Cannot read before the file's start");
  readFully(file, { position, target: bytes });
  return bytes;
}

function readFully(file: Deno.FsFile, { position, target }: { position: number; target: Uint8Array }): void {
  file.seekSync(position, Deno.SeekMode.Start);
  for (let read = 0; read < target.length;) {
    const bytes = file.readSync(read === 0 ? target : target.subarray(read));
    if (bytes === null) throw new UserError("The file of decoded images ended while it was read");
    read += bytes;
  }
}

/** The images of a part, read from the file when they are needed. */
export function cachedPool(
  path: string,
  { index, part }: { index: ImageIndex; part: readonly number[] },
): ImagePool {
  const { imageSize, channels } = index;
  const values = imageSize * imageSize * channels;
  const store = (indices: Uint32Array): StoredImages => ({
    open: () => openReader(path, { positions: indices.map((i) => part[i]), values }),
  });
  return {
    labels: Uint8Array.from(part, (position) => index.labels[position]),
    imageSize,
    store,
    read(indices) {
      const images = new Uint8Array(indices.length * values);
      using reader = store(indices).open();
      for (const i of [...indices.keys()].sort((a, b) => part[indices[a]] - part[indices[b]])) {
        reader.read(i, images.subarray(i * values, (i + 1) * values));
      }
      return images;
    },
  };
}

function openReader(path: string, { positions, values }: { positions: Uint32Array; values: number }): ImageReader {
  let file: Deno.FsFile;
  try {
    file = Deno.openSync(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new UserError(`${path} is gone: load the data set anew`);
  }
  return {
    read: (index, target) =>
      readFully(file, { position: positions[index] * values, target: target.subarray(0, values) }),
    [Symbol.dispose]: () => file.close(),
  };
}
