/**
 * Where the project's files lie. It knows nothing of what is in them.
 *
 * @module
 */
import { fileURLToPath } from "node:url";

/** The folder of `deno.json`, as a path that ends with a slash. */
export const PROJECT_FOLDER: string = fileURLToPath(new URL("..", import.meta.url));

/** The folder of everything downloaded or built: `AFOS_CACHE`, or else `data/cache`. */
export function cacheFolder(): string {
  return Deno.env.get("AFOS_CACHE") || `${PROJECT_FOLDER}data/cache`;
}
