/**
 * A user's own pictures: `folder:PATH`, with a folder for each class, or `train`, `test` and `validation` above such
 * folders.
 *
 * @module
 */
import { type DatasetFacts, type DatasetSource, PARTS } from "../dataset.ts";
import { splitByClass } from "../split.ts";
import { findPictures, type FolderPictures } from "./find_pictures.ts";
import { folderFiles } from "./folder_files.ts";
import { type FolderLayout, folderLayout } from "./folder_layout.ts";
import { PICTURE_KINDS, picturePaths } from "./image_format.ts";
import { imageSource } from "./image_source.ts";

/** What the names of such data sets begin with. */
export const FOLDER_PREFIX = "folder:";

const SHARES = { validation: 20, test: 20 };

/**
 * The source of the pictures in a folder, an absolute path. Throws a UserError where there are none to learn from, and
 * where the folders in it are not understood.
 */
export function folderSource(path: string): DatasetSource {
  const found = findPictures(path);
  const layout = folderLayout(path, { ...found, shares: SHARES });
  const { classes, meanings } = layout;
  const [trainImages, validationImages, testImages] = countParts(layout);
  const facts: DatasetFacts = {
    name: `${FOLDER_PREFIX}${path}`,
    title: path,
    classes,
    imageSize: 64,
    channels: 3,
    trainImages,
    ...validationImages > 0 && { validationImages },
    testImages,
    license: "unknown",
    homepage: path,
  };
  return imageSource({
    facts,
    shares: SHARES,
    format: picturePaths({ classes, read: (file) => meanings.get(file) }),
    files: folderFiles(path, { paths: [...meanings.keys()], notes: notesOn(found, { path, layout }) }),
  });
}

/** Numbers of images, also of parts that are yet to be split off. */
function countParts({ classes, meanings, official }: FolderLayout): number[] {
  const all = [...meanings.values()];
  if (official) return PARTS.map((name) => all.filter(({ part }) => part === name).length);
  const labels = new Map(classes.map((name, label) => [name, label]));
  const parts = splitByClass({ labels: all.map(({ className }) => labels.get(className)!), shares: SHARES });
  return PARTS.map((part) => parts[part]!.length);
}

/** The first of a list, and that there are more. */
function first(list: readonly string[]): string {
  return [...list.slice(0, 3), ...list.length > 3 ? ["…"] : []].join(", ");
}

/** What is left out of a folder, and what is done without having been asked for. */
function notesOn(found: FolderPictures, { path, layout }: { path: string; layout: FolderLayout }): string[] {
  const { classes, loose, official, testSplitOff } = layout;
  const endings = Map.groupBy(found.others, (file) => /\.[^./]+$/.exec(file)?.[0].toLowerCase() ?? "without an ending");
  const depth = official ? 2 : 1;
  const folderOf = (file: string) => file.split("/").slice(0, depth).join("/");
  const filled = new Set([...layout.meanings.keys()].map(folderOf));
  const empty = official ? found.others.filter((file) => file.split("/").length > depth).map(folderOf) : found.folders;
  const left = [
    { what: "pictures beside the folders of the classes", list: loose },
    {
      what: `files that are not called ${PICTURE_KINDS}`,
      list: found.others,
      told: `${[...endings].map(([ending, files]) => `${files.length} ${ending}`).join(", ")}: ${first(found.others)}`,
    },
    { what: "links to what is there without them", list: found.repeated },
    { what: "hidden, or the system's own", list: found.hidden },
    { what: "neither files nor folders", list: found.special },
    {
      what: "folders without pictures",
      list: [...new Set(empty)].filter((name) => !filled.has(name) && !classes.includes(name.normalize("NFC"))),
    },
  ].filter(({ list }) => list.length > 0);
  return [
    ...testSplitOff
      ? [`${path} has no test folder: ${SHARES.test} % of each class's training images are for tests`]
      : [],
    ...left.map(({ what, list, told = first(list) }) => `left out of ${path}: ${what}: ${list.length} (${told})`),
  ];
}
