/**
 * Paths as the user means them: relative to the folder where `deno task` was called, not to the project's.
 *
 * @module
 */
import { resolve } from "node:path";

/** The absolute path of what the user wrote; `~/` is the home folder, also where no shell has replaced it. */
export function userPath(path: string): string {
  const home = /^~(?=\/|$)/.test(path) ? Deno.env.get("HOME") : undefined;
  if (home) return resolve(home, path.slice(2));
  return resolve(Deno.env.get("INIT_CWD") ?? Deno.cwd(), path);
}
