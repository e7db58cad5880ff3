/**
 * TensorFlow's C library through tfjs-node-gpu's addon: which files it needs, whether they are whole, how it is loaded.
 * It knows nothing of how the files came there (see install.ts).
 *
 * @module
 */
import { createRequire } from "node:module";
import { dirname } from "node:path";
import process from "node:process";
import nodeUtil from "node:util";
import { cacheFolder } from "../project.ts";
import { UserError } from "../user_error.ts";
import { registerKernel } from "./kernel/load.ts";
import { kernelState } from "./kernel/state.ts";
import type { NativeBackend, TensorFlow } from "./tensorflow.ts";

/** One file of the installed engine, as it was when it was installed. */
export interface InstalledFile {
  /** The folder that holds it: the engine's in the cache, or the package's in `node_modules`. */
  readonly folder: "cache" | "package";
  /** Path in that folder. */
  readonly path: string;
  /** Size in bytes. */
  readonly bytes: number;
  /** SHA-256, hexadecimal. */
  readonly sha256: string;
}

/** What set-up wrote down about the engine that it installed. */
export interface Installation {
  /** The package's own installer, or its addon built against a wheel's library. */
  readonly source: "package" | "wheel";
  /** Where the addon looks for the library, as linked into it (`wheel` only). */
  readonly rpath?: string;
  /** All files that must be there. */
  readonly files: readonly InstalledFile[];
}

/** The addon's path in the package. */
export const ADDON = "lib/napi-v8/tfjs_binding.node";

/** The folder of the package in `node_modules`, without a slash at its end. Throws where it is not installed. */
export function packageFolder(): string {
  return dirname(createRequire(import.meta.url).resolve("@tensorflow/tfjs-node-gpu/package.json"));
}

/** The folder of the engine's parts in the cache. */
export function engineFolder(): string {
  return `${cacheFolder()}/tensorflow`;
}

/** What set-up recorded, if it ended; undefined where there is no record, or an unreadable one. */
export function readInstallation(): Installation | undefined {
  try {
    return JSON.parse(Deno.readTextFileSync(`${engineFolder()}/installation.json`));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Absolute path of an installed file. */
export function installedPath({ folder, path }: Pick<InstalledFile, "folder" | "path">): string {
  return `${folder === "cache" ? engineFolder() : packageFolder()}/${path}`;
}

/** The files of an installation that are missing or have another size. */
export function damagedFiles({ files }: Installation): InstalledFile[] {
  const whole = (file: InstalledFile) => {
    try {
      return Deno.statSync(installedPath(file)).size === file.bytes;
    } catch {
      return false;
    }
  };
  return files.filter((file) => !whole(file));
}

/** Whether set-up has ended and its files are there. Takes a millisecond, and does not read the files. */
export function isInstalled(): boolean {
  const installation = readInstallation();
  return installation !== undefined && damagedFiles(installation).length === 0;
}

/** TensorFlow, whether the activation operations of our own are used with it, and whether bfloat16 is fast here. */
export interface Loaded {
  readonly tf: TensorFlow;
  readonly kernel: boolean;
  readonly bfloat16: boolean;
}

/** Whether set-up has done all it can do here: TensorFlow is there, and its activation operations, or why not. */
export function isPrepared(): boolean {
  return isInstalled() && (readInstallation()?.source === "package" || kernelState(engineFolder()).kind !== "missing");
}

/**
 * Loads TensorFlow into this process. `threads` is the number of threads of one operation (default: all cores); it
 * counts only before the first loading. `kernel` says whether the activation operations are wanted (default: true); they
 * run on processors only. Throws a UserError that says how to get the engine when it cannot be loaded.
 */
export async function loadNative(options: { threads?: number; kernel?: boolean } = {}): Promise<Loaded> {
  const { threads, kernel = true } = options;
  if (!isInstalled()) {
    throw new UserError(
      "TensorFlow is not set up here, and training needs it: run `deno task setup`, " +
        "or choose the slow engine that does without (--engine javascript)",
    );
  }
  // Deno's node:util lacks two functions that Node once had and the package calls.
  Object.assign(nodeUtil, {
    isNullOrUndefined: (value: unknown) => value === null || value === undefined,
    isArray: Array.isArray,
  });
  process.env.TF_CPP_MIN_LOG_LEVEL ??= "2";
  if (threads !== undefined) {
    process.env.TF_NUM_INTRAOP_THREADS = process.env.OMP_NUM_THREADS = `${threads}`;
    process.env.TF_NUM_INTEROP_THREADS = "1";
  }
  try {
    const tf = await import("@tensorflow/tfjs-node-gpu") as unknown as TensorFlow & { default?: TensorFlow };
    const loaded = tf.default ?? tf;
    const { isUsingGpuDevice } = loaded.backend() as unknown as NativeBackend;
    const registered = isUsingGpuDevice ? undefined : registerKernel(engineFolder());
    return { tf: loaded, kernel: kernel && registered !== undefined, bfloat16: registered?.bfloat16 ?? false };
  } catch (error) {
    const reason = (error as Error).message.split("\n")[0];
    throw new UserError(`TensorFlow cannot be loaded (${reason}): run \`deno task setup\` to repair it`);
  }
}
