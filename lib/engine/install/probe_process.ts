/**
 * Loads TensorFlow in a process of its own, so that a library that crashes takes nothing with it.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { ProgramError, runProgram } from "../command.ts";
import type { EngineInfo } from "../tensorflow.ts";

/** What the process said. */
export type ProbeAnswer =
  | { readonly kind: "loaded"; readonly info: EngineInfo }
  | { readonly kind: "failed"; readonly reason: string };

const PERMISSIONS = ["read", "write", "env", "ffi", "sys"].map((name) => `--allow-${name}`);

/** Whether TensorFlow loads and computes, and what it is. */
export async function probe(): Promise<ProbeAnswer> {
  const script = fileURLToPath(new URL("probe.ts", import.meta.url));
  try {
    return JSON.parse(await runProgram([Deno.execPath(), "run", "--quiet", "--no-prompt", ...PERMISSIONS, script]));
  } catch (error) {
    if (error instanceof ProgramError) return { kind: "failed", reason: error.message };
    throw error;
  }
}
