/**
 * Decodes the files of a data set, several at a time, into one file of images of the same size. It knows nothing of any
 * one set, nor of where the files are.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { availableParallelism } from "node:os";
import { UserError } from "../user_error.ts";
import type { ArchiveFile } from "./archive.ts";
import { arrangeImages } from "./arrange_images.ts";
import type { DatasetFacts, Progress } from "./dataset.ts";
import { decodeImage, ImageError } from "./decode_image.ts";
import type { PartShares } from "./fixed_split.ts";
import { ImageCacheWriter, type ImageIndex, type PartsBySplit } from "./image_cache.ts";
import type { ImageFormat, RawImage, UnlabelledImage } from "./image_format.ts";
import { mapOrdered } from "./map_ordered.ts";
import { PixelStatistics } from "./pixel_statistics.ts";

const AHEAD = 4 * availableParallelism(); // pictures that are decoded side by side

/** A file of a data set. */
export interface NamedFile extends ArchiveFile {
  /** What messages call it. */
  readonly name: string;
  /** Why its bytes could not be read, where that is so; such a picture is a bad one. */
  readonly unreadable?: string;
}

/** Options of {@linkcode decodeSet}. */
export interface DecodeSetOptions {
  readonly facts: DatasetFacts;
  readonly format: ImageFormat;
  /** Where the files are from, for messages. */
  readonly origin: string;
  /** The files; those that the format has no use for are left out already. */
  readonly files: AsyncIterable<NamedFile>;
  /** Height and width of the images. */
  readonly imageSize: number;
  /** Sizes of the parts of a set without official ones. */
  readonly shares: PartShares;
  /** SHA-256 that stands for the files (default: computed from their contents and paths). */
  readonly digest?: string;
  readonly onProgress: (progress: Progress) => void;
  /** Stops it. */
  readonly signal?: AbortSignal;
}

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
 * can't be decoded, where a file is damaged, and where there are not as many images as the facts say; and the signal's
 * reason where it is aborted.
 */
export async function decodeSet(path: string, options: DecodeSetOptions): Promise<void> {
  const { facts, format, origin, files, imageSize, shares, onProgress, signal } = options;
  onProgress({ kind: "step", text: `decoding ${facts.title} to ${imageSize} × ${imageSize} pixels (once)` });
  using writer = new ImageCacheWriter(path);
  const images: UnlabelledImage[] = [];
  const bad: BadPicture[] = [];
  const tables = new Map<string, Uint8Array>();
  const hashes = new Map<string, string>();
  const statistics = facts.mean ? undefined : new PixelStatistics(facts.channels);
  const report = quarters(facts, onProgress);
  const map = async (file: NamedFile): Promise<Unpacked> => {
    if (options.digest === undefined) hashes.set(file.path, createHash("sha256").update(file.bytes).digest("hex"));
    if (format.use(file.path) === "images") return await unpack(file, options);
    tables.set(file.path, file.bytes);
    return { images: [] };
  };
  for await (const unpacked of mapOrdered(files, { ahead: AHEAD, map })) {
    signal?.throwIfAborted();
    for (const { pixels, ...image } of unpacked.images) {
      writer.append(pixels);
      statistics?.add(pixels);
      images.push(image);
    }
    if (unpacked.bad) bad.push(unpacked.bad);
    report(images.length);
  }
  checkBad(bad, { facts, count: images.length + bad.length });
  for (const { reason } of bad) onProgress({ kind: "step", text: `left out: ${reason}` });
  const arrangement = arrangeImages(images, {
    facts,
    origin,
    shares,
    leftOut: bad,
    describe: format.describer(tables),
  });
  writer.finish({
    imageSize,
    channels: facts.channels,
    classes: format.classes?.(tables),
    ...arrangement,
    digest: options.digest ?? digestOf(hashes),
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
    return { images: [{ path, name, pixels: await decodeImage(bytes, { name, imageSize }) }] };
  } catch (error) {
    if (!(error instanceof ImageError)) throw error;
    return { images: [], bad: { path, name, reason: error.message } };
  }
}

/** Of the training images of each split, so that nothing is known of its other images. */
function statisticsOf({ image, group }: PartsBySplit, statistics: PixelStatistics): ImageIndex["statistics"] {
  return { image: statistics.of(image.train), ...group && { group: statistics.of(group.train) } };
}

function checkBad(bad: readonly BadPicture[], { facts, count }: { facts: DatasetFacts; count: number }): void {
  if (bad.length <= Math.max(1, count / 100)) return;
  throw new UserError(
    `${facts.title} is damaged: expected at most 1 % of bad images, got ${bad.length} of ${count}: ${bad[0].reason}`,
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

/** Of lines "SHA-256 of a file, two spaces, its path", as sha256sum prints them. */
function digestOf(hashes: ReadonlyMap<string, string>): string {
  const hash = createHash("sha256");
  for (const path of [...hashes.keys()].sort()) hash.update(`${hashes.get(path)}  ${path}\n`);
  return hash.digest("hex");
}
