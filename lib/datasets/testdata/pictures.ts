/**
 * Makes small real pictures. They are of one colour, so that decoding and resizing leave them (nearly) as they are.
 *
 * @module
 */
import sharp, { type Sharp } from "sharp";

/** A colour: red, green, blue. */
export type Colour = readonly [red: number, green: number, blue: number];

/** Options of {@linkcode picture}. */
export interface PictureOptions {
  readonly width?: number;
  readonly height?: number;
  readonly format?:
    | "jpeg"
    | "png"
    | "tiff"
    | "cmyk jpeg"
    | "grey jpeg"
    | "16-bit tiff"
    | "16-bit grey tiff"
    | "rgba png";
  /** EXIF orientation, 1 to 8. */
  readonly orientation?: number;
  /** The colour of the left half, where it is another. */
  readonly left?: Colour;
}

/** A picture of one colour, or of two. */
export async function picture(colour: Colour, options: PictureOptions = {}): Promise<Uint8Array> {
  const { width = 8, height = 8, format = "jpeg", orientation, left = colour } = options;
  const deep = format.startsWith("16-bit");
  const grey = format === "16-bit grey tiff";
  const channels = grey ? 1 : 3;
  const pixels = new (deep ? Uint16Array : Uint8Array)(width * height * channels);
  for (let i = 0; i < pixels.length; i++) {
    const [pixel, channel] = [Math.floor(i / channels), i % channels];
    const value = (pixel % width < width / 2 ? left : colour)[channel];
    pixels[i] = deep ? value * 257 : value;
  }
  let image = sharp(pixels, { raw: { width, height, channels } });
  if (orientation !== undefined) image = image.withMetadata({ orientation });
  return new Uint8Array(await encode(image, format).toBuffer());
}

function encode(image: Sharp, format: NonNullable<PictureOptions["format"]>): Sharp {
  switch (format) {
    case "png":
      return image.png();
    case "rgba png":
      return image.ensureAlpha(0.5).png();
    case "tiff":
      return image.tiff({ compression: "none" });
    case "16-bit tiff":
      return image.toColourspace("rgb16").tiff({ compression: "none" });
    case "16-bit grey tiff":
      return image.toColourspace("grey16").tiff({ compression: "none" });
    case "grey jpeg":
      return image.toColourspace("b-w").jpeg({ quality: 100 });
    case "cmyk jpeg":
      return image.toColourspace("cmyk").jpeg({ quality: 100 });
    case "jpeg":
      return image.jpeg({ quality: 100, chromaSubsampling: "4:4:4" });
  }
}

/** Bytes with little-endian numbers at their places. */
function put(bytes: Uint8Array, numbers: readonly (readonly [at: number, size: 1 | 2 | 4, value: number])[]): void {
  const view = new DataView(bytes.buffer);
  for (const [at, size, value] of numbers) {
    if (size === 1) view.setUint8(at, value);
    else if (size === 2) view.setUint16(at, value, true);
    else view.setInt32(at, value, true);
  }
}

/** Options of {@linkcode bmp}. */
export interface BmpOptions {
  readonly width: number;
  readonly height: number;
  /** Bits a pixel; up to 8, pixels are indices into the palette of the colours. */
  readonly bits: 1 | 4 | 8 | 24 | 32;
  readonly colours: readonly Colour[];
  readonly topDown?: boolean;
}

/** A BMP picture of which each pixel has one of the colours. */
export function bmp(index: (x: number, y: number) => number, options: BmpOptions): Uint8Array {
  const { width, height, bits, colours, topDown = false } = options;
  const palette = bits <= 8 ? 4 * colours.length : 0;
  const [start, line] = [54 + palette, 4 * Math.ceil(width * bits / 32)];
  const bytes = new Uint8Array(start + line * height);
  put(bytes, [[0, 1, 0x42], [1, 1, 0x4d], [2, 4, bytes.length], [10, 4, start], [14, 4, 40], [18, 4, width]]);
  put(bytes, [[22, 4, topDown ? -height : height], [26, 2, 1], [28, 2, bits], [46, 4, palette / 4]]);
  if (palette > 0) colours.forEach((colour, i) => bytes.set(colour.toReversed(), 54 + 4 * i));
  for (let y = 0; y < height; y++) {
    const row = start + line * (topDown ? y : height - 1 - y);
    for (let x = 0; x < width; x++) {
      if (bits > 8) bytes.set(colours[index(x, y)].toReversed(), row + x * bits / 8);
      else bytes[row + (x * bits >> 3)] |= index(x, y) << (8 - bits - x * bits % 8);
    }
  }
  return bytes;
}

/** A grey TIFF of one pixel; `sampleFormat` as the standard has it: 1 for natural numbers, 2 for integers, 3 for float. */
export function greyTiff({ bits, sampleFormat }: { bits: 16 | 32; sampleFormat: 1 | 2 | 3 }): Uint8Array {
  const tags = [[256, 1], [257, 1], [258, bits], [259, 1], [262, 1], [273, 8], [277, 1], [278, 1], [279, bits / 8]];
  const entries = [...tags, [339, sampleFormat]];
  const bytes = new Uint8Array(16 + 2 + 12 * entries.length + 4); // header, the pixel, the list of tags
  put(bytes, [[0, 1, 0x49], [1, 1, 0x49], [2, 2, 42], [4, 4, 16], [16, 2, entries.length]]);
  entries.forEach(([tag, value], i) => {
    const at = 18 + 12 * i;
    put(bytes, [[at, 2, tag], [at + 2, 2, 4], [at + 4, 4, 1], [at + 8, 4, value]]); // all of the type LONG
  });
  return bytes;
}
