/**
 * Runs one measurement in a process of its own, and puts results in words.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { UserError } from "../user_error.ts";
import type { SpeedJob, SpeedResult } from "./speed_process.ts";
import type { StepJob, StepResult } from "./step_process.ts";

/** The path of a file in this folder. */
export const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const DENO = [Deno.execPath(), "run", "--quiet", "--no-prompt", "--allow-read", "--allow-write", "--allow-env"];

const ourProcess = (
  file: string,
  job: unknown,
) => [...DENO, "--allow-ffi", "--allow-sys", here(file), JSON.stringify(job)];

/** The command of a measurement of ours. */
export function ourCommand(job: SpeedJob): string[] {
  return ourProcess("speed_process.ts", job);
}

/** Measures a step. Throws a UserError with the process's last word where it fails. */
export function measureStep(job: StepJob): Promise<StepResult> {
  return run(ourProcess("step_process.ts", job));
}

/** Runs a measurement. Throws a UserError with its last word where it fails. */
export async function run<T = readonly SpeedResult[]>(command: readonly string[]): Promise<T> {
  const [program, ...args] = command;
  const { success, stdout, stderr } = await new Deno.Command(program, { args, stdin: "null" }).output();
  if (success) return JSON.parse(new TextDecoder().decode(stdout).trim().split("\n").at(-1)!);
  const reason = new TextDecoder().decode(stderr).trim().split("\n").at(-1);
  throw new UserError(`Cannot measure: ${program} ended with an error: ${reason}`);
}

/** Throws a UserError for a Python that is not there, or lacks a framework; before anything is measured. */
export async function checkPython(python: string): Promise<void> {
  const find =
    "import importlib.util as u; print(*[m for m in ['tensorflow', 'keras', 'torch'] if not u.find_spec(m)])";
  let output;
  try {
    output = await new Deno.Command(python, { args: ["-c", find], stdin: "null" }).output();
  } catch (error) {
    throw new UserError(`Cannot run --python ${python} (${(error as Error).message})`, { cause: error });
  }
  const missing = new TextDecoder().decode(output.stdout).trim();
  if (output.success && missing === "") return;
  const reason = output.success ? `lacks ${missing.replaceAll(" ", ", ")}` : "cannot run";
  throw new UserError(`Expected a Python with tensorflow, keras and torch as --python, but ${python} ${reason}`);
}

/** The value below which a share of the values lies, between two of them by a straight line. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = share * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  return low + (high - low) * (at - Math.floor(at));
}

/** The median. */
export const median = (values: readonly number[]) => quantile(values, 0.5);

/** Median, least and most of some values. */
export const range = (values: readonly number[], digits: number) =>
  `${median(values).toFixed(digits)} (${Math.min(...values).toFixed(digits)}–${Math.max(...values).toFixed(digits)})`;
