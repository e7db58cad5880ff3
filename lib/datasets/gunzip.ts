/**
 * Unpacks a gzip file whose contents are known. It knows nothing of where the file came from.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { UserError } from "../user_error.ts";
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
    const { bytes, digest } = await unpackTo(partial, { archive, limit: file.bytes, signal });
    if (bytes !== file.bytes) {
      const found = bytes > file.bytes ? "more" : bytes;
      throw new UserError(`${archive} is damaged: expected ${file.bytes} bytes when unpacked, got ${found}`);
    }
    if (digest !== file.sha256) {
      throw new UserError(`${archive} is damaged: expected SHA-256 ${file.sha256} when unpacked, got ${digest}`);
    }
    await Deno.rename(partial, `${folder}/${file.name}`);
  } catch (error) {
    await Deno.remove(partial).catch(() => {});
    throw error;
  }
}

/** Writes what the archive holds, up to just above the limit. */
async function unpackTo(
  path: string,
  { archive, limit, signal }: { archive: string; limit: number; signal?: AbortSignal },
) {
  const source = await Deno.open(archive);
  using target = await Deno.open(path, { write: true, create: true, truncate: true });
  const hash = createHash("sha256");
  const pieces = source.readable.pipeThrough(new DecompressionStream("gzip")).getReader();
  let bytes = 0;
  while (bytes <= limit) {
    const { done, value } = await pieces.read().catch((error) => {
      throw new UserError(`${archive} is damaged: it can't be unpacked (${error.message})`);
    });
    if (done) break;
    if (signal?.aborted) await pieces.cancel();
    signal?.throwIfAborted();
    hash.update(value);
    bytes += value.length;
    await writeAll({ path, file: target }, value);
  }
  if (bytes > limit) await pieces.cancel();
  return { bytes, digest: hash.digest("hex") };
}
