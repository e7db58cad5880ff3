/**
 * Unpacks gzip files.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { UserError } from "../../user_error.ts";
import type { SourceFile } from "./source_files.ts";
import { writeAll } from "./write_all.ts";

/** Options of {@linkcode gunzip}. */
export interface GunzipOptions {
  /** The file that is in the archive. */
  readonly file: SourceFile;
  /** The folder that it is put into. */
  readonly folder: string;
  /** Stops it. */
  readonly signal?: AbortSignal;
}

/**
 * Unpacks `archive` into `folder` under the name of `file`: there is the whole, verified file afterwards, or what there
 * was before. It stops at more bytes than the file has. Throws a UserError that names the archive for a damaged one,
 * and the signal's reason where it is aborted.
 */
export async function gunzip(archive: string, { file, folder, signal }: GunzipOptions): Promise<void> {
  const partial = `${folder}/${file.name}.unpacked`;
  try {
    using target = await Deno.open(partial, { write: true, create: true, truncate: true });
    const hash = createHash("sha256");
    let bytes = 0;
    for await (const piece of unpackGzip(archive, { limit: file.bytes, signal })) {
      hash.update(piece);
      bytes += piece.length;
      writeAll(piece, { path: partial, file: target });
    }
    if (bytes !== file.bytes) {
      const found = bytes > file.bytes ? "more" : bytes;
      throw new UserError(`${archive} is damaged: expected ${file.bytes} bytes when unpacked, got ${found}`);
    }
    const digest = hash.digest("hex");
    if (digest !== file.sha256) {
      throw new UserError(`${archive} is damaged: expected SHA-256 ${file.sha256} when unpacked, got ${digest}`);
    }
    await Deno.rename(partial, `${folder}/${file.name}`);
  } catch (error) {
    await Deno.remove(partial).catch(() => {});
    throw error;
  }
}

/** Whether a gzip file holds the file; damaged, it does not. Throws the signal's reason where it is aborted. */
export async function holds(
  archive: string,
  { file, signal }: { file: SourceFile; signal?: AbortSignal },
): Promise<boolean> {
  const hash = createHash("sha256");
  try {
    for await (const piece of unpackGzip(archive, { limit: file.bytes, signal })) hash.update(piece);
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
  return hash.digest("hex") === file.sha256;
}

/**
 * What is in a gzip file, up to just above the limit (default: all). Throws a UserError that names the file for a damaged
 * one, and the signal's reason where it is aborted.
 */
export async function* unpackGzip(
  path: string,
  { limit = Infinity, signal }: { limit?: number; signal?: AbortSignal } = {},
): AsyncGenerator<Uint8Array> {
  const source = await Deno.open(path);
  const pieces = source.readable.pipeThrough(new DecompressionStream("gzip")).getReader();
  try {
    for (let bytes = 0; bytes <= limit;) {
      const { done, value } = await pieces.read().catch((error) => {
        throw new UserError(`${path} is damaged: it can't be unpacked (${error.message})`);
      });
      if (done) return;
      signal?.throwIfAborted();
      bytes += value.length;
      yield value;
    }
  } finally {
    await pieces.cancel().catch(() => {});
  }
}
