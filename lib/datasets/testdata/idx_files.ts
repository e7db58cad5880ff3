/**
 * Small real IDX files, and a data set made of them.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { type IdxFile, idxSource, type IdxSourceOptions } from "../sets/idx_source.ts";
import type { DatasetSource } from "../dataset.ts";

/** An IDX file: big-endian magic number and sizes, then bytes. */
export function idxBytes(magic: number, { sizes, data }: { sizes: number[]; data: ArrayLike<number> }): Uint8Array {
  const bytes = new Uint8Array(4 + 4 * sizes.length + data.length);
  const view = new DataView(bytes.buffer);
  [magic, ...sizes].forEach((value, i) => view.setUint32(4 * i, value));
  bytes.set(data, 4 + 4 * sizes.length);
  return bytes;
}

/** A file of labels 0, 1, 2, 0, 1, 2 … */
export function labelFile(count: number): Uint8Array {
  return idxBytes(0x801, { sizes: [count], data: Array.from({ length: count }, (_, i) => i % 3) });
}

/** Pixel `k` of image `i`. */
export function pixel(i: number, k: number): number {
  return (7 * i + 13 * k) % 256;
}

/** A file of images of 4 × 4 pixels. */
export function imageFile(count: number): Uint8Array {
  const data = Array.from({ length: count * 16 }, (_, i) => pixel(Math.floor(i / 16), i % 16));
  return idxBytes(0x803, { sizes: [count, 4, 4], data });
}

/** SHA-256, hexadecimal. */
export function hash(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** The contents of a small data set's files by name. */
export const CONTENTS: Readonly<Record<string, Uint8Array>> = {
  "train-images": imageFile(300),
  "train-labels": labelFile(300),
  "test-images": imageFile(60),
  "test-labels": labelFile(60),
};

/** The files gzipped, as they are published. */
export const PUBLISHED: Readonly<Record<string, Uint8Array>> = Object.fromEntries(
  Object.entries(CONTENTS).map(([name, bytes]) => [`${name}.gz`, new Uint8Array(gzipSync(bytes))]),
);

/** The source of a small data set: 300 + 60 images, 3 classes; any of its contents can be others. */
export function smallSource(
  options: Partial<Pick<IdxSourceOptions, "urls" | "debian" | "limits">> = {},
  contents: Readonly<Record<string, Uint8Array>> = CONTENTS,
): DatasetSource {
  const file = (name: string): IdxFile => ({
    name,
    bytes: contents[name].length,
    sha256: hash(contents[name]),
    gzip: { bytes: PUBLISHED[`${name}.gz`].length, sha256: hash(PUBLISHED[`${name}.gz`]) },
  });
  return idxSource({
    urls: [],
    ...options,
    facts: {
      name: "small",
      title: "Small",
      classes: ["zero", "one", "two"],
      imageSize: 4,
      channels: 1,
      mean: [0.5],
      std: [0.25],
      trainImages: 300,
      testImages: 60,
      license: "none",
      homepage: "none",
    },
    files: {
      trainImages: file("train-images"),
      trainLabels: file("train-labels"),
      testImages: file("test-images"),
      testLabels: file("test-labels"),
    },
  });
}

/** Writes files into a folder. */
export async function writeFiles(folder: string, files: Readonly<Record<string, Uint8Array>>): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  for (const [name, bytes] of Object.entries(files)) await Deno.writeFile(`${folder}/${name}`, bytes);
}

/** A new folder that `await using` removes. */
export async function temporaryFolder(): Promise<{ path: string } & AsyncDisposable> {
  const path = await Deno.makeTempDir();
  return { path, [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }) };
}
