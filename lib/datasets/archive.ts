/**
 * Reads the files in an archive, zip or gzipped tar, without unpacking it to disk. An archive is not trusted: what it
 * says about paths and sizes is checked. It knows nothing of what is in the files.
 *
 * @module
 */
import { UserError } from "../user_error.ts";
import { ArchiveCheck, type ArchiveLimits } from "./archive_check.ts";

/** A file in an archive. */
export interface ArchiveFile {
  /** Its path in the archive, with slashes. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Options of {@linkcode readArchive}. */
export interface ReadArchiveOptions {
  /** Tells by its path whether a file is read. */
  readonly wanted: (path: string) => boolean;
  /** The most that the archive may unpack to (default: what real ones need). */
  readonly limits?: Partial<ArchiveLimits>;
  /** Stops the reading. */
  readonly signal?: AbortSignal;
}

/**
 * Gives the wanted files of an archive in their order. Throws a UserError that names the archive, and the file in it,
 * where it is damaged, neither zip nor gzip, larger than the limits, has a link, or a path that leaves the folder; and the
 * signal's reason where it is aborted.
 */
export async function* readArchive(path: string, options: ReadArchiveOptions): AsyncGenerator<ArchiveFile> {
  const { wanted, limits, signal } = options;
  const kind = await archiveKind(path);
  const check = new ArchiveCheck(path, { bytes: (await Deno.stat(path)).size, limits });
  const { readTar } = await import("./tar_archive.ts");
  const { readZip } = await import("./zip_archive.ts");
  yield* (kind === "zip" ? readZip : readTar)(path, { wanted, check, signal });
}

/** Gives the paths of the files in an archive in their order. Throws like {@linkcode readArchive}. */
export async function listArchive(
  path: string,
  options: Omit<ReadArchiveOptions, "wanted">,
): Promise<string[]> {
  const paths: string[] = [];
  const wanted = (path: string) => {
    paths.push(path);
    return false;
  };
  for await (const _ of readArchive(path, { ...options, wanted }));
  return paths;
}

/** Tells the format by the first bytes. Throws a UserError for another, and for a file that can't be read. */
export async function archiveKind(path: string): Promise<"zip" | "gzip"> {
  const start = new Uint8Array(4);
  try {
    using file = await Deno.open(path);
    await file.read(start);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) throw new UserError(`${path} is missing`);
    throw new UserError(`${path} can't be read: ${(error as Error).message}`);
  }
  if (start[0] === 0x50 && start[1] === 0x4b) return "zip";
  if (start[0] === 0x1f && start[1] === 0x8b) return "gzip";
  const found = Array.from(start, (byte) => byte.toString(16).padStart(2, "0")).join(" ");
  throw new UserError(`${path} has the wrong magic number: expected a zip (50 4b) or gzip file (1f 8b), got ${found}`);
}
