/**
 * What the tests of studies share: trials, a pool of toy workers, and processes to watch and to kill.
 *
 * @module
 */
import { LocalPool, type LocalPoolOptions } from "../local_pool.ts";
import type { Trial, TrialJob, TrialSpec } from "../trial.ts";

/** The recipe of the toy worker. */
export const RECIPE = { epochs: 2, milliseconds: 3 };

/** A trial to ask for. */
export function spec(identity: string, changes: Partial<TrialSpec> = {}): TrialSpec {
  return { label: "search", formula: `x + ${identity}`, identity, recipe: RECIPE, seed: 1, test: false, ...changes };
}

/** A trial to run. */
export function job(formula: string, recipe: unknown = RECIPE): TrialJob {
  return { formula, recipe, seed: 1, test: false };
}

/** A pool of toy workers. They need no permission. */
export function toyPool(options: Partial<LocalPoolOptions> = {}): LocalPool {
  return new LocalPool({ module: new URL("toy_worker.ts", import.meta.url), flags: [], workers: 1, ...options });
}

/** What of a trial is the same in every run of it: not its times, processes and machines. */
export function repeatable(trial: Trial): Omit<Trial, "startedAt" | "seconds" | "attempts" | "workerPid" | "machine"> {
  const { startedAt: _, seconds: __, attempts: ___, workerPid: ____, machine: _____, ...rest } = trial;
  return rest;
}

async function shell(script: string, pid: number): Promise<boolean> {
  const { success } = await new Deno.Command("sh", { args: ["-c", script, "sh", String(pid)] }).output();
  return success;
}

/** Kills a process with SIGKILL, at once. */
export function kill(pid: number): void {
  Deno.kill(pid, "SIGKILL");
}

/** Sends a process an interrupt, as Ctrl-C in a terminal does. */
export async function interrupt(pid: number): Promise<void> {
  await shell('kill -2 "$1"', pid);
}

/** Whether a process runs; one that has ended and was not waited for does not. */
export function isAlive(pid: number): Promise<boolean> {
  return shell('kill -0 "$1" 2>/dev/null && ! grep -q "^State:.Z" "/proc/$1/status" 2>/dev/null', pid);
}

/** Waits until a process has ended, however long that takes. */
export async function waitForEnd(pid: number): Promise<void> {
  while (await isAlive(pid)) await new Promise((done) => setTimeout(done, 50));
}

/** Calls `action` with a new folder, and removes the folder. */
export async function withFolder<T>(action: (folder: string) => T | Promise<T>): Promise<T> {
  const folder = await Deno.makeTempDir({ prefix: "afos-study-" });
  try {
    return await action(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
