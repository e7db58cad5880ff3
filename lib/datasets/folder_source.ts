/**
 * A user's own pictures: `folder:PATH`, with a folder for each class, or train/ and test/ (and validation/) above such
 * folders. It does not change the folder.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { UserError } from "../user_error.ts";
import type { DatasetFacts, DatasetSource, Part } from "./dataset.ts";
import type { NamedFile } from "./decode_set.ts";
import { splitByClass } from "./fixed_split.ts";
import { type ImageFiles, imageSource } from "./image_source.ts";
import { picturePaths } from "./picture_formats.ts";

/** What the names of such data sets begin with. */
export const FOLDER_PREFIX = "folder:";

const PICTURE = /\.(?:jpe?g|png|tiff?|webp|gif)$/i;
const PARTS: readonly Part[] = ["train", "validation", "test"];
const SHARES = { validation: 20, test: 20 };
const LARGEST = 256; // classes: a label is a byte

/** The source of the pictures in a folder, an absolute path. Throws a UserError where there are none to learn from. */
export function folderSource(path: string): DatasetSource {
  const paths = picturesIn(path);
  const official = isDirectory(`${path}/train`) && isDirectory(`${path}/test`);
  const read = (file: string) => {
    const [first, second] = file.split("/");
    if (!official) return { className: first };
    return PARTS.includes(first as Part) ? { className: second, part: first as Part } : undefined;
  };
  const meanings = paths.flatMap((file) => read(file) ?? []);
  const classes = [...new Set(meanings.filter(({ part = "train" }) => part === "train").map((m) => m.className))]
    .sort();
  if (classes.length < 2 || classes.length > LARGEST) {
    throw new UserError(
      `${path} is no data set: expected 2 to ${LARGEST} folders with pictures, one for each class ` +
        `(or train/ and test/ above them), got ${classes.length}`,
    );
  }
  const labels = meanings.map(({ className }) => classes.indexOf(className));
  const counts = official
    ? PARTS.map((name) => meanings.filter(({ part }) => part === name).length)
    : Object.values(partSizes(labels));
  const [trainImages, validationImages, testImages] = counts;
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
    format: picturePaths({ classes, read }),
    files: folderFiles(path, paths.filter((file) => read(file) !== undefined)),
  });
}

function partSizes(labels: readonly number[]) {
  const { train, validation, test } = splitByClass({ labels, shares: SHARES });
  return { train: train.length, validation: validation!.length, test: test.length };
}

function folderFiles(folder: string, paths: readonly string[]): ImageFiles {
  return {
    check: () => Promise.resolve([{ path: folder, kind: "whole" }]),
    prepare: () => Promise.resolve(),
    fingerprint() {
      const hash = createHash("sha256");
      for (const path of paths) {
        const { size, mtime } = Deno.statSync(`${folder}/${path}`);
        hash.update(`${path}\n${size} ${mtime?.getTime()}\n`);
      }
      return hash.digest("hex");
    },
    origin: () => folder,
    async *read(_, wanted): AsyncGenerator<NamedFile> {
      for (const path of paths.filter(wanted)) {
        const name = `${folder}/${path}`;
        yield { path, name, bytes: await Deno.readFile(name) };
      }
    },
  };
}

function isDirectory(path: string): boolean {
  try {
    return Deno.statSync(path).isDirectory;
  } catch {
    return false;
  }
}

/** Paths of the pictures in the folders below a folder, sorted; hidden ones are left out. */
function picturesIn(path: string): string[] {
  if (!isDirectory(path)) {
    throw new UserError(`${path} is no folder: expected folder:PATH with a folder for each class`);
  }
  const found: string[] = [];
  const visit = (below: string) => {
    for (const { name, isDirectory: directory, isSymlink } of Deno.readDirSync(`${path}/${below}`)) {
      if (name.startsWith(".")) continue;
      if (directory || (isSymlink && isDirectory(`${path}/${below}${name}`))) visit(`${below}${name}/`);
      else if (below !== "" && PICTURE.test(name)) found.push(`${below}${name}`);
    }
  };
  visit("");
  return found.sort();
}
