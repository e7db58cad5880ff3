/**
 * Decodes a picture, JPEG, PNG, TIFF and more, to square RGB. It knows nothing of data sets; it is the only importer of
 * sharp, which is loaded when the first picture is decoded.
 *
 * @module
 */
import type Sharp from "sharp";
import { UserError } from "../user_error.ts";

/** A picture that can't be decoded. */
export class ImageError extends UserError {}

/** Channels of a decoded picture. */
export const CHANNELS = 3;

const PIXELS = 100e6; // more are no picture of a data set

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

/**
 * Decodes a picture to [imageSize, imageSize, 3]: upright, as its EXIF data says; grey, CMYK and 16-bit pictures as
 * 8-bit RGB; what is not square is scaled to cover the square, and cut to its middle. Throws an ImageError that names
 * the picture where it can't be decoded, is cut off, or has absurd sizes.
 */
export async function decodeImage(
  bytes: Uint8Array,
  { name, imageSize }: { name: string; imageSize: number },
): Promise<Uint8Array> {
  const sharp = await (loaded ??= load());
  try {
    const { data, info } = await sharp(bytes, { failOn: "error", limitInputPixels: PIXELS })
      .autoOrient()
      .resize(imageSize, imageSize, { fit: "cover" })
      .toColourspace("srgb")
      .removeAlpha()
      .raw({ depth: "uchar" })
      .toBuffer({ resolveWithObject: true });
    if (info.channels !== CHANNELS) throw new Error(`expected ${CHANNELS} channels, got ${info.channels}`);
    return data;
  } catch (error) {
    throw new ImageError(`${name} can't be decoded (${(error as Error).message.trim().replace(/\s*\n\s*/g, ", ")})`);
  }
}
