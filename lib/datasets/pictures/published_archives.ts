/**
 * The archives of a data set as they are published: found in its folder, or downloaded. In their place the user may name
 * a folder or another archive with the same images.
 *
 * @module
 */
import { UserError } from "../../user_error.ts";
import type { DatasetFacts } from "../dataset.ts";
import { type ArchiveLimits, readArchive, type ReadArchiveOptions } from "../fetch/archive.ts";
import type { DownloadLimits } from "../fetch/download.ts";
import { downloadFile, fetchFiles, type Way } from "../fetch/fetch_files.ts";
import { listDigest } from "../fetch/file_hashes.ts";
import { checkFiles, type SourceFile } from "../fetch/source_files.ts";
import type { ImageFiles, NamedFile } from "./image_source.ts";

/** An archive and where it is published. */
export interface PublishedArchive extends SourceFile {
  /** Addresses of the file, in the order in which they are tried. */
  readonly urls: readonly string[];
}

/** Options of {@linkcode publishedArchives}. */
export interface PublishedArchivesOptions {
  /** The data set's name, and its name in print. */
  readonly facts: Pick<DatasetFacts, "name" | "title">;
  readonly archives: readonly PublishedArchive[];
  /** The most that an archive may unpack to. */
  readonly unpackLimits?: Partial<ArchiveLimits>;
  /** Limits of downloads. */
  readonly limits?: DownloadLimits;
}

/** The archives of a set, as the source of its images. */
export function publishedArchives(options: PublishedArchivesOptions): ImageFiles {
  const { facts, archives: files, limits, unpackLimits } = options;
  const digest = listDigest(files);
  const downloaded: Way<PublishedArchive> = {
    network: true,
    async fetch({ missing, ...way }) {
      for (const { urls, ...file } of missing) await downloadFile(file, { ...way, urls, limits });
    },
  };
  const isGood = (path: string, { signal }: { signal?: AbortSignal }) =>
    isWhole(path, { signal, limits: unpackLimits });
  return {
    hosts: files.flatMap(({ urls }) => urls.map((url) => new URL(url).hostname)),
    check: (folder, check) => checkFiles(folder, { ...check, files, isGood }),
    prepare: (folder, prepare) => fetchFiles(folder, { ...prepare, facts, files, isGood, ways: [downloaded] }),
    digest: () => digest,
    origin: (folder) => files.length === 1 ? `${folder}/${files[0].name}` : folder,
    read: (folder, options) =>
      readArchives(files.map(({ name }) => `${folder}/${name}`), { ...options, limits: unpackLimits }),
  };
}

/** Reads the wanted files of archives, one archive after the other. */
export async function* readArchives(
  paths: readonly string[],
  options: ReadArchiveOptions,
): AsyncGenerator<NamedFile> {
  for (const archive of paths) {
    for await (const file of readArchive(archive, options)) yield { ...file, name: `${archive}/${file.path}` };
  }
}

/** Whether an archive can be read to its end. */
async function isWhole(path: string, options: Omit<ReadArchiveOptions, "wanted">): Promise<boolean> {
  try {
    for await (const _ of readArchive(path, { ...options, wanted: () => true }));
    return true;
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
}
