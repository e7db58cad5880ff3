/**
 * What the folders of a user's pictures mean: classes, or parts above classes. It reads their names only.
 *
 * @module
 */
import { UserError } from "../../user_error.ts";
import { type Part, PARTS } from "../dataset.ts";
import { type PartShares, splitByClass } from "../split.ts";
import { partOf, type PathMeaning, someOf } from "./image_format.ts";

const MOST_CLASSES = 256; // a label is a byte

/** Options of {@linkcode folderLayout}. */
export interface FolderLayoutOptions {
  /** Names of the folders in the folder. */
  readonly folders: readonly string[];
  /** Paths of the pictures below the folder, sorted. */
  readonly pictures: readonly string[];
  /** Shares of the parts that have no folder. */
  readonly shares: PartShares;
}

/** What the folders mean. */
export interface FolderLayout {
  /** Names of the classes, sorted. */
  readonly classes: readonly string[];
  /** What each picture shows, by its path; parts are there where they have folders. */
  readonly meanings: ReadonlyMap<string, PathMeaning>;
  /** Pictures beside the folders of classes, which are left out. */
  readonly loose: readonly string[];
  /** Whether parts have folders. */
  readonly official: boolean;
  /** Whether test images were split off the training images of a set that has parts. */
  readonly testSplitOff: boolean;
}

/**
 * Understands a user's folder by the names in it: folders of classes, or `train`, `test`, `validation` and their like,
 * in whatever letters, above such folders. Beside other folders with pictures, what is called like a part is a class,
 * too, if pictures lie right in it. A class may be written in two Unicode forms. Throws a UserError that names what was
 * expected and found where parts are incomplete, empty or beside other folders with pictures, where there are not 2 to
 * 256 classes, and for a class that has too few pictures to be in each part.
 */
export function folderLayout(root: string, options: FolderLayoutOptions): FolderLayout {
  return hasParts(options) ? withParts(root, options) : withoutParts(root, options);
}

function hasParts({ folders, pictures }: FolderLayoutOptions): boolean {
  const parts = folders.filter((folder) => partOf(folder));
  const paths = pictures.map((path) => path.split("/")).filter((path) => path.length > 1);
  if (paths.every(([folder]) => partOf(folder))) return parts.length > 0;
  const found = new Set(parts.map(partOf));
  return found.has("train") && found.size > 1 && paths.every((path) => !partOf(path[0]) || path.length > 2);
}

/** Names of classes may be made of other characters that look the same, as macOS writes them. */
function classOf(folder: string): string {
  return folder.normalize("NFC");
}

function withoutParts(root: string, { pictures }: FolderLayoutOptions): FolderLayout {
  const meanings = new Map<string, PathMeaning>();
  for (const path of pictures.filter((path) => path.includes("/"))) {
    meanings.set(path, { className: classOf(path.split("/")[0]) });
  }
  const counts = countClasses(meanings.values());
  const classes = classNames(root, counts);
  checkCounts(root, { counts, least: 3, why: "some are for validation and tests" });
  return {
    classes,
    meanings,
    loose: pictures.filter((path) => !meanings.has(path)),
    official: false,
    testSplitOff: false,
  };
}

function withParts(root: string, options: FolderLayoutOptions): FolderLayout {
  const { pictures, shares } = options;
  const folders = checkedParts(root, options);
  const meanings = new Map<string, PathMeaning>();
  for (const path of pictures) {
    const [top, className, ...rest] = path.split("/");
    if (rest.length > 0) meanings.set(path, { className: classOf(className), part: partOf(top) });
  }
  checkParts(root, { folders, meanings });
  const train = [...meanings].filter(([, { part }]) => part === "train");
  const counts = countClasses(train.map(([, meaning]) => meaning));
  const classes = classNames(root, counts);
  const trainFolder = `${root}/${folders.get("train")}`;
  for (const [path, { className }] of meanings) {
    if (counts.has(className)) continue;
    throw new UserError(
      `${root}/${path} is of a class without training pictures: expected one of ${someOf(classes)}, ` +
        `as in ${trainFolder}, got ${className}; are the pictures in ${
          path.split("/")[0]
        }/ sorted into folders of classes?`,
    );
  }
  if (folders.size < PARTS.length) {
    checkCounts(trainFolder, { counts, least: 2, why: "images of a part without a folder are split off" });
  }
  const testSplitOff = !folders.has("test");
  if (testSplitOff) {
    const labels = train.map(([, { className }]) => classes.indexOf(className));
    for (const i of splitByClass({ labels, shares: { ...shares, validation: 0 } }).test) {
      const [path, meaning] = train[i];
      meanings.set(path, { ...meaning, part: "test" });
    }
  }
  return { classes, meanings, loose: pictures.filter((path) => !meanings.has(path)), official: true, testSplitOff };
}

function checkParts(
  root: string,
  { folders, meanings }: { folders: ReadonlyMap<Part, string>; meanings: ReadonlyMap<string, PathMeaning> },
): void {
  const found = new Set([...meanings.values()].map(({ part }) => part));
  for (const [part, folder] of folders) {
    if (found.has(part)) continue;
    throw new UserError(`${root}/${folder} is empty: expected folders of classes with pictures in them, got none`);
  }
}

/** Each class needs enough pictures in its folder. */
function checkCounts(
  folder: string,
  { counts, least, why }: { counts: ReadonlyMap<string, number>; least: number; why: string },
): void {
  for (const [className, count] of counts) {
    if (count >= least) continue;
    throw new UserError(
      `${folder}/${className} has too few pictures: expected at least ${least}, as ${why}, got ${count}`,
    );
  }
}

/** The folders of the parts: one for training, and at least one more. */
function checkedParts(root: string, { folders, pictures }: FolderLayoutOptions): ReadonlyMap<Part, string> {
  const refuse = (expected: string, found: readonly string[]) => {
    const got = someOf(found.map((name) => `${name}/`));
    return new UserError(`The folders of ${root} are not understood: expected ${expected}, got ${got}`);
  };
  const byPart = new Map<Part, string>();
  const others: string[] = [];
  for (const folder of folders) {
    const part = partOf(folder);
    if (part === undefined) others.push(folder);
    else if (byPart.has(part)) throw refuse(`one folder for the ${part} part`, [byPart.get(part)!, folder]);
    else byPart.set(part, folder);
  }
  const parts = [...byPart.values()];
  const strange = others.filter((folder) => pictures.some((path) => path.startsWith(`${folder}/`)));
  if (strange.length > 0) throw refuse(`no pictures beside ${parts.map((name) => `${name}/`).join(", ")}`, strange);
  if (!byPart.has("train") || byPart.size < 2) {
    throw refuse("train/ with test/ or validation/ or both, or else a folder for each class", parts);
  }
  return byPart;
}

function countClasses(meanings: Iterable<PathMeaning>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { className } of meanings) counts.set(className, (counts.get(className) ?? 0) + 1);
  return counts;
}

function classNames(root: string, counts: ReadonlyMap<string, number>): string[] {
  if (counts.size >= 2 && counts.size <= MOST_CLASSES) return [...counts.keys()].sort();
  throw new UserError(
    `${root} is no data set: expected 2 to ${MOST_CLASSES} folders with pictures, one for each class ` +
      `(or train/ and test/ above them), got ${counts.size}`,
  );
}
