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
import { runCommand, UsageError } from "./command.ts";

const DEFAULT_TIMEOUT = 1200;

interface Options {
  readonly only: readonly string[];
  readonly write: boolean;
  readonly timeout: number;
  readonly parameters: Readonly<Record<string, string>> | undefined;
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

/** Values by name; undefined where there are none. Throws a UsageError for a text that is not NAME=VALUE. */
function readParameters(texts: readonly string[]): Record<string, string> | undefined {
  if (texts.length === 0) return undefined;
  return Object.fromEntries(texts.map((text) => {
    const [, name, value] = /^([A-Za-z_]\w*)=(.*)$/s.exec(text) ?? [];
    if (name === undefined) throw new UsageError(`Cannot use --parameters: expected NAME=VALUE, got ${text}`);
    return [name, value];
  }));
}

/** Runs the command and returns its exit code. */
export function main(args: readonly string[]): Promise<number> {
  return runCommand({
    name: "notebooks",
    summary: "Executes notebooks/*.ipynb in Jupyter with the Deno kernel, without a browser.",
    usage: ["", "--only 02_search --write", "--parameters budget=tiny"],
    flags: {
      only: { kind: "list", placeholder: "NAME", description: "The notebook of this name; default: all" },
      write: { kind: "boolean", description: "Stores the outputs in the notebooks that pass" },
      parameters: {
        kind: "list",
        placeholder: "NAME=VALUE",
        description: "Another value for a name in the cell tagged parameters; nothing is stored then",
      },
      timeout: {
        kind: "integer",
        minimum: 1,
        maximum: 999_999,
        default: DEFAULT_TIMEOUT,
        description: "Seconds that a cell may take",
      },
    },
    details:
      "The first run prepares Jupyter in the cache folder. It fails with the first cell that throws, takes too long, " +
      "or leaves a rejected promise. --parameters budget=tiny makes the notebooks a matter of seconds, for tests.",
    run: ({ parameters, ...options }) => execute({ ...options, parameters: readParameters(parameters) }),
  }, { args });
}

if (import.meta.main) Deno.exit(await main(Deno.args));
