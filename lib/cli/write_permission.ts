/**
 * Prints the flag that lets a task write to the cache folder, wherever that is, and nowhere else. A path with a comma can't
 * be named in such a flag: then a task may write everywhere.
 *
 * @module
 */
import { cacheFolder } from "../project.ts";

if (import.meta.main) {
  const folder = cacheFolder();
  console.log(folder.includes(",") ? "--allow-write" : `--allow-write=${folder}`);
}
