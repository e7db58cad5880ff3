/**
 * The SHA-256 of files, computed once and remembered as long as a file is not touched, so that starting a process does
 * not read everything.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { sha256 } from "../../engine/mod.ts";

const RECORD = "verified.json";
const CLOCK = 1_000; // ms; the time of a file's last change is told in seconds

/** What is remembered of a file: its SHA-256, what it looked like, and when it was read. */
interface Stamp {
  readonly bytes: number;
  readonly modified: number;
  readonly changed: number;
  readonly read: number;
  readonly sha256: string;
}

/** Options of {@linkcode FileHashes.of}. */
export interface HashOptions {
  /** What the file is remembered by. */
  readonly name: string;
  /** What is known of the file. */
  readonly info: Deno.FileInfo;
  /** Whether the file is read though its SHA-256 is remembered (default: no). */
  readonly deep?: boolean;
  /** Computes it (default: of the file's bytes). */
  readonly hash?: (path: string, options: { signal?: AbortSignal }) => string | Promise<string>;
  /** Stops it. */
  readonly signal?: AbortSignal;
}

/** SHA-256 of files by names, remembered in a data set's folder. */
export class FileHashes {
  readonly #stamps: Map<string, Stamp>;
  #changed = false;

  /** Reads what is remembered in `folder`. */
  constructor(readonly folder: string) {
    this.#stamps = new Map(Object.entries(readRecord(`${folder}/${RECORD}`)));
  }

  /**
   * The SHA-256 that is remembered of a file, unless the file was touched: it then has another size or time. The time of
   * its last change can't be set back, but two changes within a second look the same, so that what was read so soon
   * after a change is not believed.
   */
  #recall(name: string, info: Deno.FileInfo): string | undefined {
    const stamp = this.#stamps.get(name);
    if (stamp === undefined || stamp.bytes !== info.size || stamp.modified !== timeOf(info.mtime)) return undefined;
    const same = stamp.changed === timeOf(info.ctime) && stamp.changed + 2 * CLOCK <= stamp.read;
    return same ? stamp.sha256 : undefined;
  }

  /** The SHA-256 of a file, hexadecimal. Throws the signal's reason where it is aborted. */
  async of(path: string, { name, info, deep = false, hash = sha256, signal }: HashOptions): Promise<string> {
    const known = deep ? undefined : this.#recall(name, info);
    if (known !== undefined) return known;
    const read = Date.now();
    const found = await hash(path, { signal });
    const times = { modified: timeOf(info.mtime), changed: timeOf(info.ctime), read };
    this.#stamps.set(name, { bytes: info.size, ...times, sha256: found });
    this.#changed = true;
    return found;
  }

  /** Remembers what was computed; of names that are not among `names`, nothing. */
  save(names?: Iterable<string>): void {
    const kept = names === undefined ? this.#stamps : new Map([...names].flatMap((name) => {
      const stamp = this.#stamps.get(name);
      return stamp ? [[name, stamp]] : [];
    }));
    if (!this.#changed && kept.size === this.#stamps.size) return;
    const partial = `${this.folder}/${RECORD}.${Deno.pid}.partial`;
    try {
      Deno.writeTextFileSync(partial, JSON.stringify(Object.fromEntries(kept), undefined, 2));
      Deno.renameSync(partial, `${this.folder}/${RECORD}`);
    } catch {
      // a folder that can't be written to: the next process reads the files again
    }
  }
}

/** SHA-256 of lines "SHA-256 of a file, two spaces, its name", as sha256sum prints them. */
export function listDigest(files: Iterable<{ readonly name: string; readonly sha256: string }>): string {
  const hash = createHash("sha256");
  for (const { name, sha256 } of files) hash.update(`${sha256}  ${name}\n`);
  return hash.digest("hex");
}

function timeOf(date: Date | null): number {
  return date?.getTime() ?? 0;
}

function readRecord(path: string): Record<string, Stamp> {
  try {
    const stamps: unknown = JSON.parse(Deno.readTextFileSync(path));
    if (typeof stamps !== "object" || stamps === null) return {};
    return Object.fromEntries(Object.entries(stamps).filter(([, stamp]) => typeof stamp === "object" && stamp));
  } catch {
    return {}; // the files are read again
  }
}
