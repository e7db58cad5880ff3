/**
 * What the machine offers for training, without changing anything: for `deno task setup --check`.
 *
 * @module
 */
import { probe } from "./probe_process.ts";
import { type KernelState, kernelState } from "./kernel/state.ts";
import { damagedFiles, engineFolder, isInstalled, readInstallation } from "./native.ts";
import type { EngineInfo } from "./tensorflow.ts";

/** State of TensorFlow on this machine. */
export type EngineReport =
  | {
    readonly kind: "ready";
    readonly info: EngineInfo;
    readonly source: "package" | "wheel";
    /** Processor cores, which is the default number of threads of one operation. */
    readonly cores: number;
    /** The activation operations of our own; undefined where set-up does not build them. */
    readonly kernel: KernelState | undefined;
  }
  | { readonly kind: "missing" }
  | { readonly kind: "damaged"; readonly reason: string };

/** Loads TensorFlow in a process of its own and says what it is, or why it is not there. */
export async function engineReport(): Promise<EngineReport> {
  const installation = readInstallation();
  if (!installation) return { kind: "missing" };
  if (!isInstalled()) {
    const paths = damagedFiles(installation).map(({ path }) => path).join(", ");
    return { kind: "damaged", reason: `missing or incomplete: ${paths}` };
  }
  const answer = await probe();
  if (answer.kind === "failed") return { kind: "damaged", reason: answer.reason };
  const { source } = installation;
  const kernel = source === "wheel" ? kernelState(engineFolder()) : undefined;
  return { kind: "ready", info: answer.info, source, cores: navigator.hardwareConcurrency, kernel };
}
