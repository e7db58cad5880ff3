/**
 * A file of decoded images, all of one size: their bytes one after the other, then what is known of them, then the
 * SHA-256 of both. It appears when it is whole, and gives its images one by one, so that they need not fit into memory.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { UserError } from "../../user_error.ts";
import type { ImagePool, SplitKind, StoredImages } from "../dataset.ts";
import { writeAll } from "../fetch/write_all.ts";
import type { PartIndices } from "../split.ts";
import type { ChannelStatistics } from "./pixel_statistics.ts";

/**
 * Positions of the images of each part in the file, by the kind of the split; `image` is official where a set has
 * official parts, and without a `group` then.
 */
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
  /** Whether the parts are official. */
  readonly official: boolean;
  /** SHA-256 that stands for the files that the images were decoded from. */
  readonly digest: string;
  /** Statistics of the pixels of the training images of each split; absent: those of the set's facts. */
  readonly statistics?: { readonly [Kind in SplitKind]?: ChannelStatistics };
  /** Why images were left out, one text each. */
  readonly skipped: readonly string[];
}

const MAGIC = new TextEncoder().encode("AFOSIMG2");
const HASH = 32; // bytes of a SHA-256
const TAIL = 2 * HASH + 4 + MAGIC.length; // hash of the pixels, hash of the index, its length, the magic number
const PIECE = 1 << 20; // bytes read together

/** Writes images to `PATH.partial`, which becomes `PATH` at the end. Disposing of it removes what is not finished. */
export class ImageCacheWriter implements Disposable {
  readonly #partial: string;
  readonly #file: Deno.FsFile;
  readonly #pixels = createHash("sha256");
  #open = true;

  constructor(readonly path: string) {
    this.#partial = `${path}.partial`;
    this.#file = Deno.openSync(this.#partial, { write: true, create: true, truncate: true });
  }

  /** Adds an image. Throws a StorageError where it can't be written. */
  append(pixels: Uint8Array): void {
    this.#pixels.update(pixels);
    this.#write(pixels);
  }

  /** Adds the index and moves the file into place. Throws a StorageError where it can't be written. */
  finish(index: ImageIndex): void {
    const text = new TextEncoder().encode(JSON.stringify(index));
    const length = new Uint8Array(4);
    new DataView(length.buffer).setUint32(0, text.length);
    for (const bytes of [text, this.#pixels.digest(), hashOf(text), length, MAGIC]) this.#write(bytes);
    this.#close();
    Deno.renameSync(this.#partial, this.path);
  }

  #write(bytes: Uint8Array): void {
    writeAll(bytes, { path: this.path, file: this.#file });
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

/** Reads the index of a file; undefined where there is no such file, or none that is whole. The pixels are not read. */
export function readImageIndex(path: string): ImageIndex | undefined {
  try {
    using file = Deno.openSync(path);
    return readEnd(file)?.index;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** Whether a file is whole: reads all its bytes. */
export function verifyImages(path: string): boolean {
  using file = Deno.openSync(path);
  const end = readEnd(file);
  if (end === undefined) return false;
  const hash = createHash("sha256");
  for (let position = 0; position < end.pixels; position += PIECE) {
    const target = new Uint8Array(Math.min(PIECE, end.pixels - position));
    readFully(file, { position, target });
    hash.update(target);
  }
  return equal(hash.digest(), end.hash);
}

/** The index of an open file, the bytes of its pixels, and their hash; undefined where the file is not whole. */
function readEnd(file: Deno.FsFile): { index: ImageIndex; pixels: number; hash: Uint8Array } | undefined {
  const { size } = file.statSync();
  if (size < TAIL) return undefined; // it is made anew
  const tail = new Uint8Array(TAIL);
  readFully(file, { position: size - TAIL, target: tail });
  const length = new DataView(tail.buffer).getUint32(2 * HASH);
  if (!equal(tail.subarray(2 * HASH + 4), MAGIC) || length > size - TAIL) return undefined;
  const text = new Uint8Array(length);
  readFully(file, { position: size - TAIL - length, target: text });
  if (!equal(hashOf(text), tail.subarray(HASH, 2 * HASH))) return undefined;
  const index: ImageIndex = JSON.parse(new TextDecoder().decode(text));
  const pixels = index.labels.length * index.imageSize ** 2 * index.channels;
  return size === pixels + length + TAIL ? { index, pixels, hash: tail.subarray(0, HASH) } : undefined;
}

function hashOf(bytes: Uint8Array): Uint8Array {
  return createHash("sha256").update(bytes).digest();
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
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
  const position = (i: number) => part[i] * values;
  return {
    labels: Uint8Array.from(part, (position) => index.labels[position]),
    imageSize,
    store: (indices) => storedImages(openImages(path), { positions: Float64Array.from(indices, position), values }),
    read(indices) {
      const images = new Uint8Array(indices.length * values);
      using file = openImages(path);
      for (const i of [...indices.keys()].sort((a, b) => part[indices[a]] - part[indices[b]])) {
        readFully(file, { position: position(indices[i]), target: images.subarray(i * values, (i + 1) * values) });
      }
      return images;
    },
  };
}

function openImages(path: string): Deno.FsFile {
  try {
    return Deno.openSync(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new UserError(`${path} is gone: load the data set anew`);
  }
}

/** Closes files whose images can no longer be asked for. */
const unused = new FinalizationRegistry((file: Deno.FsFile) => file.close());

/** The file stays open: another process may decode the set anew meanwhile, and delete it. */
function storedImages(
  file: Deno.FsFile,
  { positions, values }: { positions: Float64Array; values: number },
): StoredImages {
  const held = { file }; // by the images and their readers
  unused.register(held, file);
  return {
    open: () => ({
      read: (index, target) => readFully(held.file, { position: positions[index], target: target.subarray(0, values) }),
      [Symbol.dispose]() {},
    }),
  };
}
