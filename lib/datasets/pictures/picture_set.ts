/**
 * A published set of pictures: how its archives are had, and how its files are understood.
 *
 * @module
 */
import type { DatasetSource } from "../dataset.ts";
import { imageSource, type ImageSourceOptions } from "./image_source.ts";
import { type NamedFilesOptions, withNamedFiles } from "./named_files.ts";
import { type PublishedArchive, publishedArchives, type PublishedArchivesOptions } from "./published_archives.ts";

/** What tells a published set of pictures from others. */
export interface PictureSetOptions
  extends
    Omit<ImageSourceOptions, "files">,
    Omit<NamedFilesOptions, "archives">,
    Omit<PublishedArchivesOptions, "facts" | "archives"> {
  /** Its archives; none where it takes an account to download them (default). */
  readonly archives?: readonly PublishedArchive[];
}

/** Makes the source of a published set of pictures. */
export function pictureSet({ archives = [], ...set }: PictureSetOptions): DatasetSource {
  const published = archives.length > 0 ? publishedArchives({ ...set, archives }) : undefined;
  return imageSource({ ...set, files: withNamedFiles(published, { ...set, archives }) });
}
