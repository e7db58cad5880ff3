/**
 * Folders for files that TensorFlow reads at once: graphs are given to it as files only.
 *
 * @module
 */
import { cacheFolder } from "../project.ts";
import { UserError } from "../user_error.ts";

const PREFIX = "graph-";

/** Older ones were left by processes that were killed. */
const OLD = 600_000; // ms

/**
 * Makes a folder in the cache, or else among the system's temporary files; the caller removes it. Throws a UserError
 * where neither can be written to.
 */
export function makeScratchFolder(): string {
  const cache = cacheFolder();
  try {
    Deno.mkdirSync(cache, { recursive: true });
    const folder = Deno.makeTempDirSync({ dir: cache, prefix: PREFIX });
    removeOldFolders(cache);
    return folder;
  } catch (error) {
    try {
      return Deno.makeTempDirSync({ prefix: `afos-${PREFIX}` });
    } catch {
      throw new UserError(
        `TensorFlow is given its graphs as files, and ${cache} cannot be written to (${(error as Error).message}): ` +
          "set AFOS_CACHE to a folder that can, with no comma in its path",
        { cause: error },
      );
    }
  }
}

function removeOldFolders(cache: string): void {
  for (const { name } of Deno.readDirSync(cache)) {
    if (!name.startsWith(PREFIX)) continue;
    const path = `${cache}/${name}`;
    try {
      if (Date.now() - Deno.statSync(path).mtime!.getTime() > OLD) Deno.removeSync(path, { recursive: true });
    } catch {
      // another process has removed it
    }
  }
}
