/**
 * `deno task notebooks`: executes the notebooks headless. It parses arguments, calls the library and prints; progress
 * goes to stderr. The exit code is 0 where all passed, 1 where one failed, 2 for wrong arguments, 130 after Ctrl-C.
 *
 * @module
 */
import { chooseEngine } from "../engine/mod.ts";
import { prepare } from "../experiment/mod.ts";
import { runNotebooks } from "../jupyter/mod.ts";
import { PROJECT_FOLDER } from "../project.ts";
import { runCommand } from "./command.ts";

const DEFAULT_TIMEOUT = 1200;

interface Options {
  readonly only: readonly string[];
  readonly write: boolean;
  readonly timeout: number;
}

async function execute(options: Options): Promise<number> {
  const interrupt = new AbortController();
  Deno.addSignalListener("SIGINT", () => interrupt.abort());
  const log = (line: string) => console.error(line);
  await prepare({ engine: chooseEngine(), log });
  const folder = `${PROJECT_FOLDER}notebooks`;
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

/** Runs the command and returns its exit code. */
export function main(args: readonly string[]): Promise<number> {
  return runCommand({
    name: "notebooks",
    summary: "Executes notebooks/*.ipynb in Jupyter with the Deno kernel, without a browser.",
    usage: ["", "--only 02_search --write"],
    flags: {
      only: { kind: "list", placeholder: "NAME", description: "The notebook of this name; default: all" },
      write: { kind: "boolean", description: "Stores the outputs in the notebooks that pass" },
      timeout: {
        kind: "integer",
        minimum: 1,
        maximum: 999_999,
        default: DEFAULT_TIMEOUT,
        description: "Seconds that a cell may take",
      },
    },
    details:
      "The first run prepares Jupyter in the cache folder. It fails with the first cell that throws, takes too long,\n" +
      "or leaves a rejected promise. Environment variables reach the notebooks: AFOS_NOTEBOOK_BUDGET=tiny makes them\n" +
      "a matter of seconds, for tests.",
    run: execute,
  }, { args });
}

if (import.meta.main) Deno.exit(await main(Deno.args));
