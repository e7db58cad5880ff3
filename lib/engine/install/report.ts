/**
 * What the machine offers for training, without changing anything: for `deno task setup --check`.
 *
 * @module
 */
import { checkKernel, type KernelState } from "../kernel/state.ts";
import type { EngineInfo } from "../tensorflow.ts";
import { changedFiles, engineFolder, installedFiles, readAddon } from "./installation.ts";
import { probe } from "./probe_process.ts";

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

/** Reads the installed files, loads TensorFlow in a process of its own, and says what it is or why it is not there. */
export async function engineReport(): Promise<EngineReport> {
  const installed = installedFiles();
  if (!installed) return { kind: "missing" };
  const damaged = [];
  for (const { folder, files } of installed) damaged.push(...await changedFiles(folder, files));
  const { source } = readAddon()!;
  const kernel = source === "wheel" ? await checkKernel(engineFolder()) : undefined;
  const reasons = damaged.map(({ path, reason }) => `${path} is ${reason}`);
  if (kernel?.kind === "damaged") reasons.push("the activation operations are damaged");
  if (reasons.length > 0) return { kind: "damaged", reason: reasons.join(", ") };
  const answer = await probe();
  if (answer.kind === "failed") return { kind: "damaged", reason: answer.reason };
  return { kind: "ready", info: answer.info, source, cores: navigator.hardwareConcurrency, kernel };
}
