/**
 * Folders in which nothing can be written, for tests: by their mode, and where that stops nobody (root), by mounting.
 *
 * @module
 */

/** Calls `action` while nothing can be written in a folder; `false` where this machine has no way to that. */
export async function whileReadOnly(folder: string, action: () => void | Promise<void>): Promise<boolean> {
  const run = (program: string, ...args: string[]) =>
    new Deno.Command(program, { args, stderr: "null" }).outputSync().success;
  await Deno.chmod(folder, 0o555);
  const isMounted = canWrite(folder) && run("mount", "--bind", folder, folder) &&
    run("mount", "-o", "remount,ro,bind", folder);
  try {
    if (canWrite(folder)) return false;
    await action();
    return true;
  } finally {
    if (isMounted) run("umount", folder);
    await Deno.chmod(folder, 0o755);
  }
}

function canWrite(folder: string): boolean {
  try {
    Deno.removeSync(Deno.makeTempFileSync({ dir: folder }));
    return true;
  } catch {
    return false;
  }
}
