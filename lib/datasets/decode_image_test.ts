import { assert, assertEquals, assertRejects } from "@std/assert";
import sharp from "sharp";
import { decodeImage, ImageError } from "./decode_image.ts";
import { type Colour, picture, type PictureOptions } from "./testdata/pictures.ts";

const RED: Colour = [200, 40, 80];
const GREY: Colour = [128, 128, 128];
const BLUE: Colour = [10, 60, 220];

/** The pixel in a row and a column of a decoded picture. */
const at = (
  pixels: Uint8Array,
  { size, row, column }: { size: number; row: number; column: number },
) => [...pixels.subarray(3 * (row * size + column), 3 * (row * size + column) + 3)];

function assertColour(found: readonly number[], expected: Colour, tolerance = 3): void {
  assert(found.every((value, i) => Math.abs(value - expected[i]) <= tolerance), `expected ${expected}, got ${found}`);
}

/** Pictures of one colour in each format; the conversion to CMYK and back changes colours, though not grey much. */
const FORMATS: readonly { format: NonNullable<PictureOptions["format"]>; colour: Colour; tolerance?: number }[] = [
  { format: "jpeg", colour: RED },
  { format: "png", colour: RED, tolerance: 0 },
  { format: "tiff", colour: RED, tolerance: 0 },
  { format: "rgba png", colour: RED },
  { format: "16-bit tiff", colour: RED, tolerance: 1 },
  { format: "16-bit grey tiff", colour: GREY, tolerance: 1 },
  { format: "grey jpeg", colour: GREY },
  { format: "cmyk jpeg", colour: GREY, tolerance: 16 },
];

for (const { format, colour, tolerance } of FORMATS) {
  Deno.test(`decoded to 8-bit RGB: ${format}`, async () => {
    const bytes = await picture(colour, { format, width: 20, height: 12 });
    const expected = { "16-bit tiff": "ushort", "16-bit grey tiff": "ushort" }[format as string] ?? "uchar";
    const channels = { "rgba png": 4, "16-bit grey tiff": 1, "grey jpeg": 1, "cmyk jpeg": 4 }[format as string] ?? 3;
    const { depth, channels: found } = await sharp(bytes).metadata();
    assertEquals([depth, found], [expected, channels], "the test's own picture");
    for (const size of [1, 6, 12, 30]) {
      const pixels = await decodeImage(bytes, { name: "x", imageSize: size });
      assertEquals(pixels.length, size * size * 3);
      for (const row of [0, size - 1]) assertColour(at(pixels, { size, row, column: row }), colour, tolerance);
    }
  });
}

Deno.test("a picture that is not square is cut to its middle", async () => {
  // its left half is blue: the middle square of 30 × 10 pixels has 5 blue columns and 5 red ones
  const bytes = await picture(RED, { width: 30, height: 10, format: "png", left: BLUE });
  const pixels = await decodeImage(bytes, { name: "x", imageSize: 10 });
  for (let row = 0; row < 10; row++) {
    for (let column = 0; column < 10; column++) {
      assertEquals(at(pixels, { size: 10, row, column }), [...column < 5 ? BLUE : RED]);
    }
  }
});

/** EXIF orientations, and where the left half of the stored picture is to be seen (TIFF 6.0, tag 274). */
const ORIENTATIONS = { 1: "left", 2: "right", 3: "right", 4: "left", 5: "top", 6: "top", 7: "bottom", 8: "bottom" };

for (const [orientation, side] of Object.entries(ORIENTATIONS)) {
  Deno.test(`EXIF orientation ${orientation}: the stored left half is at the ${side}`, async () => {
    const bytes = await picture(RED, { width: 16, height: 16, left: BLUE, orientation: Number(orientation) });
    const pixels = await decodeImage(bytes, { name: "x", imageSize: 16 });
    const middles = { left: [8, 1], right: [8, 14], top: [1, 8], bottom: [14, 8] };
    for (const [name, [row, column]] of Object.entries(middles)) {
      const opposite = { left: "right", right: "left", top: "bottom", bottom: "top" }[side]!;
      if (name === side) assertColour(at(pixels, { size: 16, row, column }), BLUE, 12);
      if (name === opposite) assertColour(at(pixels, { size: 16, row, column }), RED, 12);
    }
  });
}

const noise = Uint8Array.from({ length: 64 * 64 * 3 }, (_, i) => (i * i * 7919) >> 5);
const jpeg = new Uint8Array(await sharp(noise, { raw: { width: 64, height: 64, channels: 3 } }).jpeg().toBuffer());
const png = new Uint8Array(await sharp(noise, { raw: { width: 64, height: 64, channels: 3 } }).png().toBuffer());

/** Bytes that are no whole picture. */
const DAMAGES: readonly { what: string; bytes: Uint8Array }[] = [
  { what: "nothing", bytes: new Uint8Array() },
  { what: "a web page", bytes: new TextEncoder().encode("<html>not found</html>") },
  { what: "a cut-off JPEG", bytes: jpeg.slice(0, jpeg.length >> 1) },
  { what: "a JPEG's first bytes", bytes: jpeg.slice(0, 100) },
  { what: "a cut-off PNG", bytes: png.slice(0, png.length >> 1) },
  {
    what: "a PNG with other bytes in the middle",
    bytes: png.map((byte, i) => i === png.length >> 1 ? byte ^ 1 : byte),
  },
];

for (const { what, bytes } of DAMAGES) {
  Deno.test(`refused, with its name: ${what}`, async () => {
    const run = () => decodeImage(bytes, { name: "folder/bad.jpg", imageSize: 8 });
    await assertRejects(run, ImageError, "folder/bad.jpg can't be decoded (");
  });
}

Deno.test("refused: a small file of an absurd size", async () => {
  const flat = sharp({ create: { width: 12_000, height: 9_000, channels: 3, background: "#000" } });
  const bytes = new Uint8Array(await flat.png({ compressionLevel: 9 }).toBuffer());
  assert(bytes.length < 1e6);
  await assertRejects(() => decodeImage(bytes, { name: "x", imageSize: 8 }), ImageError, "pixel limit");
});
