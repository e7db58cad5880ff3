/**
 * Loads TensorFlow's C library through tfjs-node-gpu's addon, and the activation operations of our own with it.
 *
 * @module
 */
import process from "node:process";
import nodeUtil from "node:util";
import { UserError } from "../user_error.ts";
import { engineFolder, isInstalled } from "./install/installation.ts";
import { registerKernel } from "./kernel/load.ts";
import { makeScratchFolder } from "./scratch_folder.ts";
import type { NativeBackend, TensorFlow } from "./tensorflow.ts";

/** TensorFlow, whether operations of our own are used with it, and what is fast here in bfloat16. */
export interface Loaded {
  readonly tf: TensorFlow;
  readonly kernel: boolean;
  readonly bfloat16: boolean;
  readonly filterGradients: boolean;
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
  Deno.removeSync(makeScratchFolder()); // else each training would fail when it makes its graph
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
    const { bfloat16, filterGradients } = registered ?? { bfloat16: false, filterGradients: false };
    const own = kernel && registered !== undefined;
    return { tf: loaded, kernel: own, bfloat16, filterGradients: own && filterGradients };
  } catch (error) {
    const reason = (error as Error).message.split("\n")[0];
    throw new UserError(`TensorFlow cannot be loaded (${reason}): run \`deno task setup\` to repair it`);
  }
}
