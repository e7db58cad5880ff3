/**
 * Paths as the user means them: relative to the folder where `deno task` was called, not to the project's.
 *
 * @module
 */
import { resolve } from "node:path";

/** The absolute path of what the user wrote. */
export function userPath(path: string): string {
  return resolve(Deno.env.get("INIT_CWD") ?? Deno.cwd(), path);
}
