/**
 * How the files of a data set are to be understood: which are images, and what they show.
 *
 * @module
 */
import { UserError } from "../../user_error.ts";
import type { DatasetFacts, Part } from "../dataset.ts";
import type { ArchiveFile } from "../fetch/archive.ts";

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
  /** What the classes are called in paths, in the order of their labels, where paths say them. */
  readonly folders?: readonly string[];
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

/** What the path of a picture says. */
export interface PathMeaning {
  /** The name of the class, as it is in paths. */
  readonly className: string;
  readonly part?: Part;
  readonly group?: string;
}

/** Options of {@linkcode picturePaths}. */
export interface PicturePathsOptions {
  /** Names of the classes in the paths, in the order of their labels. */
  readonly classes: readonly string[];
  /** What a picture's path says; undefined for other files. */
  readonly read: (path: string) => PathMeaning | undefined;
}

/** A format in which each file that `read` understands is a picture. */
export function picturePaths({ classes, read }: PicturePathsOptions): ImageFormat {
  const labels = new Map(classes.map((name, label) => [name, label]));
  return {
    folders: classes,
    use: (path) => !isSystemFile(path) && read(path) ? "images" : undefined,
    describer: () => ({ path, name }) => {
      const { className, part, group } = read(path)!;
      const label = labels.get(className);
      if (label !== undefined) return { label, part, group };
      throw new UserError(`${name} is of an unknown class: expected one of ${someOf(classes)}, got ${className}`);
    },
  };
}

/** What folders of parts are called, in small letters. */
const PART_NAMES: Readonly<Record<Part, readonly string[]>> = {
  train: ["train", "training"],
  validation: ["val", "valid", "validation", "dev"],
  test: ["test", "testing"],
};

/** The part that a folder is called like. */
export function partOf(folder: string): Part | undefined {
  const name = folder.toLowerCase();
  return (Object.keys(PART_NAMES) as Part[]).find((part) => PART_NAMES[part].includes(name));
}

/**
 * The format in which many hand on a set's pictures: PART/CLASS/PICTURE, or CLASS/PICTURE where there are no official
 * parts. Classes are called as in the published paths, or as in the facts. Where a set has no validation part, what is
 * called so is the test part.
 */
export function classFolders(
  { classes, validationImages, testImages }: DatasetFacts,
  { folders = classes, official }: { readonly folders?: readonly string[]; readonly official: boolean },
): ImageFormat {
  const names = new Map([...classes, ...folders].map((name, i) => [name.toLowerCase(), folders[i % classes.length]]));
  return picturePaths({
    classes: folders,
    read(path) {
      if (!isPicture(path)) return undefined;
      const [folder, above] = path.split("/").slice(-3, -1).reverse();
      const className = names.get(folder?.toLowerCase() ?? "");
      if (className === undefined || !official) return className === undefined ? undefined : { className };
      const part = partOf(above ?? "");
      if (part === undefined) return undefined;
      return { className, part: part === "validation" && validationImages === undefined && testImages ? "test" : part };
    },
  });
}

const PICTURE = /\.(?:jpe?g|jpe|jfif|png|tiff?|webp|gif|bmp)$/i;

/** What {@linkcode isPicture} knows, for messages. */
export const PICTURE_KINDS = "JPEG, PNG, TIFF, WebP, GIF or BMP";

/** Whether a file is called like a picture that can be decoded. */
export function isPicture(path: string): boolean {
  return PICTURE.test(path);
}

const SYSTEM = /^(?:\..*|__MACOSX|@eaDir|\$RECYCLE\.BIN|System Volume Information|lost\+found|Thumbs\.db)$/i;

/** Whether a path is the system's and not the maker's: `__MACOSX/x`, `._x`, `.DS_Store`, a NAS's thumbnails, a bin. */
export function isSystemFile(path: string): boolean {
  return path.split("/").some((name) => SYSTEM.test(name));
}

const SHOWN = 5; // names in a message

/**
 * Names for a message, no more than five of them.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * assertEquals(someOf(["a", "b"]), "a, b");
 * assertEquals(someOf(["a", "b", "c", "d", "e", "f", "g"]), "a, b, c, d, e and 2 more");
 * ```
 */
export function someOf(names: readonly string[]): string {
  if (names.length <= SHOWN + 1) return names.join(", ");
  return `${names.slice(0, SHOWN).join(", ")} and ${names.length - SHOWN} more`;
}
