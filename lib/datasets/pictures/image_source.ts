/**
 * A data set of pictures: they are read from archives or a folder, decoded once, and kept in one file in the set's
 * folder. Small square pictures of one size are kept as they are, and resized when they are loaded; of others there is a
 * file for each size that is asked for.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { UserError } from "../../user_error.ts";
import type {
  CheckOptions,
  DatasetFacts,
  DatasetSource,
  FileState,
  OpenDataset,
  OpenDatasetOptions,
  PrepareOptions,
  SplitKind,
} from "../dataset.ts";
import type { ArchiveFile, ReadArchiveOptions } from "../fetch/archive.ts";
import { lockFolder } from "../fetch/lock_folder.ts";
import type { PartIndices, PartShares } from "../split.ts";
import { decodeSet, NotUniform } from "./decode_set.ts";
import { cachedPool, type ImageIndex, readImageIndex, verifyImages } from "./image_cache.ts";
import type { ImageCounts } from "./edition.ts";
import type { ImageFormat } from "./image_format.ts";

/** A file of a data set. */
export interface NamedFile extends ArchiveFile {
  /** What messages call it. */
  readonly name: string;
  /** Why its bytes could not be read, where that is so; such a picture is a bad one. */
  readonly unreadable?: string;
}

/** Files that a set's images are read from. */
export interface ImageFiles {
  /** The hosts that they are downloaded from. */
  readonly hosts: readonly string[];
  /** See {@linkcode DatasetSource}. */
  check(folder: string, options?: CheckOptions): Promise<FileState[]>;
  /** See {@linkcode DatasetSource}. */
  prepare(folder: string, options: PrepareOptions): Promise<void>;
  /** SHA-256 that stands for their contents. Undefined where they are not whole. */
  digest(folder: string): string | undefined;
  /** What is to be said when they are decoded, such as what was left out. */
  notes?(folder: string): readonly string[];
  /** Where the files are, for messages. */
  origin(folder: string): string;
  /** In what they differ from the published files, in the place of which they stand; undefined: they are those. */
  edition?(folder: string): string | undefined;
  /** How many images there are, where that is not what the facts say. */
  counts?(folder: string): ImageCounts | undefined;
  /** How they are to be understood, where that is not the format of the published files. */
  format?(folder: string): ImageFormat | undefined;
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
}

/** Of what decoded images depend on in this program; a test of their pixels says when it is to be raised. */
const VERSION = 4;
const SHARES: PartShares = { validation: 20, test: 20 };

/** Makes the source of a data set of pictures. */
export function imageSource(options: ImageSourceOptions): DatasetSource {
  const { facts, files } = options;
  return {
    facts,
    hosts: files.hosts,
    async check(folder, options) {
      const states = await files.check(folder, options);
      return options?.deep ? [...states, ...checkDecoded(folder)] : states;
    },
    notes: (folder) => [...editionNotes(folder, options), ...files.notes?.(folder) ?? []],
    async prepare(folder, prepare) {
      if (findByDigest(folder, { ...prepare, facts })) return;
      await files.prepare(folder, prepare);
      const { imageSize, onProgress } = prepare;
      if (imageSize === undefined) return;
      for (const text of editionNotes(folder, options)) onProgress?.({ kind: "step", text });
      await decode(folder, { ...options, prepare, imageSize });
    },
    open(folder, { imageSize = facts.imageSize, split = facts.split ?? "image", digest } = {}) {
      const decoded = findByDigest(folder, { imageSize, split, digest, facts }) ??
        findDecoded(folder, { ...options, imageSize });
      if (decoded === undefined) {
        throw new UserError(`${facts.title} is not decoded to ${imageSize} pixels: prepare it first`);
      }
      const edition = files.edition?.(folder);
      const origin = edition === undefined ? undefined : files.origin(folder);
      return openImages(decoded, { facts, split, origin, edition });
    },
  };
}

/** That a set is not read from the published files. */
function editionNotes(folder: string, { facts, files }: ImageSourceOptions): string[] {
  const edition = files.edition?.(folder);
  if (edition === undefined) return [];
  return [`${facts.title} is read from ${files.origin(folder)}, not from the published files: ${edition}`];
}

/** A file of decoded images, and what it says of them. */
interface Decoded {
  readonly path: string;
  readonly index: ImageIndex;
}

function openImages(
  { path, index }: Decoded,
  { facts, split, ...from }: { facts: DatasetFacts; split: SplitKind; origin?: string; edition?: string },
): OpenDataset {
  const parts = index.parts[split];
  if (parts === undefined) {
    throw new UserError(`${facts.title} can't be split by groups: expected the split "image", got "group"`);
  }
  const { train, validation, test } = parts;
  return {
    classes: index.classes ?? facts.classes,
    digest: digestOf(index, parts),
    counts: { train: train.length, ...validation && { validation: validation.length }, test: test.length },
    skipped: index.skipped,
    ...from.origin !== undefined && from,
    ...index.official ? {} : { split },
    mean: facts.mean ?? index.statistics![split]!.mean,
    std: facts.std ?? index.statistics![split]!.std,
    train: () => cachedPool(path, { index, part: train }),
    ...validation && { validation: () => cachedPool(path, { index, part: validation }) },
    test: () => cachedPool(path, { index, part: test }),
  };
}

/** Whatever changes the images of a part changes it: the files, how they are decoded, how they are split. */
function digestOf({ digest, labels }: ImageIndex, { train, validation, test }: PartIndices): string {
  const contents = [VERSION, digest, labels, train, validation ?? null, test];
  return createHash("sha256").update(JSON.stringify(contents)).digest("hex");
}

/** The file of images in their own size, or of that size; its name tells all that the images depend on. */
function cachePath(
  folder: string,
  { size, digest, shares = SHARES }: { size: number | "own"; digest: string; shares?: PartShares },
): string {
  const { validation, test } = shares;
  const key = createHash("sha256").update(JSON.stringify([VERSION, size, digest, validation, test])).digest("hex");
  return `${folder}/decoded-${size}-${key.slice(0, 16)}.images`;
}

/** The images in their own size, or else in the size that is asked for, where they are decoded. */
function findDecoded(
  folder: string,
  { files, imageSize, shares }: { files: ImageFiles; imageSize: number; shares?: PartShares },
): Decoded | undefined {
  const digest = files.digest(folder);
  if (digest === undefined) return undefined;
  for (const size of ["own", imageSize] as const) {
    const path = cachePath(folder, { size, digest, shares });
    const index = readImageIndex(path);
    if (index !== undefined) return { path, index };
  }
}

/** Images of that digest, in their own size or in the size that is asked for, where such were decoded. */
function findByDigest(
  folder: string,
  { digest, imageSize, facts, split = facts.split ?? "image" }: OpenDatasetOptions & { readonly facts: DatasetFacts },
): Decoded | undefined {
  if (digest === undefined || imageSize === undefined) return undefined;
  for (const name of namesIn(folder)) {
    if (!new RegExp(`^decoded-(own|${imageSize})-.*\\.images$`).test(name)) continue;
    const path = `${folder}/${name}`;
    const index = readImageIndex(path);
    const parts = index?.parts[split];
    if (parts && digestOf(index, parts) === digest) return { path, index };
  }
}

interface DecodeOptions extends ImageSourceOptions {
  readonly prepare: PrepareOptions;
  readonly imageSize: number;
}

async function decode(folder: string, options: DecodeOptions): Promise<void> {
  const { files, prepare: { onProgress = () => {}, signal } } = options;
  if (findDecoded(folder, options) !== undefined) return;
  using _ = await lockFolder(folder, { onProgress, signal });
  if (findDecoded(folder, options) !== undefined) return; // another process did it
  for (const text of files.notes?.(folder) ?? []) onProgress({ kind: "step", text });
  try {
    await decodeTo("own", { ...options, folder });
  } catch (error) {
    if (!(error instanceof NotUniform)) throw error;
    await decodeTo(options.imageSize, { ...options, folder });
  }
}

async function decodeTo(size: number | "own", options: DecodeOptions & { readonly folder: string }): Promise<void> {
  const { folder, facts, files, shares = SHARES, prepare: { onProgress = () => {}, signal } } = options;
  const digest = files.digest(folder);
  if (digest === undefined) throw new UserError(`${files.origin(folder)} changed while it was read`);
  const path = cachePath(folder, { size, digest, shares });
  const format = files.format?.(folder) ?? options.format;
  await decodeSet(path, {
    facts: { ...facts, ...files.counts?.(folder) },
    format,
    shares,
    imageSize: size === "own" ? undefined : size,
    onProgress,
    origin: files.origin(folder),
    digest,
    files: files.read(folder, { wanted: (path) => format.use(path) !== undefined, signal }),
    signal,
  });
  await removeOthers(path, `decoded-${size}-`);
}

/** States of the files of decoded images in a folder. */
function checkDecoded(folder: string): FileState[] {
  const states: FileState[] = [];
  for (const name of namesIn(folder)) {
    if (!/^decoded-.*\.images$/.test(name)) continue;
    const path = `${folder}/${name}`;
    states.push({ path, kind: verifyImages(path) ? "whole" : "damaged", decoded: true });
  }
  return states;
}

/** Names of a folder's files, sorted; none where there is no such folder. */
function namesIn(folder: string): string[] {
  try {
    return Array.from(Deno.readDirSync(folder), ({ name }) => name).sort();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

/** Removes what was decoded from other files to the same size; a process that reads it has it open. */
async function removeOthers(path: string, prefix: string): Promise<void> {
  const [, folder, name] = /^(.*)\/([^/]*)$/.exec(path)!;
  for (const other of namesIn(folder)) {
    if (other.startsWith(prefix) && other !== name) await Deno.remove(`${folder}/${other}`).catch(() => {});
  }
}
