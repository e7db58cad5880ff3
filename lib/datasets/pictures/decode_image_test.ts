import { assert, assertEquals, assertRejects } from "@std/assert";
import sharp from "sharp";
import { decodeImage, ImageError } from "./decode_image.ts";
import { bmp, type Colour, greyTiff, picture, type PictureOptions } from "../testdata/pictures.ts";

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
const FORMATS: readonly {
  format: NonNullable<PictureOptions["format"]>;
  colour: Colour;
  decoded?: Colour;
  tolerance?: number;
}[] = [
  { format: "jpeg", colour: RED },
  { format: "png", colour: RED, tolerance: 0 },
  { format: "tiff", colour: RED, tolerance: 0 },
  { format: "rgba png", colour: RED, decoded: [228, 148, 168], tolerance: 2 }, // half transparent, on white
  { format: "16-bit tiff", colour: RED, tolerance: 1 },
  { format: "16-bit grey tiff", colour: GREY, tolerance: 1 },
  { format: "grey jpeg", colour: GREY },
  { format: "cmyk jpeg", colour: GREY, tolerance: 16 },
];

for (const { format, colour, decoded = colour, tolerance } of FORMATS) {
  Deno.test(`decoded to 8-bit RGB: ${format}`, async () => {
    const bytes = await picture(colour, { format, width: 20, height: 12 });
    const expected = { "16-bit tiff": "ushort", "16-bit grey tiff": "ushort" }[format as string] ?? "uchar";
    const channels = { "rgba png": 4, "16-bit grey tiff": 1, "grey jpeg": 1, "cmyk jpeg": 4 }[format as string] ?? 3;
    const { depth, channels: found } = await sharp(bytes).metadata();
    assertEquals([depth, found], [expected, channels], "the test's own picture");
    for (const size of [1, 6, 12, 30]) {
      const pixels = (await decodeImage(bytes, { name: "x", imageSize: size })).pixels;
      assertEquals(pixels.length, size * size * 3);
      for (const row of [0, size - 1]) assertColour(at(pixels, { size, row, column: row }), decoded, tolerance);
    }
  });
}

for (const [depth, most] of [["uchar", 255], ["ushort", 65_535]] as const) {
  Deno.test(`a transparent picture looks the same at each size, whatever colour is hidden in it: ${depth}`, async () => {
    // the left half is opaque red, the right half hides another colour
    const rgba = Array.from({ length: 64 }, (_, i) => (i % 8 < 4 ? [...RED, 255] : [0, 255, 0, 0])).flat();
    const pixels = new (depth === "uchar" ? Uint8Array : Uint16Array)(rgba.map((value) => value * most / 255));
    const raw = sharp(pixels, { raw: { width: 8, height: 8, channels: 4 } });
    const bytes = new Uint8Array(await raw.toColourspace(depth === "uchar" ? "srgb" : "rgb16").png().toBuffer());
    assertEquals((await sharp(bytes).metadata()).depth, depth);
    for (const imageSize of [4, 8, 16]) {
      const { pixels } = await decodeImage(bytes, { name: "x", imageSize });
      for (let row = 0; row < imageSize; row++) {
        assertColour(at(pixels, { size: imageSize, row, column: 0 }), RED, 5);
        assertColour(at(pixels, { size: imageSize, row, column: imageSize - 1 }), [255, 255, 255], 5);
      }
    }
  });
}

/** Bits a pixel; whether rows are stored from the top down. The 8 × 6 pixels' colours are those of the palette. */
for (const bits of [1, 4, 8, 24, 32] as const) {
  for (const topDown of [false, true]) {
    Deno.test(`decoded: a BMP of ${bits} bits, ${topDown ? "top down" : "bottom up"}`, async () => {
      const colours: Colour[] = [RED, BLUE];
      const bytes = bmp((x, y) => (x + y) % 2, { colours, bits, topDown, width: 7, height: 3 });
      const { pixels, width, height } = await decodeImage(bytes, { name: "x" });
      assertEquals([width, height], [7, 3]);
      assertEquals([...pixels], Array.from({ length: 21 }, (_, i) => colours[(i % 7 + Math.floor(i / 7)) % 2]).flat());
    });
  }
}

Deno.test("without a size a small picture keeps its own, and a large one gets no larger than it may be", async () => {
  for (
    const [width, height, most, found] of [[20, 12, 64, [20, 12]], [20, 12, 10, [10, 6]], [8, 8, 64, [8, 8]]] as const
  ) {
    const bytes = await picture(RED, { width, height, format: "png" });
    const decoded = await decodeImage(bytes, { name: "x", most });
    assertEquals([decoded.width, decoded.height], [...found]);
    assertEquals(decoded.pixels.length, found[0] * found[1] * 3);
    assertColour(at(decoded.pixels, { size: found[0], row: 0, column: 0 }), RED, 0);
  }
});

Deno.test("a picture that is not square is cut to its middle", async () => {
  // its left half is blue: the middle square of 30 × 10 pixels has 5 blue columns and 5 red ones
  const bytes = await picture(RED, { width: 30, height: 10, format: "png", left: BLUE });
  const { pixels } = await decodeImage(bytes, { name: "x", imageSize: 10 });
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
    const { pixels } = await decodeImage(bytes, { name: "x", imageSize: 16 });
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

const [red, green, blue] = [0, 1, 2].map((i) => RED[i] / 255);
const float = new Uint8Array(
  await sharp(Float32Array.from([red, green, blue]), { raw: { width: 1, height: 1, channels: 3 } })
    .toColourspace("scrgb").tiff({ compression: "none" }).toBuffer(),
);

/** TIFFs whose numbers are no brightness that is known. */
for (
  const { what, bytes, type } of [
    { what: "floating-point colours", bytes: float, type: "float" },
    { what: "floating-point grey", bytes: greyTiff({ bits: 32, sampleFormat: 3 }), type: "float" },
    { what: "32-bit integers", bytes: greyTiff({ bits: 32, sampleFormat: 1 }), type: "uint" },
    { what: "signed 16-bit integers", bytes: greyTiff({ bits: 16, sampleFormat: 2 }), type: "short" },
  ]
) {
  Deno.test(`refused: a TIFF of ${what}`, async () => {
    const message = `x.tif can't be decoded (expected 8 or 16 bits a channel, got numbers of the type ${type}`;
    await assertRejects(() => decodeImage(bytes, { name: "x.tif", imageSize: 8 }), ImageError, message);
  });
}

const bitmap = bmp(() => 0, { colours: [RED, BLUE], bits: 8, width: 9, height: 9 });

/** Bytes that are no whole picture. */
const DAMAGES: readonly { what: string; bytes: Uint8Array }[] = [
  { what: "nothing", bytes: new Uint8Array() },
  { what: "a web page", bytes: new TextEncoder().encode("<html>not found</html>") },
  { what: "a cut-off JPEG", bytes: jpeg.slice(0, jpeg.length >> 1) },
  { what: "a cut-off BMP", bytes: bitmap.slice(0, -1) },
  { what: "a BMP's first bytes", bytes: bitmap.slice(0, 20) },
  { what: "a BMP with a cut-off palette", bytes: bitmap.slice(0, 60) },
  { what: "a packed BMP", bytes: bitmap.map((byte, i) => i === 30 ? 1 : byte) },
  { what: "a BMP of an absurd size", bytes: bitmap.map((byte, i) => i >= 18 && i < 21 ? 255 : byte) },
  { what: "a BMP with a colour that its palette lacks", bytes: bitmap.with(-9, 7) },
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
  await assertRejects(
    () => decodeImage(bytes, { name: "x", imageSize: 8 }),
    ImageError,
    `x is too large: expected at most 100 million pixels, got 12000 × 9000`,
  );
});

/** The picture of the test below as JPEG of the quality 60. */
const JPEG =
  "/9j/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcgLikxMC4pLSwzOko+MzZGNywtQFdBRkxOUlNSMj5aYVpQYEpRUk//2wBDAQ4ODhMREy" +
  "YVFSZPNS01T09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT0//wAARCAAKAAwDASIAAhEBAxEB/8QAFgAB" +
  "AQEAAAAAAAAAAAAAAAAABQQG/8QAIhAAAgIBAwQDAAAAAAAAAAAAAQIDESEABBIFEzFBMmGR/8QAFQEBAQAAAAAAAAAAAAAAAAAAAAP/xAAYEQ" +
  "ADAQEAAAAAAAAAAAAAAAAAAQIRIv/aAAwDAQACEQMRAD8A128ijO3mkm49sKQxZjVHByMm/ZGT8RpHpUYTpsChJFABpZFW1ycUMKB4CjwKHrU2" +
  "8UcUNC13EhH1Ub1+etJQqBBGAABxGqVTpYw31h//2Q==";

Deno.test("pictures are decoded as they were when VERSION of image_source.ts was raised; raise it with these", async () => {
  const pixels = new Uint8Array(12 * 10 * 4);
  for (let y = 0; y < 10; y++) {
    for (let x = 0; x < 12; x++) {
      const alpha = (x + y) % 3 === 0 ? 0 : x * 20 + 60;
      pixels.set([x * 37 + y * 11, x * y * 7, 200 - 9 * y + x * x, alpha], (y * 12 + x) * 4); // modulo 256
    }
  }
  const png = await sharp(pixels, { raw: { width: 12, height: 10, channels: 4 } }).png().toBuffer();
  const rows = [[225, 173, 243, 163, 155, 209, 226, 231, 217], [228, 213, 225, 161, 188, 234, 233, 233, 243]];
  const jpeg = [[199, 182, 240, 167, 157, 207, 230, 227, 241], [224, 214, 247, 178, 178, 209, 231, 231, 241]];
  for (const [bytes, expected] of [[png, rows], [Uint8Array.fromBase64(JPEG), jpeg]] as const) {
    const decoded = await decodeImage(bytes, { name: "x", imageSize: 3 });
    const found = [...decoded.pixels.subarray(0, 18)];
    const off = expected.flat().map((value, i) => Math.abs(value - found[i])); // processors round otherwise
    assert(Math.max(...off) <= 2, `expected ${expected}, got ${found}`);
  }
});
