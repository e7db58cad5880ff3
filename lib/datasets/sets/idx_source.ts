/**
 * A data set of four IDX files, as MNIST and the sets made after it have them: how they are found, fetched and read.
 *
 * @module
 */
import { UserError } from "../../user_error.ts";
import type { CheckOptions, DatasetFacts, DatasetSource, FileState, ImagePool } from "../dataset.ts";
import { unpackDebianPackage } from "../fetch/debian_package.ts";
import type { DownloadLimits } from "../fetch/download.ts";
import { downloadFile, fetchFiles, type Way, type WayOptions } from "../fetch/fetch_files.ts";
import { listDigest } from "../fetch/file_hashes.ts";
import { gunzip, holds } from "../fetch/gunzip.ts";
import { checkFiles, type SourceFile, statFile } from "../fetch/source_files.ts";
import { readIdxImages, readIdxLabels } from "./idx.ts";

/** A file of the set, with the gzip file in which it is published: `NAME.gz`. */
export interface IdxFile extends SourceFile {
  readonly gzip: { readonly bytes: number; readonly sha256: string };
}

/** The files that a set has. */
export type IdxFiles = Readonly<Record<"trainImages" | "trainLabels" | "testImages" | "testLabels", IdxFile>>;

/** Names and sizes of MNIST's files, which those of the sets made after it have, too. */
const MNIST_FILES: Readonly<Record<keyof IdxFiles, Pick<IdxFile, "name" | "bytes">>> = {
  trainImages: { name: "train-images-idx3-ubyte", bytes: 47_040_016 },
  trainLabels: { name: "train-labels-idx1-ubyte", bytes: 60_008 },
  testImages: { name: "t10k-images-idx3-ubyte", bytes: 7_840_016 },
  testLabels: { name: "t10k-labels-idx1-ubyte", bytes: 10_008 },
};

/** The files of a set made like MNIST, by what tells them apart. */
export function mnistFiles(own: Readonly<Record<keyof IdxFiles, Pick<IdxFile, "sha256" | "gzip">>>): IdxFiles {
  return {
    trainImages: { ...MNIST_FILES.trainImages, ...own.trainImages },
    trainLabels: { ...MNIST_FILES.trainLabels, ...own.trainLabels },
    testImages: { ...MNIST_FILES.testImages, ...own.testImages },
    testLabels: { ...MNIST_FILES.testLabels, ...own.testLabels },
  };
}

/** Where a set of IDX files comes from. */
export interface IdxSourceOptions {
  readonly facts: DatasetFacts & Required<Pick<DatasetFacts, "mean" | "std">>;
  readonly files: IdxFiles;
  /** Addresses of folders that hold the published files, in the order in which they are tried; they end with a slash. */
  readonly urls: readonly string[];
  /** A Debian package that has the files, gzipped in whatever way, and the absolute path of their folder. */
  readonly debian?: { readonly package: string; readonly folder: string };
  /** Limits of downloads. */
  readonly limits?: DownloadLimits;
}

/**
 * Makes the source of a data set of IDX files. They are found in its folder, also gzipped, otherwise in the installed
 * Debian package, otherwise they are downloaded, otherwise taken from the Debian package without installing it.
 */
export function idxSource(options: IdxSourceOptions): DatasetSource {
  const { facts, debian } = options;
  const files = Object.values(options.files);
  const digest = listDigest(files);
  return {
    facts,
    hosts: options.urls.map((url) => new URL(url).hostname),
    check: (folder, check) => statesOf(files, { folders: [folder, ...debian ? [debian.folder] : []], ...check }),
    async prepare(folder, { from, ...prepare }) {
      if (from !== undefined && !await isFolder(from)) {
        throw new UserError(`${from} is no folder: expected one with the four files of ${facts.title}, gzipped or not`);
      }
      const given: Way<IdxFile>[] = from === undefined ? [] : [{ network: false, fetch: (way) => takeFrom(from, way) }];
      await fetchFiles(folder, { ...prepare, facts, files, ways: [...given, ...waysOf(options)] });
    },
    open(folder) {
      const { trainImages, trainLabels, testImages, testLabels } = options.files;
      const pool = (images: IdxFile, labels: IdxFile) => () =>
        openPool({ images: `${folder}/${images.name}`, labels: `${folder}/${labels.name}` }, facts);
      return {
        classes: facts.classes,
        digest,
        counts: { train: facts.trainImages, test: facts.testImages },
        skipped: [],
        mean: facts.mean,
        std: facts.std,
        train: pool(trainImages, trainLabels),
        test: pool(testImages, testLabels),
      };
    },
  };
}

async function isFolder(path: string): Promise<boolean> {
  return await Deno.stat(path).then((info) => info.isDirectory, () => false);
}

/** States of the files in the first of the folders; what is missing may be in any of them as a gzip file. */
async function statesOf(
  files: readonly IdxFile[],
  { folders, ...check }: CheckOptions & { readonly folders: readonly string[] },
): Promise<FileState[]> {
  const states = await checkFiles(folders[0], { ...check, files });
  return await Promise.all(states.map(async (state, i) => {
    if (state.kind !== "missing") return state;
    for (const folder of folders) {
      const path = `${folder}/${files[i].name}.gz`;
      if (statFile(path) && await holds(path, { ...check, file: files[i] })) return { path, kind: "whole" };
    }
    return state;
  }));
}

function waysOf({ urls, debian, limits }: IdxSourceOptions): Way<IdxFile>[] {
  const local: Way<IdxFile> = { network: false, fetch: (way) => unpackFrom(way.folder, way) };
  const downloaded: Way<IdxFile> = { network: true, fetch: (way) => downloadAll(way, { urls, limits }) };
  if (debian === undefined) return [local, downloaded];
  const installed: Way<IdxFile> = { network: false, fetch: (way) => unpackFrom(debian.folder, way) };
  const unpacked: Way<IdxFile> = {
    network: true,
    async fetch(way) {
      const log = (text: string) => way.onProgress({ kind: "step", text });
      const root = await unpackDebianPackage(debian.package, { folder: way.work, log, signal: way.signal });
      await unpackFrom(`${root}${debian.folder}`, way);
    },
  };
  return [local, installed, downloaded, unpacked];
}

/** Unpacks the missing files' archives that are in a folder. */
async function unpackFrom(from: string, { folder, missing, onProgress, signal }: WayOptions<IdxFile>): Promise<void> {
  for (const file of missing) {
    const archive = `${from}/${file.name}.gz`;
    if (!statFile(archive)) continue;
    onProgress({ kind: "step", text: `unpacking ${file.name}.gz` });
    await gunzip(archive, { file, folder, signal });
  }
}

/** Takes the missing files from a folder of the user's, where they may be gzipped. */
async function takeFrom(from: string, way: WayOptions<IdxFile>): Promise<void> {
  const { folder, missing, work, onProgress, signal } = way;
  for (const { name, bytes, sha256 } of missing) {
    if (!statFile(`${from}/${name}`)) continue;
    onProgress({ kind: "step", text: `copying ${name}` });
    await Deno.copyFile(`${from}/${name}`, `${work}/${name}`);
    const [{ kind }] = await checkFiles(work, { files: [{ name, bytes, sha256 }], signal });
    if (kind !== "whole") throw new UserError(`${from}/${name} is not the published file: expected SHA-256 ${sha256}`);
    await Deno.rename(`${work}/${name}`, `${folder}/${name}`);
  }
  await unpackFrom(from, { ...way, missing: missing.filter(({ name }) => !statFile(`${from}/${name}`)) });
  const lacking = missing.filter(({ name }) => !statFile(`${folder}/${name}`));
  if (lacking.length === 0) return;
  throw new UserError(`${from} has no ${lacking.map(({ name }) => `${name} or ${name}.gz`).join(", no ")}`);
}

async function downloadAll(
  { folder, missing, onProgress, signal }: WayOptions<IdxFile>,
  { urls, limits }: Pick<IdxSourceOptions, "urls" | "limits">,
): Promise<void> {
  for (const { gzip, ...file } of missing) {
    const archive = { ...gzip, name: `${file.name}.gz` };
    const from = urls.map((url) => `${url}${archive.name}`);
    await downloadFile(archive, { folder, urls: from, limits, onProgress, signal });
    await gunzip(`${folder}/${archive.name}`, { file, folder, signal });
    await Deno.remove(`${folder}/${archive.name}`);
  }
}

function openPool(paths: { readonly images: string; readonly labels: string }, facts: DatasetFacts): ImagePool {
  const { count, rows, columns, pixels } = readIdxImages(paths.images);
  const { imageSize, classes } = facts;
  if (rows !== imageSize || columns !== imageSize) {
    throw new UserError(
      `${paths.images} has images of another size: expected ${imageSize} × ${imageSize}, got ${rows} × ${columns}`,
    );
  }
  const labels = readIdxLabels(paths.labels, { classes: classes.length });
  if (labels.length !== count) {
    throw new UserError(`${paths.labels} has another count: expected ${count} labels, got ${labels.length}`);
  }
  const values = rows * columns;
  const image = (index: number) => pixels.subarray(index * values, (index + 1) * values);
  return {
    labels,
    imageSize,
    read(indices) {
      const images = new Uint8Array(indices.length * values);
      indices.forEach((index, i) => images.set(image(index), i * values));
      return images;
    },
    store: (indices) => ({
      open: () => ({ read: (i, target) => target.set(image(indices[i])), [Symbol.dispose]() {} }),
    }),
  };
}
