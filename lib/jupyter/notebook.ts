/**
 * Executes one notebook in a prepared Jupyter. It knows nothing of the notebook's contents and of the command line.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { runProgram } from "../engine/mod.ts";
import type { JupyterEnvironment } from "./environment.ts";

/** How the execution of a notebook ended. Cells are numbered from 1; 0 is the time before the first. */
export type NotebookOutcome =
  | { readonly kind: "passed"; readonly seconds: number }
  | {
    readonly kind: "failed";
    readonly seconds: number;
    readonly cell: number;
    readonly of: number;
    readonly error: string;
  };

/** Options of {@linkcode executeNotebook}. */
export interface ExecuteOptions {
  /** What `prepareJupyter` gave. */
  readonly jupyter: JupyterEnvironment;
  /** Stores the outputs in the notebook where all cells passed; default: leaves the file alone. */
  readonly write?: boolean;
  /** Seconds a cell may take, a positive integer; default: 600. */
  readonly timeout?: number;
  /** Values for the cell with the tag `parameters`, as papermill has it; the outputs are not stored then. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Environment variables of the notebook, beside this process's own. */
  readonly env?: Readonly<Record<string, string>>;
  /** Stops the execution, and the kernel with it. */
  readonly signal?: AbortSignal;
  /** Called before each cell. */
  readonly onCell?: (cell: number, of: number) => void;
}

interface Message {
  readonly cell?: number;
  readonly of?: number;
  readonly passed?: true;
  readonly failed?: { readonly cell: number; readonly of: number; readonly error: string };
}

const SCRIPT = fileURLToPath(new URL("./execute.py", import.meta.url));

async function* messages(stdout: ReadableStream<Uint8Array>): AsyncGenerator<Message> {
  let rest = "";
  for await (const text of stdout.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) yield JSON.parse(line);
  }
}

/**
 * Executes the cells of a notebook one after the other in a new Deno kernel, whose working folder is the notebook's.
 * It fails with the first cell that throws, takes too long, or leaves a rejected promise behind. A notebook that is
 * written is formatted as `deno fmt` does.
 */
export async function executeNotebook(path: string, options: ExecuteOptions): Promise<NotebookOutcome> {
  const { jupyter, write = false, timeout = 600, parameters, env, signal, onCell } = options;
  if (!Number.isInteger(timeout) || timeout < 1) {
    throw new RangeError(`Cannot execute a notebook: expected a timeout of at least 1 second, got ${timeout}`);
  }
  const start = performance.now();
  const child = new Deno.Command(jupyter.python, {
    args: [
      ...["-I", SCRIPT, path, "--timeout", String(timeout)],
      ...write ? ["--write"] : [],
      ...parameters ? ["--parameters", JSON.stringify(parameters)] : [],
    ],
    env: { ...env, ...jupyter.env },
    stdin: "piped", // stays open: the script ends, and its kernel with it, when this process has gone
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const stop = () => child.kill("SIGTERM"); // the script ends its kernel on this signal
  signal?.addEventListener("abort", stop);
  if (signal?.aborted) stop();
  try {
    let last: Message = {};
    let [cell, of] = [0, 0];
    for await (const message of messages(child.stdout)) {
      last = message;
      if (message.cell !== undefined && message.of !== undefined) {
        [cell, of] = [message.cell, message.of];
        onCell?.(cell, of);
      }
    }
    const { code } = await child.status;
    const seconds = (performance.now() - start) / 1000;
    if (last.passed && code === 0) {
      // the project's own configuration leaves notebooks out
      if (write) await runProgram([Deno.execPath(), "fmt", "--quiet", "--no-config", "--line-width=120", path]);
      return { kind: "passed", seconds };
    }
    const failed = last.failed ?? { cell, of, error: `the Python of Jupyter ended with exit code ${code}` };
    return { kind: "failed", seconds, ...failed, ...(signal?.aborted ? { error: "stopped" } : {}) };
  } finally {
    signal?.removeEventListener("abort", stop);
    await child.stdin.close().catch(() => {}); // the script may have closed its end already
  }
}
