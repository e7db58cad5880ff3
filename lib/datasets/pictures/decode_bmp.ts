/**
 * Decodes a BMP picture, which sharp can't: uncompressed, of 1, 4, 8, 24 or 32 bits a pixel (Microsoft's BITMAPINFOHEADER
 * and its successors). Of the packages that were tried, none took colours from the palette as it stands in the file.
 *
 * @module
 */

/** A decoded picture: row-major [height, width, 3]. */
export interface Bitmap {
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly height: number;
}

const BITS = [1, 4, 8, 24, 32];

/** Decodes a picture. Throws an Error for more pixels than `limit`, for one that is cut off, and for other kinds of BMP. */
export function decodeBmp(bytes: Uint8Array, { limit }: { limit: number }): Bitmap {
  if (bytes.length < 54) throw new Error("it is cut off");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [start, header] = [view.getUint32(10, true), view.getUint32(14, true)];
  const [width, rows] = [view.getInt32(18, true), view.getInt32(22, true)];
  const [bits, compression, colours] = [view.getUint16(28, true), view.getUint32(30, true), view.getUint32(46, true)];
  const height = Math.abs(rows);
  if (header < 40 || width < 1 || height < 1) throw new Error("it has an unknown header");
  if (width * height > limit) throw new Error(`expected at most ${limit} pixels, got ${width} × ${height}`);
  const plain = compression === 0 || (compression === 3 && bits === 32 && view.getUint32(54, true) === 0xff0000);
  if (!plain || !BITS.includes(bits)) throw new Error(`expected an uncompressed BMP, got ${bits} bits, packed`);
  const line = 4 * Math.ceil(width * bits / 32);
  const palette = 14 + header;
  const entries = bits > 8 ? 0 : colours || 2 ** bits;
  if (start + line * height > bytes.length || palette + 4 * entries > bytes.length) throw new Error("it is cut off");
  /** Position of a pixel's blue value, behind which are green and red. */
  const blueOf = (row: number, x: number) => {
    if (bits > 8) return row + x * bits / 8;
    const bit = x * bits;
    const index = bytes[row + (bit >> 3)] >> (8 - bits - bit % 8) & 2 ** bits - 1;
    if (index >= entries) throw new Error("it has a colour that is not in its palette");
    return palette + 4 * index;
  };
  const pixels = new Uint8Array(width * height * 3);
  for (let y = 0, to = 0; y < height; y++) {
    const row = start + line * (rows < 0 ? y : height - 1 - y); // stored from the bottom up, unless it is said to be negative
    for (let x = 0; x < width; x++) {
      const blue = blueOf(row, x);
      for (const channel of [2, 1, 0]) pixels[to++] = bytes[blue + channel];
    }
  }
  return { pixels, width, height };
}
