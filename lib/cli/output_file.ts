/**
 * Files that a command writes at its end, checked before it begins.
 *
 * @module
 */
import { dirname } from "node:path";
import { UserError } from "../user_error.ts";
import { UsageError } from "./flags.ts";
import { userPath } from "./user_path.ts";

/** Throws a UsageError where --plot names a file of a kind that no plot is saved as. */
export function checkPlotFile(text: string): void {
  if (!/\.(svg|png)$/i.test(text)) {
    throw new UsageError(`Cannot use --plot: expected a file that ends in .svg or .png, got ${text}`);
  }
}

/**
 * The absolute path of a file to write, whose folder is made where it is missing. Throws a UserError where it could not
 * be written.
 */
export async function outputFile(text: string): Promise<string> {
  const path = userPath(text);
  try {
    await Deno.mkdir(dirname(path), { recursive: true });
    const isNew = await Deno.lstat(path).then(() => false, () => true);
    (await Deno.open(path, { write: true, create: true })).close();
    if (isNew) await Deno.remove(path);
  } catch (error) {
    throw new UserError(`Cannot write ${path}: ${(error as Error).message}`);
  }
  return path;
}
