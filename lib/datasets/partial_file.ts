/**
 * A file that is on its way: its bytes so far, with their SHA-256, also those that an earlier process left. It knows
 * nothing of where the bytes come from.
 *
 * @module
 */
import { createHash, type Hash } from "node:crypto";
import { writeAll } from "./write_all.ts";

/** Bytes that are appended to a file; `using` closes it. */
export class PartialFile implements Disposable {
  #size = 0;
  #hash: Hash = createHash("sha256");
  #file: Deno.FsFile;

  private constructor(readonly path: string, file: Deno.FsFile) {
    this.#file = file;
  }

  /** Opens a file, or makes an empty one, and reads what is in it. */
  static async open(path: string): Promise<PartialFile> {
    const file = await Deno.open(path, { read: true, write: true, create: true });
    const partial = new PartialFile(path, file);
    const buffer = new Uint8Array(1 << 16);
    for (let read = await file.read(buffer); read !== null; read = await file.read(buffer)) {
      partial.#hash.update(buffer.subarray(0, read));
      partial.#size += read;
    }
    return partial;
  }

  /** Number of bytes. */
  get size(): number {
    return this.#size;
  }

  /** SHA-256 of the bytes, hexadecimal. */
  digest(): string {
    return this.#hash.copy().digest("hex");
  }

  /** Adds bytes at the end. Throws a StorageError where they can't be written. */
  async append(piece: Uint8Array): Promise<void> {
    await writeAll({ path: this.path, file: this.#file }, piece);
    this.#hash.update(piece);
    this.#size += piece.length;
  }

  /** Drops all bytes. */
  async restart(): Promise<void> {
    await this.#file.truncate(0);
    await this.#file.seek(0, Deno.SeekMode.Start);
    this.#size = 0;
    this.#hash = createHash("sha256");
  }

  /** Takes the bytes of another file instead of its own; the other, which has no path then, is to be closed. */
  async become(other: PartialFile): Promise<void> {
    await Deno.rename(other.path, this.path);
    [this.#file, other.#file] = [other.#file, this.#file];
    [this.#size, this.#hash] = [other.#size, other.#hash];
  }

  [Symbol.dispose](): void {
    this.#file.close();
  }
}
