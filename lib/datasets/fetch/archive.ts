/**
 * Reads the files in an archive, zip or gzipped tar, without unpacking it to disk. An archive is not trusted: what it
 * says about paths and sizes is checked.
 *
 * @module
 */
import { UserError } from "../../user_error.ts";

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
  const { readTar } = await import("./tar.ts");
  const { readZip } = await import("./zip.ts");
  yield* (kind === "zip" ? readZip : readTar)(path, { wanted, check, signal });
}

/** Tells the format by the first bytes. Throws a UserError for another, and for a file that can't be read. */
async function archiveKind(path: string): Promise<"zip" | "gzip"> {
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

/** The most that an archive may unpack to. */
export interface ArchiveLimits {
  /** Bytes of one file. */
  readonly file: number;
  /** Bytes of all files. */
  readonly total: number;
  /** Number of files, folders included. */
  readonly entries: number;
}

/** What an entry of an archive says about itself. */
export interface ArchiveEntry {
  readonly path: string;
  readonly kind: "file" | "folder" | "link" | "other";
  /** Bytes of the file, as far as they are told. */
  readonly bytes: number;
}

/** What an archive is not believed: paths, kinds of entries, sizes. It is told of one entry after the other. */
export class ArchiveCheck {
  readonly #limits: ArchiveLimits;
  readonly #paths = new Set<string>();
  #total = 0;
  #entries = 0;

  /**
   * `bytes` is the archive's size: images hardly shrink when they are packed, so that an archive which unpacks to more
   * than twenty times its size (and 100 MB) is none of images.
   */
  constructor(readonly archive: string, { bytes, limits }: { bytes: number; limits?: Partial<ArchiveLimits> }) {
    this.#limits = { file: 256e6, total: 20 * bytes + 100e6, entries: 2_000_000, ...limits };
  }

  /** Throws a UserError that names the archive and the entry where it is not to be trusted. */
  entry({ path, kind, bytes }: ArchiveEntry): void {
    const refuse = (problem: string) => {
      throw new UserError(`${this.archive} is not to be trusted: ${JSON.stringify(path)} ${problem}`);
    };
    if (leavesFolder(path)) refuse("is a path that leaves the folder");
    if (kind === "link") refuse("is a link");
    if (kind === "other") refuse("is neither a file nor a folder");
    if (++this.#entries > this.#limits.entries) refuse(`is one file more than ${this.#limits.entries}`);
    if (kind === "folder") return;
    if (this.#paths.has(path)) refuse("is there twice");
    this.#paths.add(path);
    if (bytes > this.#limits.file) refuse(`unpacks to ${bytes} bytes: expected at most ${this.#limits.file}`);
    this.#total += bytes;
    if (this.#total > this.#limits.total) refuse(`makes it unpack to more than ${this.#limits.total} bytes`);
  }

  /** The error of an archive, or of a file in it, whose bytes are not what they must be. */
  damaged(problem: string, path?: string): UserError {
    return new UserError(
      `${this.archive} is damaged: ${path === undefined ? "" : `${JSON.stringify(path)} `}${problem}`,
    );
  }
}

function leavesFolder(path: string): boolean {
  return path === "" || /^[/\\]|^[a-z]:|[\\\0]/i.test(path) || path.split("/").includes("..");
}
