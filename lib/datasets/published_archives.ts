/**
 * The archives of a data set as they are published: found in its folder, or downloaded. It knows nothing of what is in
 * them.
 *
 * @module
 */
import type { ArchiveLimits } from "./archive_check.ts";
import { download, type DownloadOptions } from "./download.ts";
import { fetchFiles, type Way } from "./fetch_files.ts";
import { type ImageFiles, readArchives } from "./image_source.ts";
import { checkFiles, listDigest, type SourceFile } from "./source_files.ts";

/** An archive and where it is published. */
export interface PublishedArchive extends SourceFile {
  /** Addresses of the file, in the order in which they are tried. */
  readonly urls: readonly string[];
}

/** Options of {@linkcode publishedArchives}. */
export interface PublishedArchivesOptions {
  /** The data set's name, and its name in print. */
  readonly facts: { readonly name: string; readonly title: string };
  readonly archives: readonly PublishedArchive[];
  /** The most that an archive may unpack to. */
  readonly unpackLimits?: Partial<ArchiveLimits>;
  /** Limits of downloads. */
  readonly limits?: Pick<DownloadOptions, "connectTimeout" | "stallTimeout" | "retries" | "retryDelay">;
}

/** The archives of a set, as the source of its images. */
export function publishedArchives(options: PublishedArchivesOptions): ImageFiles {
  const { facts, archives, limits, unpackLimits } = options;
  const digest = listDigest(archives);
  const downloaded: Way<PublishedArchive> = {
    network: true,
    async fetch({ folder, missing, onProgress, signal }) {
      for (const { urls, ...file } of missing) {
        onProgress({ kind: "step", text: `downloading ${file.name}` });
        await download(urls, {
          ...limits,
          file,
          folder,
          signal,
          onWait: (text) => onProgress({ kind: "step", text }),
          onProgress: (bytes) => onProgress({ kind: "download", file: file.name, bytes, of: file.bytes }),
        });
      }
    },
  };
  return {
    check: (folder, { deep } = {}) => checkFiles(folder, { files: archives, deep }),
    prepare: (folder, options) => fetchFiles(folder, { ...options, facts, files: archives, ways: [downloaded] }),
    fingerprint: () => digest,
    digest: () => digest,
    origin: (folder) => archives.length === 1 ? `${folder}/${archives[0].name}` : folder,
    read: (folder, options) =>
      readArchives(archives.map(({ name }) => `${folder}/${name}`), { ...options, limits: unpackLimits }),
  };
}
