/**
 * Lets one process at a time work in a data set's folder. It knows nothing of what they do.
 *
 * @module
 */
import { UserError } from "../user_error.ts";
import type { Progress } from "./dataset.ts";

/**
 * Makes a folder where there is none, and waits until no other process works in it; `using` frees it. Throws a
 * UserError where the folder can't be written to.
 */
export async function lockFolder(folder: string, onProgress: (progress: Progress) => void): Promise<Deno.FsFile> {
  try {
    await Deno.mkdir(folder, { recursive: true });
    const lock = await Deno.open(`${folder}/lock`, { create: true, write: true });
    if (await lock.tryLock(true)) return lock;
    onProgress({ kind: "step", text: "waiting for another process that is fetching the same" });
    await lock.lock(true);
    return lock;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new UserError(`Cannot write to ${folder} (${error.message}): AFOS_CACHE can name another cache folder`);
  }
}
