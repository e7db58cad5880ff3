/**
 * Runs a task of deno.json as a user does, for tests: in a process of its own, with the permissions that it has there.
 *
 * @module
 */
import config from "../../../deno.json" with { type: "json" };
import { PROJECT_FOLDER } from "../../project.ts";

/** What a task left behind. */
export interface TaskOutput {
  /** The exit code. */
  readonly code: number;
  /** What it wrote on stdout. */
  readonly out: string;
  /** What it wrote on stderr. */
  readonly err: string;
}

/** Starts a task, with nothing on stdin unless it is to be piped. */
export function startTask(
  task: keyof typeof config.tasks,
  args: readonly string[],
  { stdin = "null" }: { readonly stdin?: "null" | "piped" } = {},
): Deno.ChildProcess {
  const { command } = config.tasks[task];
  const [, run, ...rest] = command.split(" ");
  return new Deno.Command(Deno.execPath(), {
    // a command in the command takes the shell of `deno task`; the others get signals themselves
    args: [...command.includes("$(") ? ["task", "--quiet", task] : [run, "--no-prompt", ...rest], ...args],
    cwd: PROJECT_FOLDER,
    env: { NO_COLOR: "1" },
    stdin,
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

/** Runs a task to its end; `input` is what stands on stdin. */
export async function runTask(
  task: keyof typeof config.tasks,
  args: readonly string[],
  { input }: { readonly input?: string } = {},
): Promise<TaskOutput> {
  const child = startTask(task, args, { stdin: input === undefined ? "null" : "piped" });
  if (input !== undefined) await new Blob([input]).stream().pipeTo(child.stdin);
  const { code, stdout, stderr } = await child.output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, out: text(stdout), err: text(stderr) };
}
