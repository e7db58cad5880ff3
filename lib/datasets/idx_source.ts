/**
 * A data set of four IDX files, as MNIST has them: where they are found, how they are fetched and read. It knows nothing
 * of any one set.
 *
 * @module
 */
import { UserError } from "../user_error.ts";
import type { DatasetFacts, DatasetSource, ImagePool } from "./dataset.ts";
import { unpackDebianPackage } from "./debian_package.ts";
import { download, type DownloadOptions } from "./download.ts";
import { fetchFiles, type Way, type WayOptions } from "./fetch_files.ts";
import { gunzip } from "./gunzip.ts";
import { readIdxImages, readIdxImagesHeader, readIdxLabels, storedIdxImages } from "./idx.ts";
import { checkFiles, listDigest, type SourceFile } from "./source_files.ts";

/** A file of the set, with the gzip file in which it is published: `NAME.gz`. */
export interface IdxFile extends SourceFile {
  readonly gzip: { readonly bytes: number; readonly sha256: string };
}

/** Where a set of IDX files comes from. */
export interface IdxSourceOptions {
  readonly facts: DatasetFacts & Required<Pick<DatasetFacts, "mean" | "std">>;
  readonly files: Readonly<Record<"trainImages" | "trainLabels" | "testImages" | "testLabels", IdxFile>>;
  /** Addresses of folders that hold the published files, in the order in which they are tried; they end with a slash. */
  readonly urls: readonly string[];
  /** A Debian package that has the files, gzipped in whatever way, and the absolute path of their folder. */
  readonly debian?: { readonly package: string; readonly folder: string };
  /** Limits of downloads. */
  readonly limits?: Pick<DownloadOptions, "connectTimeout" | "stallTimeout" | "retries" | "retryDelay">;
}

/**
 * Makes the source of a data set of IDX files. They are found in its folder, also gzipped, otherwise in the installed
 * Debian package, otherwise they are downloaded, otherwise taken from the Debian package without installing it.
 */
export function idxSource(options: IdxSourceOptions): DatasetSource {
  const files = Object.values(options.files);
  const { facts } = options;
  const digest = listDigest(files);
  const ways = waysOf(options);
  return {
    facts,
    check: (folder, { deep } = {}) => checkFiles(folder, { files, deep }),
    prepare: (folder, options) => fetchFiles(folder, { ...options, facts, files, ways }),
    open(folder) {
      const { trainImages, trainLabels, testImages, testLabels } = options.files;
      return {
        classes: facts.classes,
        digest,
        counts: { train: facts.trainImages, test: facts.testImages },
        skipped: [],
        mean: facts.mean,
        std: facts.std,
        train: () =>
          openPool({ images: `${folder}/${trainImages.name}`, labels: `${folder}/${trainLabels.name}` }, facts),
        test: () => openPool({ images: `${folder}/${testImages.name}`, labels: `${folder}/${testLabels.name}` }, facts),
      };
    },
  };
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
    try {
      await Deno.stat(archive);
    } catch {
      continue;
    }
    onProgress({ kind: "step", text: `unpacking ${file.name}.gz` });
    await gunzip(archive, { file, folder, signal });
  }
}

async function downloadAll(
  { folder, missing, onProgress, signal }: WayOptions<IdxFile>,
  { urls, limits }: Pick<IdxSourceOptions, "urls" | "limits">,
): Promise<void> {
  for (const { gzip, ...file } of missing) {
    const archive = { ...gzip, name: `${file.name}.gz` };
    onProgress({ kind: "step", text: `downloading ${archive.name}` });
    await download(urls.map((url) => `${url}${archive.name}`), {
      ...limits,
      file: archive,
      folder,
      signal,
      onWait: (text) => onProgress({ kind: "step", text }),
      onProgress: (bytes) => onProgress({ kind: "download", file: archive.name, bytes, of: gzip.bytes }),
    });
    await gunzip(`${folder}/${archive.name}`, { file, folder, signal });
    await Deno.remove(`${folder}/${archive.name}`);
  }
}

function openPool(paths: { readonly images: string; readonly labels: string }, facts: DatasetFacts): ImagePool {
  const { count, rows, columns } = readIdxImagesHeader(paths.images);
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
  return {
    labels,
    imageSize,
    read: (indices) => readIdxImages(paths.images, indices),
    store: (indices) => storedIdxImages(paths.images, indices),
  };
}
