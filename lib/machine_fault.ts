/**
 * Tells the faults of a machine (a full disk, no memory, a file that is gone) from those of the work that it does.
 *
 * @module
 */
import { UserError } from "./user_error.ts";

/** Whether the operating system, or Deno's permissions, refused something: no such file, no space, no access. */
export function isSystemError(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return error.name === "NotCapable" || /^E[A-Z0-9]+$/.test((error as { code?: string }).code ?? "");
}

/** What JavaScript engines, C++ and TensorFlow say where memory or the disk is used up. */
const USED_UP =
  /out of memory|OOM when allocating|Array buffer allocation failed|bad_alloc|cannot allocate memory|no space left|resource[ _]?exhausted|file too large/i;

/** Whether a text, such as the last lines of a process, tells that memory or the disk is used up. */
export function tellsOfShortage(text: string): boolean {
  return USED_UP.test(text);
}

/**
 * The UserError of an error that lies with the machine, so that the same work may succeed another time or elsewhere.
 * Undefined for all other errors.
 */
export function machineFault(error: unknown): UserError | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error instanceof UserError) return error;
  const isMissingModule = (error as { code?: string }).code === "ERR_MODULE_NOT_FOUND";
  if (!isMissingModule && !isSystemError(error) && !tellsOfShortage(error.message)) return undefined;
  return new UserError(
    `Cannot train here: ${error.message}. Nothing that has ended is lost: put it right, and the same study goes on`,
    { cause: error },
  );
}
