/**
 * The engine, and the pool of processes that train with it.
 *
 * @module
 */
import { resolve } from "node:path";
import { counted } from "../counted.ts";
import { type EngineInfo, type EngineName, installNative, isPrepared } from "../engine/mod.ts";
import { cacheFolder } from "../project.ts";
import { LocalPool } from "../study/mod.ts";
import { SettingsError } from "../schema.ts";
import { UserError } from "../user_error.ts";

/**
 * What a worker may do: read files, write to the cache (a data set's stamp), load TensorFlow. And it may collect its
 * garbage when it wants to, see study/worker.ts.
 */
const FLAGS = [
  "--v8-flags=--expose-gc",
  "--quiet",
  "--no-prompt",
  "--allow-read",
  "--allow-env",
  "--allow-ffi",
  "--allow-sys",
  "--allow-write=.", // the cache, in which they run: a path with a comma could not be named here
];

/** The cache folder, made where it is missing. Throws a UserError where nothing can be written there. */
function writableCache(): string {
  const folder = resolve(cacheFolder());
  try {
    Deno.mkdirSync(folder, { recursive: true });
    Deno.removeSync(Deno.makeTempFileSync({ dir: folder, prefix: "graph-" }));
    return folder;
  } catch (error) {
    throw new UserError(
      `Cannot write to the cache folder ${folder}: ${
        (error as Error).message
      }: make it writable, or let AFOS_CACHE name ` +
        "another one",
      { cause: error },
    );
  }
}

/** How many processes train at a time where nothing is said: one a core, each with one thread. */
export function defaultWorkers(threads = 1): number {
  return Math.max(1, Math.floor(navigator.hardwareConcurrency / threads));
}

/** More workers than these for each core only wait for each other, and use up the memory. */
const MOST_A_CORE = 4;

/** Makes sure of a number of workers. Throws a SettingsError for more than the machine has use for. */
export function checkWorkers(workers: number): void {
  const cores = navigator.hardwareConcurrency;
  const most = Math.max(8, MOST_A_CORE * cores);
  if (Number.isSafeInteger(workers) && workers >= 1 && workers <= most) return;
  throw new SettingsError(
    `Cannot start workers: expected 1 to ${most} on this machine, which has ${counted(cores, "core")}, got ${workers}`,
  );
}

/** Starts the workers and resolves to their pool and to the engine that they have loaded. */
export async function startWorkers(options: {
  readonly workers: number;
  readonly engine: string;
  readonly threads: number;
  readonly kernel: boolean;
}): Promise<{ pool: LocalPool; engine: EngineInfo }> {
  const { workers, ...init } = options;
  const cwd = writableCache();
  const pool = new LocalPool({
    module: new URL("../study/worker.ts", import.meta.url),
    flags: FLAGS,
    cwd,
    env: { AFOS_CACHE: cwd },
    workers,
    init,
  });
  try {
    return { pool, engine: await pool.start() as EngineInfo };
  } catch (error) {
    await pool.close();
    throw error;
  }
}

/** Makes the engine ready, where it is not; it takes up to a minute then. Throws a UserError where it can't be. */
export async function prepare({ engine, log }: { engine: EngineName; log: (line: string) => void }): Promise<void> {
  if (engine !== "tensorflow" || isPrepared()) return;
  log("setting TensorFlow up (once)");
  await installNative({ log });
}
