/**
 * What a data set is: images with labels, the facts about them, and the source that they come from. It knows nothing of
 * any one data set, nor of files or networks.
 *
 * @module
 */

/** Images with their labels, as they are stored. */
export interface Images {
  /** Pixel values 0 to 255, row-major [count, imageSize, imageSize, channels]. */
  readonly images: Uint8Array;
  /** The class of each image, an index into the data set's `classes`. */
  readonly labels: Uint8Array;
  /** Number of images. */
  readonly count: number;
  /** Height and width in pixels. */
  readonly imageSize: number;
  /** Values a pixel. */
  readonly channels: number;
}

/** A part of a data set. */
export type Part = "train" | "validation" | "test";

/** The images of a data set, split into parts. */
export interface Dataset {
  /** The name that commands and settings use. */
  readonly name: string;
  /** Names of the classes; a label is an index into them. */
  readonly classes: readonly string[];
  /** SHA-256 that stands for the source files, see {@linkcode DatasetFacts}. */
  readonly digest: string;
  /** Mean of pixels / 255 over the official training images, for each channel. */
  readonly mean: readonly number[];
  /** Standard deviation of pixels / 255 over the official training images, for each channel. */
  readonly std: readonly number[];
  /** Training images; none where this part was not asked for. */
  readonly train: Images;
  /** Validation images, none of them a training image; none where this part was not asked for. */
  readonly validation: Images;
  /** Test images: there only where this part was asked for. */
  readonly test?: Images;
}

/** What is known of a data set without having it. */
export interface DatasetFacts {
  /** The name that commands and settings use. */
  readonly name: string;
  /** The name in print. */
  readonly title: string;
  /** Names of the classes in the order of their labels. */
  readonly classes: readonly string[];
  /** Height and width of the images as published, in pixels. */
  readonly imageSize: number;
  /** Values a pixel. */
  readonly channels: number;
  /** Mean of pixels / 255 over the official training images, for each channel. */
  readonly mean: readonly number[];
  /** Standard deviation of pixels / 255 over the official training images, for each channel. */
  readonly std: readonly number[];
  /** Number of official training images, from which a validation part is split off. */
  readonly trainImages: number;
  /** Number of official test images. */
  readonly testImages: number;
  /** SHA-256, hexadecimal, of the lines "SHA-256 of the uncompressed file, two spaces, name", as sha256sum has them. */
  readonly digest: string;
  /** Licence of the images. */
  readonly license: string;
  /** The publisher's page. */
  readonly homepage: string;
}

/** What is being done while a data set is fetched. */
export type Progress =
  | { readonly kind: "step"; readonly text: string }
  /** Bytes of a file that have come, counted with what an earlier download had left. */
  | { readonly kind: "download"; readonly file: string; readonly bytes: number; readonly of: number };

/** The state of a file of a data set in the cache. */
export interface FileState {
  /** Path of the file. */
  readonly path: string;
  /** `damaged`: there, but with other bytes than the published file has. */
  readonly kind: "whole" | "missing" | "damaged";
}

/** Images that can be read when they are needed. */
export interface ImagePool {
  /** The class of every image. */
  readonly labels: Uint8Array;
  /** Pixels of the images with these indices, in this order, row-major [indices, height, width, channels]. */
  read(indices: Uint32Array): Uint8Array;
}

/** Where a data set comes from. Folders are the data set's own, below the cache folder. */
export interface DatasetSource {
  /** What is known of the data set. */
  readonly facts: DatasetFacts;
  /** States of the files; `deep` reads all bytes, otherwise a file that was found whole and not touched since is whole. */
  check(folder: string, options?: { deep?: boolean }): Promise<FileState[]>;
  /**
   * Makes the files whole. It does nothing where they are; otherwise it takes them from a copy on this machine, or else,
   * if `network`, fetches them. Throws a UserError that says what was tried.
   */
  prepare(folder: string, options: { network: boolean; onProgress?: (progress: Progress) => void }): Promise<void>;
  /** Opens the official parts of a set whose files are whole; nothing is read before a part's function is called. */
  open(folder: string): { readonly train: () => ImagePool; readonly test: () => ImagePool };
}
