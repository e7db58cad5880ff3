/**
 * Reads IDX files, the format of MNIST (http://yann.lecun.com/exdb/mnist/): a big-endian header of a magic number and
 * the sizes of the dimensions, then bytes. It knows nothing of where the files come from.
 *
 * @module
 */
import { UserError } from "../user_error.ts";
import type { StoredImages } from "./dataset.ts";

/** Magic numbers: unsigned bytes, with the number of dimensions in the last byte. */
const LABELS = 0x801;
const IMAGES = 0x803;

/** What the header of a file of images says. */
export interface IdxImagesHeader {
  readonly count: number;
  readonly rows: number;
  readonly columns: number;
}

const HEADER = 16; // bytes of a header of images
const CHUNK = 64; // images read together

/** Opens a file and checks its header against its size. The caller closes the file, which stands after the header. */
function openIdx(path: string, magic: number): { file: Deno.FsFile; sizes: number[] } {
  const file = openFile(path);
  try {
    const dimensions = magic & 0xff;
    const header = new Uint8Array(4 + 4 * dimensions);
    const { size } = file.statSync();
    if (readFully(file, header) < header.length) {
      throw new UserError(
        `${path} is not an IDX file: expected a header of ${header.length} bytes, got a file of ${size} bytes`,
      );
    }
    const view = new DataView(header.buffer);
    const found = view.getUint32(0);
    if (found !== magic) {
      const text = (value: number) => `0x${value.toString(16).padStart(8, "0")}`;
      throw new UserError(`${path} has the wrong magic number: expected ${text(magic)}, got ${text(found)}`);
    }
    const sizes = Array.from({ length: dimensions }, (_, i) => view.getUint32(4 + 4 * i));
    const expected = header.length + sizes.reduce((a, b) => a * b, 1);
    if (size !== expected) {
      throw new UserError(
        `${path} has the wrong size: expected ${expected} bytes, as its header says (${
          sizes.join(" × ")
        }), got ${size}`,
      );
    }
    return { file, sizes };
  } catch (error) {
    file.close();
    throw error;
  }
}

function openFile(path: string): Deno.FsFile {
  try {
    return Deno.openSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) throw new UserError(`${path} is missing`);
    throw error;
  }
}

/** Fills the buffer unless the file ends before; returns the number of bytes read. */
function readFully(file: Deno.FsFile, buffer: Uint8Array): number {
  let read = 0;
  while (read < buffer.length) {
    const bytes = file.readSync(buffer.subarray(read));
    if (bytes === null) break;
    read += bytes;
  }
  return read;
}

/** Reads a file of labels. Throws a UserError for a damaged file and for a label that is not below `classes`. */
export function readIdxLabels(path: string, { classes }: { classes: number }): Uint8Array {
  const { file, sizes: [count] } = openIdx(path, LABELS);
  using _ = file;
  const labels = new Uint8Array(count);
  if (readFully(file, labels) < count) throw new UserError(`${path} ended while it was read`);
  const wrong = labels.findIndex((label) => label >= classes);
  if (wrong >= 0) {
    throw new UserError(
      `${path} has a label out of range: expected 0 to ${classes - 1}, got ${labels[wrong]} for image ${wrong}`,
    );
  }
  return labels;
}

/** Reads the header of a file of images. Throws a UserError for a damaged file. */
export function readIdxImagesHeader(path: string): IdxImagesHeader {
  const { file, sizes: [count, rows, columns] } = openIdx(path, IMAGES);
  file.close();
  return { count, rows, columns };
}

/** The images with these indices, left in the file; `open` throws a UserError for a damaged one. */
export function storedIdxImages(path: string, indices: Uint32Array): StoredImages {
  return {
    open() {
      const { file, sizes: [, rows, columns] } = openIdx(path, IMAGES);
      const bytes = rows * columns;
      return {
        read(index, target) {
          file.seekSync(HEADER + indices[index] * bytes, Deno.SeekMode.Start);
          if (readFully(file, target.subarray(0, bytes)) < bytes) {
            throw new UserError(`${path} ended while it was read`);
          }
        },
        [Symbol.dispose]: () => file.close(),
      };
    },
  };
}

/**
 * Reads the images with these indices, in this order: row-major [indices, rows, columns]. Of the file's other images
 * only neighbours are read, so that few images of many cost little. Throws a UserError for a damaged file, and a
 * RangeError for an index that the file does not have.
 */
export function readIdxImages(path: string, indices: Uint32Array): Uint8Array {
  const { file, sizes: [count, rows, columns] } = openIdx(path, IMAGES);
  using _ = file;
  const bytes = rows * columns;
  const images = new Uint8Array(indices.length * bytes);
  const chunk = new Uint8Array(CHUNK * bytes);
  let first = -1; // index of the chunk's first image
  for (const position of [...indices.keys()].sort((a, b) => indices[a] - indices[b])) {
    const index = indices[position];
    if (index >= count) throw new RangeError(`${path} has ${count} images, got the index ${index}`);
    if (first < 0 || index >= first + CHUNK) {
      first = index - index % CHUNK;
      file.seekSync(HEADER + first * bytes, Deno.SeekMode.Start);
      const length = Math.min(CHUNK, count - first) * bytes;
      if (readFully(file, chunk.subarray(0, length)) < length) throw new UserError(`${path} ended while it was read`);
    }
    images.set(chunk.subarray((index - first) * bytes, (index - first + 1) * bytes), position * bytes);
  }
  return images;
}
