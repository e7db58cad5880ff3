/**
 * Writes bytes to a file, all of them, or says why not. It knows nothing of what is written.
 *
 * @module
 */
import { UserError } from "../../user_error.ts";

/** A file that can't be written, as on a full disk. To get the data in another way does not help. */
export class StorageError extends UserError {}

/** An open file, and its path for messages. */
export interface Target {
  readonly path: string;
  readonly file: Deno.FsFile;
}

/** Writes bytes where the file stands. Throws a StorageError where the operating system refuses. */
export async function writeAll({ path, file }: Target, bytes: Uint8Array): Promise<void> {
  try {
    for (let written = 0; written < bytes.length;) written += await file.write(bytes.subarray(written));
  } catch (error) {
    throw refusal(path, error);
  }
}

/** Like {@linkcode writeAll}, without letting others work meanwhile. */
export function writeAllSync({ path, file }: Target, bytes: Uint8Array): void {
  try {
    for (let written = 0; written < bytes.length;) written += file.writeSync(bytes.subarray(written));
  } catch (error) {
    throw refusal(path, error);
  }
}

function refusal(path: string, error: unknown): StorageError {
  const { message } = error as Error;
  return new StorageError(`Cannot write ${path} (${message}): free some space, or name another folder with AFOS_CACHE`);
}
