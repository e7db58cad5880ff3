/**
 * Loads the activation operations into TensorFlow. It knows nothing of expressions.
 *
 * @module
 */
import { kernelState } from "./state.ts";

/** Open for as long as the process runs: TensorFlow calls into it. */
let library: { readonly close: () => void } | undefined;

/**
 * Registers the operations with the TensorFlow that is loaded in this process, once. False where they are not built for
 * this processor. Throws an Error where TensorFlow refuses them.
 */
export function registerKernel(libraryFolder: string): boolean {
  if (library) return true;
  const state = kernelState(libraryFolder);
  if (state.kind !== "built") return false;
  const opened = Deno.dlopen(state.path, {
    afos_runs_here: { parameters: [], result: "i32" },
    afos_register: { parameters: [], result: "pointer" },
  });
  if (opened.symbols.afos_runs_here() === 0) {
    opened.close();
    return false;
  }
  const text = opened.symbols.afos_register();
  const error = text === null ? "" : Deno.UnsafePointerView.getCString(text);
  if (error !== "") throw new Error(`TensorFlow refuses the activation operations: ${error}`);
  library = opened;
  return true;
}
