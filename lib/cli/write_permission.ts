/**
 * Prints the flag that lets a task write to the cache folder, wherever that is, and to the paths that are its arguments. A
 * path with a comma can't be named in such a flag: then a task may write everywhere.
 *
 * @module
 */
import { cacheFolder } from "../project.ts";

if (import.meta.main) {
  const paths = [cacheFolder(), ...Deno.args];
  console.log(paths.some((path) => path.includes(",")) ? "--allow-write" : `--allow-write=${paths.join(",")}`);
}
