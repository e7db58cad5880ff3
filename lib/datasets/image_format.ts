/**
 * How the files of a data set are to be understood: which are images, what they show. It knows nothing of any one set.
 *
 * @module
 */
import type { ArchiveFile } from "./archive.ts";
import type { Part } from "./dataset.ts";

/** An image before it is known what it shows. */
export interface UnlabelledImage {
  /** The path of its file, unique in the set; of many images in one file, with a number behind it. */
  readonly path: string;
  /** What messages call it. */
  readonly name: string;
  /** The class, where the file itself says it. */
  readonly label?: number;
}

/** An image with its pixels, row-major [height, width, channels]. */
export interface RawImage extends UnlabelledImage {
  readonly pixels: Uint8Array;
}

/** What an image is. */
export interface ImageDescription {
  /** The class. */
  readonly label: number;
  /** The official part, where there are any. */
  readonly part?: Part;
  /** What it has in common with others, such as the slide, so that they may be kept in one part. */
  readonly group?: string;
}

/** How the files of a data set are to be understood. */
export interface ImageFormat {
  /** What a file is for, by its path; undefined: nothing. */
  use(path: string): "images" | "table" | undefined;
  /**
   * Takes a file of many raw images apart (default: a file is one picture). `name` stands for the file in messages.
   * Throws a UserError for a damaged file.
   */
  unpack?(file: ArchiveFile, options: { readonly name: string }): RawImage[];
  /** Names of the classes, where only the tables say them (default: those of the facts). */
  classes?(tables: ReadonlyMap<string, Uint8Array>): readonly string[];
  /** Says what images are, by the contents of the tables. Throws a UserError where that can't be said. */
  describer(tables: ReadonlyMap<string, Uint8Array>): (image: UnlabelledImage) => ImageDescription;
}

/** Whether a path is a file of the system, not of the archive's maker: `__MACOSX/x`, `._x`, `.DS_Store`. */
export function isHidden(path: string): boolean {
  return path.split("/").some((name) => name.startsWith(".") || name === "__MACOSX");
}
