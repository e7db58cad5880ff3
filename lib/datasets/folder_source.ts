/**
 * A user's own pictures: `folder:PATH`, with a folder for each class, or `train`, `test` and `validation` above such
 * folders. It does not change the folder.
 *
 * @module
 */
import { createHash } from "node:crypto";
import type { DatasetFacts, DatasetSource, Part } from "./dataset.ts";
import type { NamedFile } from "./decode_set.ts";
import { splitByClass } from "./fixed_split.ts";
import { type FolderLayout, folderLayout } from "./folder_layout.ts";
import { type FolderPictures, picturesIn } from "./folder_pictures.ts";
import { type ImageFiles, imageSource } from "./image_source.ts";
import { picturePaths } from "./picture_formats.ts";

/** What the names of such data sets begin with. */
export const FOLDER_PREFIX = "folder:";

const PARTS: readonly Part[] = ["train", "validation", "test"];
const SHARES = { validation: 20, test: 20 };

/**
 * The source of the pictures in a folder, an absolute path. Throws a UserError where there are none to learn from, and
 * where the folders in it are not understood.
 */
export function folderSource(path: string): DatasetSource {
  const found = picturesIn(path);
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
  const parts = splitByClass({ labels: all.map(({ className }) => classes.indexOf(className)), shares: SHARES });
  return PARTS.map((part) => parts[part]!.length);
}

const EXAMPLES = 3; // of what is left out

/** What is left out of a folder, and what is done without having been asked for. */
function notesOn(found: FolderPictures, { path, layout }: { path: string; layout: FolderLayout }): string[] {
  const { classes, loose, official, testSplitOff } = layout;
  const inFolders = found.others.filter((file) => file.includes("/"));
  const endings = Map.groupBy(inFolders, (file) => /\.[^./]+$/.exec(file)?.[0].toLowerCase() ?? "without an ending");
  const left = [
    { what: "pictures beside the folders of the classes", list: loose },
    {
      what: "files that are not called JPEG, PNG, TIFF, WebP or GIF",
      list: inFolders,
      examples: [...endings].map(([ending, files]) => `${files.length} ${ending}`),
    },
    { what: "links to what is there without them", list: found.repeated },
    { what: "neither files nor folders", list: found.special },
    { what: "folders without pictures", list: official ? [] : found.folders.filter((name) => !classes.includes(name)) },
  ].filter(({ list }) => list.length > 0);
  return [
    ...testSplitOff
      ? [`${path} has no test folder: ${SHARES.test} % of each class's training images are for tests`]
      : [],
    ...left.map(({ what, list, examples = list.slice(0, EXAMPLES) }) =>
      `left out of ${path}: ${what}: ${list.length} (${examples.join(", ")})`
    ),
  ];
}

function folderFiles(
  folder: string,
  { paths, notes }: { readonly paths: readonly string[]; readonly notes: readonly string[] },
): ImageFiles {
  return {
    check: () => Promise.resolve([{ path: folder, kind: "whole" }]),
    prepare: () => Promise.resolve(),
    notes: () => notes,
    fingerprint() {
      const hash = createHash("sha256");
      for (const path of paths) hash.update(`${path}\n${stateOf(`${folder}/${path}`)}\n`);
      return hash.digest("hex");
    },
    origin: () => folder,
    async *read(_, { wanted }): AsyncGenerator<NamedFile> {
      for (const path of paths.filter(wanted)) {
        const name = `${folder}/${path}`;
        yield { path, name, ...await contentsOf(name) };
      }
    },
  };
}

async function contentsOf(path: string): Promise<Pick<NamedFile, "bytes" | "unreadable">> {
  try {
    return { bytes: await Deno.readFile(path) };
  } catch (error) {
    return { bytes: new Uint8Array(), unreadable: (error as Error).message };
  }
}

/** Size and time of a file; of one that can't be had, that it is so. */
function stateOf(path: string): string {
  try {
    const { size, mtime } = Deno.statSync(path);
    return `${size} ${mtime?.getTime()}`;
  } catch {
    return "unreadable";
  }
}
