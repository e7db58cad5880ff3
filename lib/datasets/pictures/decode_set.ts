/**
 * Decodes the files of a data set, several at a time, into one file of images of the same size.
 *
 * @module
 */
import { UserError } from "../../user_error.ts";
import type { DatasetFacts, Progress } from "../dataset.ts";
import type { PartShares } from "../split.ts";
import { arrangeImages } from "./arrange_images.ts";
import { decodeImage, ImageError } from "./decode_image.ts";
import { ImageCacheWriter, type ImageIndex, type PartsBySplit } from "./image_cache.ts";
import type { ImageFormat, RawImage, UnlabelledImage } from "./image_format.ts";
import type { NamedFile } from "./image_source.ts";
import { mapOrdered } from "./map_ordered.ts";
import { PixelStatistics } from "./pixel_statistics.ts";

const LARGEST = 64; // pixels: larger pictures are not kept in their own size

/** Options of {@linkcode decodeSet}. */
export interface DecodeSetOptions {
  readonly facts: DatasetFacts;
  readonly format: ImageFormat;
  /** Where the files are from, for messages. */
  readonly origin: string;
  /** The files; those that the format has no use for are left out already. */
  readonly files: AsyncIterable<NamedFile>;
  /** Height and width of the images (default: their own, which must be the same for all). */
  readonly imageSize?: number;
  /** Sizes of the parts of a set without official ones. */
  readonly shares: PartShares;
  /** SHA-256 that stands for the files. */
  readonly digest: string;
  readonly onProgress: (progress: Progress) => void;
  /** Stops it. */
  readonly signal?: AbortSignal;
}

/** Pictures that were to be decoded in their own size are not square, not small, or of several sizes. */
export class NotUniform extends Error {}

interface Unpacked {
  readonly images: readonly RawImage[];
  readonly bad?: BadPicture;
}

interface BadPicture extends UnlabelledImage {
  readonly reason: string;
}

/**
 * Decodes a set into the file at `path`: there is the whole file afterwards, or what there was before. A picture that
 * can't be decoded is left out and reported. Throws a UserError where more than 1 % of the pictures, and more than one,
 * can't be decoded, where a file is damaged, and where there are not as many images as the facts say; NotUniform where
 * the pictures have no own size; and the signal's reason where it is aborted.
 */
export async function decodeSet(path: string, options: DecodeSetOptions): Promise<void> {
  const { facts, format, origin, files, shares, digest, onProgress, signal } = options;
  let size = options.imageSize;
  const begin = () => onProgress({ kind: "step", text: `decoding ${facts.title} to ${size} × ${size} pixels (once)` });
  if (size !== undefined) begin();
  using writer = new ImageCacheWriter(path);
  const images: UnlabelledImage[] = [];
  const bad: BadPicture[] = [];
  const tables = new Map<string, Uint8Array>();
  const statistics = facts.mean ? undefined : new PixelStatistics(facts.channels);
  const report = quarters(facts, onProgress);
  const map = async (file: NamedFile): Promise<Unpacked> => {
    if (format.use(file.path) === "images") return await unpack(file, options);
    tables.set(file.path, file.bytes);
    return { images: [] };
  };
  for await (const unpacked of mapOrdered(files, { map })) {
    signal?.throwIfAborted();
    for (const { pixels, ...image } of unpacked.images) {
      if (size === undefined) {
        size = ownSize(pixels, facts);
        begin();
      }
      if (pixels.length !== size ** 2 * facts.channels) throw new NotUniform();
      writer.append(pixels);
      statistics?.add(pixels);
      images.push(image);
    }
    if (unpacked.bad) bad.push(unpacked.bad);
    report(images.length);
  }
  checkBad(bad, { facts, count: images.length + bad.length });
  for (const { reason } of bad) onProgress({ kind: "step", text: `left out: ${reason}` });
  const describe = format.describer(tables);
  const arrangement = arrangeImages(images, { facts, origin, shares, leftOut: bad, describe });
  writer.finish({
    imageSize: size ?? facts.imageSize,
    channels: facts.channels,
    classes: format.classes?.(tables),
    ...arrangement,
    digest,
    ...statistics && { statistics: statisticsOf(arrangement.parts, statistics) },
    skipped: bad.map(({ reason }) => reason),
  });
}

async function unpack(file: NamedFile, { format, imageSize }: DecodeSetOptions): Promise<Unpacked> {
  const { path, bytes, name, unreadable } = file;
  if (unreadable !== undefined) {
    return { images: [], bad: { path, name, reason: `${name} can't be read (${unreadable})` } };
  }
  if (format.unpack) return { images: format.unpack(file, { name }) };
  try {
    const { pixels, width, height } = await decodeImage(bytes, { name, imageSize, most: LARGEST + 1 });
    if (width !== height) throw new NotUniform();
    return { images: [{ path, name, pixels }] };
  } catch (error) {
    if (!(error instanceof ImageError)) throw error;
    return { images: [], bad: { path, name, reason: error.message } };
  }
}

/** Height and width of a square picture. */
function ownSize(pixels: Uint8Array, { channels }: DatasetFacts): number {
  const size = Math.sqrt(pixels.length / channels);
  if (size > LARGEST) throw new NotUniform();
  return size;
}

/** Of the training images of each split, so that nothing is known of its other images. */
function statisticsOf({ image, group }: PartsBySplit, statistics: PixelStatistics): ImageIndex["statistics"] {
  return { image: statistics.of(image.train), ...group && { group: statistics.of(group.train) } };
}

function checkBad(bad: readonly BadPicture[], { facts, count }: { facts: DatasetFacts; count: number }): void {
  if (bad.length <= Math.max(1, count / 100)) return;
  throw new UserError(
    `${facts.title} can't be used: expected at most 1 % of bad images, got ${bad.length} of ${count}: ${bad[0].reason}`,
  );
}

/** Reports each quarter of the images. */
function quarters(facts: DatasetFacts, onProgress: (progress: Progress) => void): (count: number) => void {
  const total = facts.trainImages + (facts.validationImages ?? 0) + facts.testImages;
  let reported = 0;
  return (count) => {
    const quarter = Math.floor(4 * count / total);
    if (quarter <= reported) return;
    reported = quarter;
    onProgress({ kind: "step", text: `decoded ${count} of ${total} images` });
  };
}
