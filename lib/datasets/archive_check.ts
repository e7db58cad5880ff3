/**
 * What an archive is not believed: paths, kinds of entries, and sizes. It knows nothing of any format.
 *
 * @module
 */
import { UserError } from "../user_error.ts";

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

/** Checks the entries of one archive, one after the other. */
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
