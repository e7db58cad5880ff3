import { assertEquals, assertThrows } from "@std/assert";
import { UserError } from "../../user_error.ts";
import { readIdxImages, readIdxLabels } from "./idx.ts";
import { idxBytes, imageFile, labelFile, pixel, temporaryFolder, writeFiles } from "../testdata/idx_files.ts";

Deno.test("labels are read", async () => {
  await using folder = await temporaryFolder();
  await writeFiles(folder.path, { labels: labelFile(7) });
  assertEquals(readIdxLabels(`${folder.path}/labels`, { classes: 3 }), new Uint8Array([0, 1, 2, 0, 1, 2, 0]));
});

Deno.test("images are read", async () => {
  await using folder = await temporaryFolder();
  await writeFiles(folder.path, { images: imageFile(200) });
  const pixels = Uint8Array.from({ length: 200 * 16 }, (_, i) => pixel(Math.floor(i / 16), i % 16));
  assertEquals(readIdxImages(`${folder.path}/images`), { count: 200, rows: 4, columns: 4, pixels });
});

const labels = labelFile(9);
const images = imageFile(9);
const DAMAGED: readonly { what: string; bytes: Uint8Array; read: "labels" | "images"; message: string }[] = [
  {
    what: "an empty file",
    bytes: new Uint8Array(),
    read: "labels",
    message: "expected a header of 8 bytes, got a file of 0",
  },
  {
    what: "half a header",
    bytes: images.slice(0, 9),
    read: "images",
    message: "expected a header of 16 bytes, got a file of 9",
  },
  { what: "images for labels", bytes: images, read: "labels", message: "expected 0x00000801, got 0x00000803" },
  { what: "labels for images", bytes: labels, read: "images", message: "expected 0x00000803, got 0x00000801" },
  {
    what: "a gzip file",
    bytes: new Uint8Array([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]),
    read: "labels",
    message: "expected 0x00000801, got 0x1f8b0800",
  },
  {
    what: "truncated labels",
    bytes: labels.slice(0, -1),
    read: "labels",
    message: "expected 17 bytes, as its header says (9), got 16",
  },
  {
    what: "truncated images",
    bytes: images.slice(0, -5),
    read: "images",
    message: "expected 160 bytes, as its header says (9 × 4 × 4), got 155",
  },
  {
    what: "more bytes than the header says",
    bytes: idxBytes(0x801, { sizes: [2], data: [0, 1, 2] }),
    read: "labels",
    message: "expected 10 bytes, as its header says (2), got 11",
  },
  {
    what: "absurd sizes",
    bytes: idxBytes(0x803, { sizes: [0xffffffff, 0xffff, 0xffff], data: [] }),
    read: "images",
    message: "has the wrong size",
  },
  {
    what: "a label out of range",
    bytes: idxBytes(0x801, { sizes: [3], data: [0, 3, 1] }),
    read: "labels",
    message: "expected 0 to 2, got 3 for image 1",
  },
];

for (const { what, bytes, read, message } of DAMAGED) {
  Deno.test(`refused, naming the file: ${what}`, async () => {
    await using folder = await temporaryFolder();
    await writeFiles(folder.path, { damaged: bytes });
    const path = `${folder.path}/damaged`;
    const reads = { labels: () => readIdxLabels(path, { classes: 3 }), images: () => readIdxImages(path) };
    const error = assertThrows(reads[read], UserError, message);
    assertEquals(error.message.includes(path), true);
  });
}

Deno.test("refused: a file that is not there", () => {
  assertThrows(() => readIdxLabels("/no/such/file", { classes: 3 }), UserError, "/no/such/file is missing");
});
