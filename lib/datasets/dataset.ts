/**
 * What a data set is: images with labels, the facts about them, and the source that they come from.
 *
 * @module
 */

/** Images with their labels, as they are stored. */
export interface Images {
  /**
   * Pixel values 0 to 255, row-major [count, imageSize, imageSize, channels]; or what they are read from, where they
   * would take more memory than they may.
   */
  readonly images: Uint8Array | StoredImages;
  /** The class of each image, an index into the data set's `classes`. */
  readonly labels: Uint8Array;
  /** Number of images. */
  readonly count: number;
  /** Height and width in pixels. */
  readonly imageSize: number;
  /** Values a pixel. */
  readonly channels: number;
}

/** Images that are read when they are needed; what they are read from stays open as long as they can be. */
export interface StoredImages {
  /** Begins to read; `using` ends it. */
  open(): ImageReader;
}

/** The greatest height and width that images are resized to, in pixels. */
export const LARGEST_IMAGE = 1_024;

/** Gives the pixels of images one by one. */
export interface ImageReader extends Disposable {
  /** Reads the pixels of one image, 0 to count − 1, to the start of `target`. */
  read(index: number, target: Uint8Array): void;
}

/** Random changes of training images that leave their classes as they are. */
export interface Augmentation {
  /** Black border, as a share of the image's size, to which it is padded before a random part is cut out. */
  readonly pad: number;
  /** Whether half of the images are mirrored, left to right. */
  readonly flip: boolean;
}

/** A part of a data set. */
export type Part = "train" | "validation" | "test";

/** The parts of a data set. */
export const PARTS: readonly Part[] = ["train", "validation", "test"];

/** The images of a data set, split into parts. */
export interface Dataset {
  /** The name that commands and settings use. */
  readonly name: string;
  /** Names of the classes; a label is an index into them. */
  readonly classes: readonly string[];
  /** SHA-256 that stands for the images and their parts, see {@linkcode OpenDataset}. */
  readonly digest: string;
  /** Mean of pixels / 255 over the training images of the fixed split, official where there is one, for each channel. */
  readonly mean: readonly number[];
  /** Standard deviation of pixels / 255 over the same images, for each channel. */
  readonly std: readonly number[];
  /** The set's usual augmentation, an option of `batches`; absent where none is usual, as for digits. */
  readonly augmentation?: Augmentation;
  /** Why pictures were left out that could not be decoded, one text each. */
  readonly skipped: readonly string[];
  /** Where the images were read from, where they are not the published files; the digest is another one then, too. */
  readonly origin?: string;
  /** In what these differ from the published files, as far as is known. */
  readonly edition?: string;
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
  /** Names of the classes in the order of their labels; numbers where only the files say the names. */
  readonly classes: readonly string[];
  /** Height and width of the images unless another size is asked for, in pixels; as published where all have one size. */
  readonly imageSize: number;
  /** Values a pixel. */
  readonly channels: number;
  /** Mean of pixels / 255 over the official training images, for each channel; absent: it is computed. */
  readonly mean?: readonly number[];
  /** Standard deviation of pixels / 255 over the official training images, for each channel. */
  readonly std?: readonly number[];
  /** The set's usual augmentation. */
  readonly augmentation?: Augmentation;
  /** Number of training images; a validation part is split off them where the set has none. */
  readonly trainImages: number;
  /** Number of validation images, where the set has a part of them. */
  readonly validationImages?: number;
  /** Number of test images. */
  readonly testImages: number;
  /** How a published set without official parts is split unless it is asked for otherwise. */
  readonly split?: SplitKind;
  /** Whether the user downloads the archive and names it, because that takes an account. */
  readonly byHand?: boolean;
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
  /** `damaged`: it can't be read to its end, or has wrong bytes; `other`: a good file, but not the published one. */
  readonly kind: "whole" | "missing" | "damaged" | "other";
  /** What is wrong with it, where more can be said. */
  readonly reason?: string;
  /** Whether it holds images decoded from other files, so that it can be deleted, and is made anew. */
  readonly decoded?: boolean;
}

/** Images that can be read when they are needed. */
export interface ImagePool {
  /** The class of every image. */
  readonly labels: Uint8Array;
  /** Height and width of the images as they are read. */
  readonly imageSize: number;
  /** Pixels of the images with these indices, in this order, row-major [indices, height, width, channels]. */
  read(indices: Uint32Array): Uint8Array;
  /** The same images, left in their file. */
  store(indices: Uint32Array): StoredImages;
}

/** How a set without official parts is split: by images, or so that no group (such as a slide) is in two parts. */
export type SplitKind = "image" | "group";

/** The ways in which a set without official parts can be split. */
export const SPLIT_KINDS = ["image", "group"] as const satisfies readonly SplitKind[];

/** What a set is opened with. */
export interface OpenDatasetOptions {
  /** The size that `prepare` was given (default: the facts'). */
  readonly imageSize?: number;
  /** How a set without official parts is split (default: the facts'). */
  readonly split?: SplitKind;
  /** The digest that the set is to have: what was decoded from such files will do, whatever has become of the files. */
  readonly digest?: string;
}

/** How many images a data set has. */
export interface DatasetCounts {
  /** Training images; those for validation are among them where `validation` is absent. */
  readonly train: number;
  /** Images of the set's own validation part. */
  readonly validation?: number;
  /** Test images. */
  readonly test: number;
}

/** A data set whose files are whole. Nothing is read before a part's function is called. */
export interface OpenDataset {
  /** Names of the classes; a label is an index into them. */
  readonly classes: readonly string[];
  /**
   * SHA-256, hexadecimal, of the lines "SHA-256 of a source file, two spaces, name", as sha256sum has them; of pictures,
   * of that, of the version of their decoding, and of the parts.
   */
  readonly digest: string;
  /** How many images it has, without those left out. */
  readonly counts: DatasetCounts;
  /** Why pictures were left out, one text each. */
  readonly skipped: readonly string[];
  /** Where the images were read from, where they are not the published files. */
  readonly origin?: string;
  /** In what these differ from the published files, as far as is known. */
  readonly edition?: string;
  /** How the set was split, where it has no official parts. */
  readonly split?: SplitKind;
  /** Mean of pixels / 255 over the training images, for each channel. */
  readonly mean: readonly number[];
  /** Standard deviation of pixels / 255 over the training images, for each channel. */
  readonly std: readonly number[];
  /** The training images. */
  readonly train: () => ImagePool;
  /** The validation images. Absent where a validation part is to be split off the training images. */
  readonly validation?: () => ImagePool;
  /** The test images. */
  readonly test: () => ImagePool;
}

/** Options of a source's `prepare`. */
export interface PrepareOptions extends Pick<OpenDatasetOptions, "split" | "digest"> {
  /** Whether what is missing may be fetched. */
  readonly network: boolean;
  /** The size to which images are decoded; default: only the files are made whole. */
  readonly imageSize?: number;
  /** A folder or an archive with the set's images that is used in the place of the published files from now on. */
  readonly from?: string;
  /** Whether that may have fewer images than the set, of all its classes (default: no). */
  readonly subset?: boolean;
  /** Called with what is being done. */
  readonly onProgress?: (progress: Progress) => void;
  /** Stops the work; of files that are not whole, only what was downloaded stays, to go on from there. */
  readonly signal?: AbortSignal;
}

/** Options of a source's `check`. */
export interface CheckOptions {
  /** Whether all bytes are read, also of files that were found whole and have not been touched since (default: no). */
  readonly deep?: boolean;
  /** Called with what is being done. */
  readonly onProgress?: (progress: Progress) => void;
  /** Stops it. */
  readonly signal?: AbortSignal;
}

/** Where a data set comes from. Folders are the data set's own, below the cache folder. */
export interface DatasetSource {
  /** What is known of the data set. */
  readonly facts: DatasetFacts;
  /** The hosts that its files are downloaded from. */
  readonly hosts: readonly string[];
  /** States of the files; a deep check reads decoded images, too, and decodes pictures that no checksum is known of. */
  check(folder: string, options?: CheckOptions): Promise<FileState[]>;
  /** What is to be known of the files: that they are not the published ones, what is left out of a folder. */
  notes?(folder: string): readonly string[];
  /**
   * Makes the files whole, and where images are to be decoded, decodes them into a file in the folder. It does nothing
   * where that is done; otherwise it takes the files from a copy on this machine, or else, if `network`, fetches them.
   * Throws a UserError that says what was tried, and the signal's reason where it is aborted.
   */
  prepare(folder: string, options: PrepareOptions): Promise<void>;
  /** Opens a set that is prepared. Throws a UserError where that is not so, or where it can't be split like this. */
  open(folder: string, options?: OpenDatasetOptions): OpenDataset;
}
