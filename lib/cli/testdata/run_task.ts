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

/** Starts a task. */
export function startTask(task: keyof typeof config.tasks, args: readonly string[]): Deno.ChildProcess {
  const [, ...command] = config.tasks[task].command.split(" ");
  return new Deno.Command(Deno.execPath(), {
    args: [command[0], "--no-prompt", ...command.slice(1), ...args],
    cwd: PROJECT_FOLDER,
    env: { NO_COLOR: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

/** Runs a task to its end. */
export async function runTask(task: keyof typeof config.tasks, args: readonly string[]): Promise<TaskOutput> {
  const { code, stdout, stderr } = await startTask(task, args).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, out: text(stdout), err: text(stderr) };
}
