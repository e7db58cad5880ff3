/**
 * Writes bytes to a file, all of them, or says why not.
 *
 * @module
 */
import { UserError } from "../../user_error.ts";

/** A file that can't be written, as on a full disk. To get the data in another way does not help. */
export class StorageError extends UserError {}

/** Writes bytes where the file stands; `path` is for messages. Throws a StorageError where the system refuses. */
export function writeAll(bytes: Uint8Array, { path, file }: { path: string; file: Deno.FsFile }): void {
  try {
    for (let written = 0; written < bytes.length;) written += file.writeSync(bytes.subarray(written));
  } catch (error) {
    const wayOut = "free some space, or name another folder with AFOS_CACHE";
    throw new StorageError(`Cannot write ${path} (${(error as Error).message}): ${wayOut}`);
  }
}
