/**
 * The format of CIFAR-10 (https://www.cs.toronto.edu/~kriz/cifar.html): records of a label and 32 × 32 pixels, first all
 * red values, then the green ones, then the blue ones; in the edition for Python, pickled arrays of the same.
 *
 * @module
 */
import { UserError } from "../../user_error.ts";
import type { ArchiveFile } from "../fetch/archive.ts";
import type { ImageFormat, RawImage } from "../pictures/image_format.ts";
import { isPickle, readPickledBatch } from "./cifar_pickle.ts";

/** Height and width of the images. */
export const CIFAR_SIZE = 32;
const PLANE = CIFAR_SIZE * CIFAR_SIZE;
const RECORD = 1 + 3 * PLANE;
const BATCH = /(?:^|\/)(data_batch_[1-5]|test_batch)(?:\.bin)?$/;

/** The format of the archive: `data_batch_1.bin` to `data_batch_5.bin`, and `test_batch.bin`; for Python without `.bin`. */
export function cifarFormat({ classes }: { classes: number }): ImageFormat {
  return {
    use: (path) => BATCH.test(path) ? "images" : undefined,
    unpack: ({ path, bytes }: ArchiveFile, { name }): RawImage[] =>
      // numbers of one length, so that the order of the paths is that of the images
      readCifar(bytes, { name, classes }).map((image, i) => {
        const number = `#${`${i}`.padStart(5, "0")}`;
        return { ...image, path: `${path}${number}`, name: `${name}${number}` };
      }),
    describer: () => ({ path, label }) => ({ label: label!, part: /test_batch[^/]*#/.test(path) ? "test" : "train" }),
  };
}

/** Reads the images of a file. Throws a UserError that names the file where it is cut off or has a wrong label. */
function readCifar(bytes: Uint8Array, { name, classes }: { name: string; classes: number }) {
  const { labels, planes } = isPickle(bytes) ? fromPickle(bytes, name) : fromRecords(bytes, name);
  return labels.map((label, i) => {
    if (label < 0 || label >= classes) {
      throw new UserError(
        `${name} has a label out of range: expected 0 to ${classes - 1}, got ${label} for image ${i}`,
      );
    }
    const pixels = new Uint8Array(3 * PLANE);
    for (let pixel = 0, to = 0; pixel < PLANE; pixel++) {
      for (let channel = 0; channel < 3; channel++) pixels[to++] = planes[i][channel * PLANE + pixel];
    }
    return { label, pixels };
  });
}

/** Labels of images, and their values by channels. */
interface Batch {
  readonly labels: readonly number[];
  readonly planes: readonly Uint8Array[];
}

function fromRecords(bytes: Uint8Array, name: string): Batch {
  if (bytes.length === 0 || bytes.length % RECORD !== 0) {
    throw new UserError(`${name} is damaged: expected records of ${RECORD} bytes, got a file of ${bytes.length} bytes`);
  }
  const records = Array.from({ length: bytes.length / RECORD }, (_, i) => bytes.subarray(i * RECORD, (i + 1) * RECORD));
  return { labels: records.map((record) => record[0]), planes: records.map((record) => record.subarray(1)) };
}

function fromPickle(bytes: Uint8Array, name: string): Batch {
  try {
    const { labels, data } = readPickledBatch(bytes);
    const size = 3 * PLANE;
    if (data.length !== labels.length * size) {
      throw new Error(`expected ${size} values for each of ${labels.length} images`);
    }
    return { labels, planes: labels.map((_, i) => data.subarray(i * size, (i + 1) * size)) };
  } catch (error) {
    throw new UserError(`${name} is damaged: it is no pickled batch (${(error as Error).message})`);
  }
}
