/**
 * Formats in which the path of a picture says what it shows. They know nothing of any one set.
 *
 * @module
 */
import { UserError } from "../user_error.ts";
import type { Part } from "./dataset.ts";
import { type ImageFormat, isHidden } from "./image_format.ts";

/** What a path says. */
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
    use: (path) => !isHidden(path) && read(path) ? "images" : undefined,
    describer: () => ({ path, name }) => {
      const { className, part, group } = read(path)!;
      const label = labels.get(className);
      if (label !== undefined) return { label, part, group };
      throw new UserError(`${name} is of an unknown class: expected one of ${classes.join(", ")}, got ${className}`);
    },
  };
}
