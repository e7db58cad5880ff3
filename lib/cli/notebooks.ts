/**
 * `deno task notebooks`: executes the notebooks headless. It parses arguments, calls the library and prints; progress
 * goes to stderr. The exit code is 0 where all passed, 1 where one failed, 2 for wrong arguments, 130 after Ctrl-C.
 *
 * @module
 */
import { parseArgs } from "@std/cli";
import { runNotebooks, UserError } from "../mod.ts";
import { PROJECT_FOLDER } from "../project.ts";

const HELP =
  `Executes notebooks/*.ipynb in the Deno kernel of Jupyter, without a browser. The first run prepares Jupyter
in the cache folder. Fails with the first cell that throws, takes too long, or leaves a rejected promise.

Usage: deno task notebooks [OPTIONS]

Options:
  --only NAME        the notebook of this name; may stand more than once (default: all)
  --write            store the outputs in the notebooks that pass (default: leave the files alone)
  --timeout SECONDS  time that a cell may take (default: 600)
  -h, --help         this text

Environment variables reach the notebooks.`;

function complain(text: string, code: number): never {
  console.error(`Error: ${text}`);
  Deno.exit(code);
}

function readOptions(args: readonly string[]) {
  const options = parseArgs(args, {
    boolean: ["help", "write"],
    string: ["only", "timeout"],
    collect: ["only"],
    alias: { help: "h" },
    default: { timeout: "600" },
    unknown: (name) => complain(`Expected one of the options that --help lists, got ${name}`, 2),
  });
  if (options.help) return undefined;
  if (options._.length > 0) complain(`Expected options only, got ${options._[0]}; see --help`, 2);
  if (options.only.includes("")) complain("Expected the name of a notebook after --only, got none", 2);
  if (!/^[1-9]\d{0,5}$/.test(options.timeout)) {
    complain(`Expected --timeout to be a number of seconds from 1 to 999999, got "${options.timeout}"`, 2);
  }
  return { only: options.only as string[], write: options.write as boolean, timeout: Number(options.timeout) };
}

async function main(args: readonly string[]): Promise<number> {
  const options = readOptions(args);
  if (options === undefined) {
    console.log(HELP);
    return 0;
  }
  const interrupt = new AbortController();
  Deno.addSignalListener("SIGINT", () => interrupt.abort());
  const folder = `${PROJECT_FOLDER}notebooks`;
  const log = (line: string) => console.error(line);
  const outcomes = await runNotebooks({ ...options, folder, log, signal: interrupt.signal });
  if (interrupt.signal.aborted) return 130;
  const failed = [...outcomes].filter(([, { kind }]) => kind === "failed").map(([name]) => name);
  console.error(
    failed.length === 0
      ? `${outcomes.size} of ${outcomes.size} notebooks passed.`
      : `${failed.length} of ${outcomes.size} notebooks failed: ${failed.join(", ")}.`,
  );
  return failed.length === 0 ? 0 : 1;
}

if (import.meta.main) {
  try {
    Deno.exit(await main(Deno.args));
  } catch (error) {
    if (error instanceof UserError) complain(error.message, 1);
    throw error;
  }
}
