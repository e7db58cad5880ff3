/**
 * A data set of pictures in archives: they are read from the archives, decoded once for each size, and kept in one file
 * in the set's folder. It knows nothing of any one set.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { UserError } from "../user_error.ts";
import { readArchive, type ReadArchiveOptions } from "./archive.ts";
import type { DatasetFacts, DatasetSource, FileState, OpenDataset, PrepareOptions, SplitKind } from "./dataset.ts";
import { decodeSet, type NamedFile } from "./decode_set.ts";
import type { PartShares } from "./fixed_split.ts";
import { lockFolder } from "./folder_lock.ts";
import { cachedPool, type ImageIndex, readImageIndex, verifyImages } from "./image_cache.ts";
import type { ImageFormat } from "./image_format.ts";

/** Files that a set's images are read from. */
export interface ImageFiles {
  /** See {@linkcode DatasetSource}. */
  check(folder: string, options?: { deep?: boolean }): Promise<FileState[]>;
  /** See {@linkcode DatasetSource}. */
  prepare(folder: string, options: PrepareOptions): Promise<void>;
  /**
   * What the decoded images depend on, besides their size; a text that changes with the files. Undefined where they are
   * not whole.
   */
  fingerprint(folder: string): string | undefined;
  /** SHA-256 that stands for the files; undefined: computed from the contents of all. */
  digest?(folder: string): string | undefined;
  /** What is to be said when they are decoded, such as what was left out. */
  notes?(): readonly string[];
  /** Where the files are, for messages. */
  origin(folder: string): string;
  /** The files that are wanted. */
  read(folder: string, options: Pick<ReadArchiveOptions, "wanted" | "signal">): AsyncIterable<NamedFile>;
}

/** A set of pictures. */
export interface ImageSourceOptions {
  readonly facts: DatasetFacts;
  readonly files: ImageFiles;
  readonly format: ImageFormat;
  /** Sizes of the parts of a set without official ones (default: a fifth each for validation and tests). */
  readonly shares?: PartShares;
  /** The only size that images are stored in, where they are not decoded (default: the size that is asked for). */
  readonly fixedSize?: number;
}

const VERSION = 2; // of what the file of decoded images depends on in this program
const SHARES: PartShares = { validation: 20, test: 20 };

/** Makes the source of a data set of pictures. */
export function imageSource(options: ImageSourceOptions): DatasetSource {
  const { facts, files, fixedSize } = options;
  const sizeOf = (imageSize = facts.imageSize) => fixedSize ?? imageSize;
  return {
    facts,
    async check(folder, options) {
      const states = await files.check(folder, options);
      return options?.deep ? [...states, ...await checkDecoded(folder)] : states;
    },
    async prepare(folder, prepare) {
      await files.prepare(folder, prepare);
      if (prepare.imageSize !== undefined) {
        await decode(folder, { ...options, prepare, imageSize: sizeOf(prepare.imageSize) });
      }
    },
    open(folder, { imageSize, split = "image" } = {}) {
      const path = cachePath(folder, { files, imageSize: sizeOf(imageSize) });
      const index = path === undefined ? undefined : readImageIndex(path);
      if (path !== undefined && index !== undefined) return openImages(path, { facts, index, split });
      throw new UserError(`${facts.title} is not decoded to ${sizeOf(imageSize)} pixels: prepare it first`);
    },
  };
}

function openImages(
  path: string,
  { facts, index, split }: { facts: DatasetFacts; index: ImageIndex; split: SplitKind },
): OpenDataset {
  const parts = index.parts[split];
  if (parts === undefined) {
    throw new UserError(`${facts.title} can't be split by groups: expected the split "image", got "group"`);
  }
  const { train, validation, test } = parts;
  return {
    classes: index.classes ?? facts.classes,
    digest: index.digest,
    counts: { train: train.length, ...validation && { validation: validation.length }, test: test.length },
    skipped: index.skipped,
    mean: facts.mean ?? index.statistics![split]!.mean,
    std: facts.std ?? index.statistics![split]!.std,
    train: () => cachedPool(path, { index, part: train }),
    ...validation && { validation: () => cachedPool(path, { index, part: validation }) },
    test: () => cachedPool(path, { index, part: test }),
  };
}

/** Its name tells all that the images depend on. */
function cachePath(folder: string, { files, imageSize }: { files: ImageFiles; imageSize: number }): string | undefined {
  const fingerprint = files.fingerprint(folder);
  if (fingerprint === undefined) return undefined;
  const key = createHash("sha256").update(JSON.stringify([VERSION, imageSize, fingerprint])).digest("hex");
  return `${folder}/decoded-${imageSize}-${key.slice(0, 16)}.images`;
}

async function decode(
  folder: string,
  { facts, files, format, shares = SHARES, prepare, imageSize }: ImageSourceOptions & {
    readonly prepare: PrepareOptions;
    readonly imageSize: number;
  },
): Promise<void> {
  const { onProgress = () => {}, signal } = prepare;
  const path = cachePath(folder, { files, imageSize });
  if (path === undefined) throw new UserError(`${files.origin(folder)} changed while it was read`);
  if (readImageIndex(path) !== undefined) return;
  using _ = await lockFolder(folder, { onProgress, signal });
  if (readImageIndex(path) !== undefined) return; // another process did it
  for (const text of files.notes?.() ?? []) onProgress({ kind: "step", text });
  await decodeSet(path, {
    facts,
    format,
    shares,
    imageSize,
    onProgress,
    origin: files.origin(folder),
    digest: files.digest?.(folder),
    files: files.read(folder, { wanted: (path) => format.use(path) !== undefined, signal }),
    signal,
  });
  await removeOthers(path, `decoded-${imageSize}-`);
}

/** States of the files of decoded images in a folder. */
async function checkDecoded(folder: string): Promise<FileState[]> {
  const states: FileState[] = [];
  for (const name of await namesIn(folder)) {
    if (!/^decoded-.*\.images$/.test(name)) continue;
    const path = `${folder}/${name}`;
    states.push({ path, kind: verifyImages(path) ? "whole" : "damaged", decoded: true });
  }
  return states;
}

/** Names of a folder's files, sorted; none where there is no such folder. */
async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await Array.fromAsync(Deno.readDir(folder), ({ name }) => name)).sort();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

/** Removes what was decoded from other files to the same size; a process that reads it has it open. */
async function removeOthers(path: string, prefix: string): Promise<void> {
  const [, folder, name] = /^(.*)\/([^/]*)$/.exec(path)!;
  for (const other of await namesIn(folder)) {
    if (other.startsWith(prefix) && other !== name) await Deno.remove(`${folder}/${other}`).catch(() => {});
  }
}

/** Reads the wanted files of archives, one archive after the other. */
export async function* readArchives(
  paths: readonly string[],
  options: ReadArchiveOptions,
): AsyncGenerator<NamedFile> {
  for (const archive of paths) {
    for await (const file of readArchive(archive, options)) yield { ...file, name: `${archive}/${file.path}` };
  }
}
