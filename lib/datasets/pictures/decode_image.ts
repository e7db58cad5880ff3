/**
 * Decodes a picture, JPEG, PNG, TIFF and more, to square RGB. It is the only importer of sharp, which is loaded when the
 * first picture is decoded.
 *
 * @module
 */
import type { default as Sharp, Sharp as Image } from "sharp";
import { UserError } from "../../user_error.ts";
import { decodeBmp } from "./decode_bmp.ts";

/** A picture that can't be decoded. */
export class ImageError extends UserError {}

/** Channels of a decoded picture. */
const CHANNELS = 3;

const PIXELS = 100e6; // more are no picture of a data set
const WHITE = "#ffffff";
const WHOLE = { fit: "inside", withoutEnlargement: true } as const;

/** Options of {@linkcode decodeImage}. */
export interface DecodeImageOptions {
  /** What messages call the picture. */
  readonly name: string;
  /** Height and width of the result (default: the picture's own, no more than `most`, also where they differ). */
  readonly imageSize?: number;
  /** The most pixels that height and width are to have where the picture's own are taken (default: 64). */
  readonly most?: number;
}

/** A decoded picture. */
export interface DecodedImage {
  /** Row-major [height, width, 3]. */
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/**
 * Decodes a picture to [imageSize, imageSize, 3]: upright, as its EXIF data says; grey, CMYK and 16-bit pictures as
 * 8-bit RGB; a transparent one as it looks on white; what is not square is scaled to cover the square, and cut to its
 * middle. Throws an ImageError that names the picture where it can't be decoded, is cut off, has more than 100 million
 * pixels, or numbers that are no brightness (a TIFF of floating-point or 32-bit numbers).
 */
export async function decodeImage(
  bytes: Uint8Array,
  { name, imageSize, most = 64 }: DecodeImageOptions,
): Promise<DecodedImage> {
  const sharp = await (loaded ??= load());
  try {
    const image = isBmp(bytes)
      ? openBmp(bytes, sharp)
      : sharp(bytes, { failOn: "error", limitInputPixels: PIXELS }).autoOrient();
    if (isTiff(bytes)) await checkDepth(image);
    const { data, info } = await image
      .resize(imageSize ?? most, imageSize ?? most, imageSize === undefined ? WHOLE : { fit: "cover" })
      .toColourspace("srgb")
      .flatten({ background: WHITE })
      .raw({ depth: "uchar" })
      .toBuffer({ resolveWithObject: true });
    if (info.channels !== CHANNELS) throw new Error(`expected ${CHANNELS} channels, got ${info.channels}`);
    return { pixels: data, width: info.width, height: info.height };
  } catch (error) {
    const { message } = error as Error;
    if (/pixel limit/.test(message)) throw await tooLarge(bytes, { name, sharp });
    throw new ImageError(`${name} can't be decoded (${message.trim().replace(/\s*\n\s*/g, ", ")})`);
  }
}

/** What the header of a picture says. */
export interface PictureHeader {
  /** The kind of the file, in print. */
  readonly kind: string;
  /** Upright, in pixels. */
  readonly width: number;
  readonly height: number;
}

const KINDS: Readonly<Record<string, string>> = { jpeg: "JPEG", png: "PNG", tiff: "TIFF", webp: "WebP", gif: "GIF" };

/** Reads the header of a picture; undefined where it can't be read. */
export async function readPictureHeader(bytes: Uint8Array): Promise<PictureHeader | undefined> {
  const sharp = await (loaded ??= load());
  try {
    if (isBmp(bytes)) return { kind: "BMP", ...await openBmp(bytes, sharp).metadata() };
    const { format, autoOrient } = await sharp(bytes, { limitInputPixels: PIXELS }).metadata();
    return { kind: KINDS[format] ?? format, ...autoOrient };
  } catch {
    return undefined;
  }
}

let loaded: Promise<typeof Sharp> | undefined;

async function load(): Promise<typeof Sharp> {
  try {
    const { default: sharp } = await import("sharp");
    sharp.cache(false);
    sharp.concurrency(1); // pictures are decoded side by side
    return sharp;
  } catch (error) {
    throw new Error(`Cannot load sharp, which decodes pictures: ${(error as Error).message}`, { cause: error });
  }
}

async function tooLarge(
  bytes: Uint8Array,
  { name, sharp }: { name: string; sharp: typeof Sharp },
): Promise<ImageError> {
  const { width, height } = await sharp(bytes, { limitInputPixels: false }).metadata();
  return new ImageError(
    `${name} is too large: expected at most ${PIXELS / 1e6} million pixels, got ${width} × ${height}; make it smaller`,
  );
}

function isTiff(bytes: Uint8Array): boolean {
  const [a, b, c, d] = bytes;
  return (a === 0x49 && b === 0x49 && (c === 42 || c === 43)) || (a === 0x4d && b === 0x4d && (d === 42 || d === 43));
}

/** Brightness has 8 or 16 bits; what other numbers mean, only their maker knows. */
async function checkDepth(image: Image): Promise<void> {
  const { depth } = await image.metadata();
  if (depth === "uchar" || depth === "ushort") return;
  throw new Error(`expected 8 or 16 bits a channel, got numbers of the type ${depth}; convert it to 8 or 16 bits`);
}

function isBmp(bytes: Uint8Array): boolean {
  return bytes[0] === 0x42 && bytes[1] === 0x4d;
}

function openBmp(bytes: Uint8Array, sharp: typeof Sharp): Image {
  const { pixels, width, height } = decodeBmp(bytes, { limit: PIXELS });
  return sharp(pixels, { raw: { width, height, channels: CHANNELS } });
}
