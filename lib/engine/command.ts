/**
 * Runs other programs for the set-up.
 *
 * @module
 */

/** Options of {@linkcode runProgram}. */
export interface RunOptions {
  /** Working folder (default: this process's). */
  readonly cwd?: string;
  /** Environment variables beside this process's own. */
  readonly env?: Record<string, string>;
  /** Time limit in milliseconds (default: none). */
  readonly timeout?: number;
  /** Ends the program. */
  readonly signal?: AbortSignal;
}

/** A program that was not found, ran too long, or ended with an exit code other than 0. */
export class ProgramError extends Error {
  override name = "ProgramError";
}

/** C++ compilers, the best known first. */
export const COMPILERS = ["g++", "c++", "clang++"];

/** The line of a program's output that says what went wrong, or else its end. */
function reason(output: string): string {
  const lines = output.split("\n").map((line) => line.trim()).filter((line) => line !== "");
  return lines.findLast((line) => /(^|\s)\w*error: \S|cannot |fatal/i.test(line)) ?? lines.slice(-3).join(" / ");
}

/**
 * Runs a program and gives what it printed on stdout. Throws a ProgramError that quotes the line of its output that tells
 * why, and the signal's reason where it is aborted.
 */
export async function runProgram(command: readonly string[], options: RunOptions = {}): Promise<string> {
  const [program, ...args] = command;
  const { cwd, env, timeout } = options;
  options.signal?.throwIfAborted();
  const tooLong = timeout === undefined ? undefined : AbortSignal.timeout(timeout);
  let result;
  try {
    result = await new Deno.Command(program, {
      args,
      cwd,
      env,
      signal: AbortSignal.any([options.signal, tooLong].filter((signal) => signal !== undefined)),
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).output();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) throw new ProgramError(`${program} was not found`);
    throw error;
  }
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  if (result.success) return text(result.stdout);
  options.signal?.throwIfAborted();
  if (tooLong?.aborted) throw new ProgramError(`${program} took longer than ${timeout! / 1000} s`);
  if (result.signal) throw new ProgramError(`${program} crashed (${result.signal})`);
  const output = reason(`${text(result.stdout)}\n${text(result.stderr)}`);
  throw new ProgramError(`${program} ended with exit code ${result.code}${output ? `: ${output}` : ""}`);
}

/** The first of the programs that runs `--version`; undefined where none does. */
export async function findProgram(names: readonly string[]): Promise<string | undefined> {
  for (const name of names) {
    try {
      await runProgram([name, "--version"], { timeout: 10_000 });
      return name;
    } catch {
      // the next one may be there
    }
  }
}
