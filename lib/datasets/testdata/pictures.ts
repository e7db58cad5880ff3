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
