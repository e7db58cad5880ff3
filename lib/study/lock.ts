/**
 * A lock that one process holds, and loses however it ends: a lock of the kernel on a file beside what is locked. The
 * file stays when the lock is gone: removing it would let two processes hold it.
 *
 * @module
 */
import { UserError } from "../user_error.ts";

/** What came of trying to lock. The holder's process id is known where it could be read. */
export type LockOutcome =
  | { readonly kind: "locked"; readonly lock: Disposable }
  | { readonly kind: "held"; readonly pid?: number };

const TRIES = 3;
const PAUSE = 20; // ms: longer than `isLocked` looks

/** Tries to lock. Throws what opening the file throws, and for a link, whose target is not ours. */
export function tryLock(path: string): LockOutcome {
  if (isLink(path)) throw new UserError(`Cannot lock ${path}: expected a file, got a link: remove it`);
  const file = Deno.openSync(path, { read: true, write: true, create: true });
  for (let i = 0; i < TRIES; i++) {
    if (i > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE);
    if (!file.tryLockSync(true)) continue;
    file.truncateSync();
    file.writeSync(new TextEncoder().encode(`${Deno.pid}\n`));
    return { kind: "locked", lock: file };
  }
  file.close();
  return { kind: "held", pid: readPid(path) };
}

/** Tells whether a process holds the lock. A file that cannot be read is taken for not locked. */
export function isLocked(path: string): boolean {
  try {
    using file = Deno.openSync(path, { read: true });
    return !file.tryLockSync(false);
  } catch {
    return false;
  }
}

function isLink(path: string): boolean {
  try {
    return Deno.lstatSync(path).isSymlink;
  } catch {
    return false; // there is none yet
  }
}

function readPid(path: string): number | undefined {
  try {
    return Number.parseInt(Deno.readTextFileSync(path)) || undefined;
  } catch {
    return undefined;
  }
}
