/**
 * The binary format of CIFAR-10 (https://www.cs.toronto.edu/~kriz/cifar.html): records of a label and 32 × 32 pixels,
 * first all red values, then the green ones, then the blue ones. It knows nothing of where the files come from.
 *
 * @module
 */
import { UserError } from "../../user_error.ts";
import type { ArchiveFile } from "../fetch/archive.ts";
import type { ImageFormat, RawImage } from "../pictures/image_format.ts";

/** Height and width of the images. */
export const CIFAR_SIZE = 32;
const PLANE = CIFAR_SIZE * CIFAR_SIZE;
const RECORD = 1 + 3 * PLANE;

/** Reads the records of a file. Throws a UserError that names the file where it is cut off or has a wrong label. */
export function readCifar(bytes: Uint8Array, { name, classes }: { name: string; classes: number }) {
  if (bytes.length === 0 || bytes.length % RECORD !== 0) {
    throw new UserError(`${name} is damaged: expected records of ${RECORD} bytes, got a file of ${bytes.length} bytes`);
  }
  return Array.from({ length: bytes.length / RECORD }, (_, i) => {
    const record = bytes.subarray(i * RECORD, (i + 1) * RECORD);
    const label = record[0];
    if (label >= classes) {
      throw new UserError(
        `${name} has a label out of range: expected 0 to ${classes - 1}, got ${label} for image ${i}`,
      );
    }
    const pixels = new Uint8Array(3 * PLANE);
    for (let pixel = 0, to = 0; pixel < PLANE; pixel++) {
      for (let channel = 0; channel < 3; channel++) pixels[to++] = record[1 + channel * PLANE + pixel];
    }
    return { label, pixels };
  });
}

/** The format of the archive: `data_batch_1.bin` to `data_batch_5.bin`, and `test_batch.bin`. */
export function cifarFormat({ classes }: { classes: number }): ImageFormat {
  const BATCH = /(?:^|\/)(data_batch_[1-5]|test_batch)\.bin$/;
  return {
    use: (path) => BATCH.test(path) ? "images" : undefined,
    unpack: ({ path, bytes }: ArchiveFile, { name }): RawImage[] =>
      // numbers of one length, so that the order of the paths is that of the images
      readCifar(bytes, { name, classes }).map((image, i) => {
        const number = `#${`${i}`.padStart(5, "0")}`;
        return { ...image, path: `${path}${number}`, name: `${name}${number}` };
      }),
    describer: () => ({ path, label }) => ({
      label: label!,
      part: path.includes("test_batch.bin#") ? "test" : "train",
    }),
  };
}
