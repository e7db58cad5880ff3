/**
 * The archive of a data set that can't be downloaded without an account: the user names it, and it stays where it is.
 * When it is named, the list of its files is checked, and its SHA-256 recorded. It knows nothing of any one set.
 *
 * @module
 */
import { sha256 } from "../engine/mod.ts";
import { UserError } from "../user_error.ts";
import { listArchive } from "./archive.ts";
import type { ArchiveLimits } from "./archive_check.ts";
import type { DatasetFacts, FileState } from "./dataset.ts";
import { lockFolder } from "./folder_lock.ts";
import type { ImageFormat } from "./image_format.ts";
import { type ImageFiles, readArchives } from "./image_source.ts";
import { listDigest } from "./source_files.ts";

/** Options of {@linkcode namedArchive}. */
export interface NamedArchiveOptions {
  readonly facts: DatasetFacts;
  /** Says which files of the archive are the set's images, and their classes by the paths. */
  readonly format: ImageFormat;
  /** The most that the archive may unpack to. */
  readonly unpackLimits?: Partial<ArchiveLimits>;
}

/** What is recorded of the archive. */
interface Recorded {
  readonly path: string;
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly modified: number;
  readonly sha256: string;
}

const RECORD = "archive.json";

/** The archive that the user names, as the source of a set's images. */
export function namedArchive(set: NamedArchiveOptions): ImageFiles {
  const { facts: { name, title, homepage }, unpackLimits } = set;
  const wayOut = `download the archive from ${homepage} (it takes an account), ` +
    `then run \`deno task data --get ${name} --archive PATH\``;
  return {
    async check(folder, { deep = false } = {}) {
      const recorded = readRecord(folder);
      return [recorded ? await stateOf(recorded, deep) : { path: `${folder}/${RECORD}`, kind: "missing" }];
    },
    async prepare(folder, { archive, onProgress, signal }) {
      if (archive !== undefined) {
        onProgress?.({ kind: "step", text: `reading ${archive}` });
        const recorded = await record(archive, { ...set, signal });
        using _ = await lockFolder(folder, { onProgress, signal });
        const partial = `${folder}/${RECORD}.partial`;
        await Deno.writeTextFile(partial, JSON.stringify(recorded, undefined, 2));
        return await Deno.rename(partial, `${folder}/${RECORD}`);
      }
      const recorded = readRecord(folder);
      if (recorded === undefined) throw new UserError(`${title} is missing: ${wayOut}`);
      const { path, kind } = await stateOf(recorded, false);
      if (kind !== "whole") {
        throw new UserError(`${path} is ${kind === "missing" ? "gone" : "another file now"}: ${wayOut}`);
      }
    },
    fingerprint: (folder) => readRecord(folder)?.sha256,
    digest: (folder) => {
      const recorded = readRecord(folder);
      return recorded && listDigest([{ ...recorded, name }]);
    },
    origin: (folder) => readRecord(folder)?.path ?? folder,
    async *read(folder, options) {
      const recorded = readRecord(folder);
      if (recorded) yield* readArchives([recorded.path], { ...options, limits: unpackLimits });
    },
  };
}

/** What is to be recorded of an archive. Throws a UserError where it is not the set's. */
async function record(
  archive: string,
  options: NamedArchiveOptions & { readonly signal?: AbortSignal },
): Promise<Recorded> {
  try {
    const path = await Deno.realPath(archive);
    const { size, mtime, isFile } = await Deno.stat(path);
    if (!isFile) throw new UserError(`${archive} is no file: expected a zip or tar.gz archive`);
    await checkContents(path, options);
    return { path, bytes: size, modified: mtime?.getTime() ?? 0, sha256: await sha256(path, options) };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) throw new UserError(`${archive} is missing`);
    throw error;
  }
}

/** Compares the list of an archive's files with the facts. */
async function checkContents(
  path: string,
  { facts, format, unpackLimits, signal }: NamedArchiveOptions & { readonly signal?: AbortSignal },
): Promise<void> {
  const { title, trainImages, validationImages = 0, testImages } = facts;
  const paths = await listArchive(path, { limits: unpackLimits, signal });
  const images = paths.filter((file) => format.use(file) === "images");
  const describe = format.describer(new Map());
  const labels = new Set(images.map((file) => describe({ path: file, name: `${path}/${file}` }).label));
  const expected = trainImages + validationImages + testImages;
  if (images.length === expected && labels.size === facts.classes.length) return;
  throw new UserError(
    `${path} is not the whole ${title}: expected ${expected} images of ${facts.classes.length} classes, ` +
      `got ${images.length} of ${labels.size}`,
  );
}

function readRecord(folder: string): Recorded | undefined {
  try {
    const { path, bytes, modified, sha256 }: Partial<Recorded> = JSON.parse(
      Deno.readTextFileSync(`${folder}/${RECORD}`),
    );
    if (typeof path !== "string" || typeof sha256 !== "string") return undefined;
    return { path, sha256, bytes: Number(bytes), modified: Number(modified) };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof SyntaxError) return undefined;
    if (error instanceof TypeError) return undefined; // no object
    throw error;
  }
}

async function stateOf({ path, bytes, modified, sha256: expected }: Recorded, deep: boolean): Promise<FileState> {
  const info = await Deno.stat(path).catch(() => undefined);
  if (info === undefined || !info.isFile) return { path, kind: "missing" };
  const same = info.size === bytes && (info.mtime?.getTime() ?? 0) === modified;
  return { path, kind: same && (!deep || await sha256(path) === expected) ? "whole" : "damaged" };
}
