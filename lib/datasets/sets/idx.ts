/**
 * Reads IDX files, the format of MNIST (http://yann.lecun.com/exdb/mnist/): a big-endian header of a magic number and
 * the sizes of the dimensions, then bytes.
 *
 * @module
 */
import { UserError } from "../../user_error.ts";

/** Magic numbers: unsigned bytes, with the number of dimensions in the last byte. */
const LABELS = 0x801;
const IMAGES = 0x803;

/** Images of a file. */
export interface IdxImages {
  readonly count: number;
  readonly rows: number;
  readonly columns: number;
  /** Row-major [count, rows, columns]. */
  readonly pixels: Uint8Array;
}

/** Reads a file of images. Throws a UserError for a damaged one. */
export function readIdxImages(path: string): IdxImages {
  const { sizes: [count, rows, columns], data } = readIdx(path, IMAGES);
  return { count, rows, columns, pixels: data };
}

/** Reads a file of labels. Throws a UserError for a damaged file and for a label that is not below `classes`. */
export function readIdxLabels(path: string, { classes }: { classes: number }): Uint8Array {
  const { data: labels } = readIdx(path, LABELS);
  const wrong = labels.findIndex((label) => label >= classes);
  if (wrong < 0) return labels;
  throw new UserError(
    `${path} has a label out of range: expected 0 to ${classes - 1}, got ${labels[wrong]} for image ${wrong}`,
  );
}

/** Reads a file and checks its header against its size. */
function readIdx(path: string, magic: number): { sizes: number[]; data: Uint8Array } {
  const bytes = readFile(path);
  const dimensions = magic & 0xff;
  const header = 4 + 4 * dimensions;
  if (bytes.length < header) {
    throw new UserError(
      `${path} is not an IDX file: expected a header of ${header} bytes, got a file of ${bytes.length} bytes`,
    );
  }
  const view = new DataView(bytes.buffer);
  const found = view.getUint32(0);
  if (found !== magic) {
    const text = (value: number) => `0x${value.toString(16).padStart(8, "0")}`;
    throw new UserError(`${path} has the wrong magic number: expected ${text(magic)}, got ${text(found)}`);
  }
  const sizes = Array.from({ length: dimensions }, (_, i) => view.getUint32(4 + 4 * i));
  const expected = header + sizes.reduce((a, b) => a * b, 1);
  if (bytes.length !== expected) {
    const told = sizes.join(" × ");
    throw new UserError(
      `${path} has the wrong size: expected ${expected} bytes, as its header says (${told}), got ${bytes.length}`,
    );
  }
  return { sizes, data: bytes.subarray(header) };
}

function readFile(path: string): Uint8Array {
  try {
    return Deno.readFileSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) throw new UserError(`${path} is missing`);
    throw error;
  }
}
