/**
 * Lets one process at a time work in a data set's folder.
 *
 * @module
 */
import { setTimeout as sleep } from "node:timers/promises";
import { UserError } from "../../user_error.ts";
import type { Progress } from "../dataset.ts";

const PAUSE = 100; // ms between looks at a lock that another process has

/** Options of {@linkcode lockFolder}. */
export interface LockFolderOptions {
  /** Called where another process works in the folder. */
  readonly onProgress?: (progress: Progress) => void;
  /** Stops the waiting. */
  readonly signal?: AbortSignal;
}

/**
 * Makes a folder where there is none, and waits until no other process works in it; `using` frees it. Throws a
 * UserError where the folder can't be written to, and the signal's reason where it is aborted.
 */
export async function lockFolder(folder: string, { onProgress, signal }: LockFolderOptions): Promise<Deno.FsFile> {
  const lock = await openLock(folder);
  try {
    if (await lock.tryLock(true)) return lock;
    onProgress?.({ kind: "step", text: "waiting for another process that is fetching the same" });
    while (!await lock.tryLock(true)) {
      await sleep(PAUSE, undefined, { signal }).catch(() => signal?.throwIfAborted());
    }
    return lock;
  } catch (error) {
    lock.close();
    throw error;
  }
}

async function openLock(folder: string): Promise<Deno.FsFile> {
  try {
    await Deno.mkdir(folder, { recursive: true });
    return await Deno.open(`${folder}/lock`, { create: true, write: true });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new UserError(`Cannot write to ${folder} (${error.message}): AFOS_CACHE can name another cache folder`);
  }
}
