/**
 * Loads the activation operations into TensorFlow.
 *
 * @module
 */
import { kernelState } from "./state.ts";

/** What is known of the operations once they are registered. */
export interface RegisteredKernel {
  /** Whether the processor multiplies bfloat16 numbers in hardware. */
  readonly bfloat16: boolean;
  /** Whether the operations were compiled for that too: `AfosConv2DFilterGrad` is fast. */
  readonly filterGradients: boolean;
}

/** Its library stays open for as long as the process runs: TensorFlow calls into it. */
let registered: RegisteredKernel | undefined;

/**
 * Registers the operations with the TensorFlow that is loaded in this process, once. Undefined where they are not built
 * for this processor. Throws an Error where TensorFlow refuses them.
 */
export function registerKernel(libraryFolder: string): RegisteredKernel | undefined {
  if (registered) return registered;
  const state = kernelState(libraryFolder);
  if (state.kind !== "built") return undefined;
  const opened = Deno.dlopen(state.path, {
    afos_runs_here: { parameters: [], result: "i32" },
    afos_has_bfloat16: { parameters: [], result: "i32" },
    afos_multiplies_bfloat16: { parameters: [], result: "i32" },
    afos_register: { parameters: [], result: "pointer" },
  });
  if (opened.symbols.afos_runs_here() === 0) {
    opened.close();
    return undefined;
  }
  const text = opened.symbols.afos_register();
  const error = text === null ? "" : Deno.UnsafePointerView.getCString(text);
  if (error !== "") throw new Error(`TensorFlow refuses the activation operations: ${error}`);
  const bfloat16 = opened.symbols.afos_has_bfloat16() !== 0;
  return registered = { bfloat16, filterGradients: bfloat16 && opened.symbols.afos_multiplies_bfloat16() !== 0 };
}
