/**
 * `deno task jupyter`: sets up Jupyter with the Deno kernel and opens the notebooks. It parses arguments and calls the
 * library; the exit code is Jupyter's.
 *
 * @module
 */
import { chooseEngine } from "../engine/mod.ts";
import { prepare } from "../experiment/mod.ts";
import { openJupyter } from "../jupyter/mod.ts";
import { PROJECT_FOLDER } from "../project.ts";
import { runCommand } from "./command.ts";

/** Runs the command and returns its exit code. */
export function main(args: readonly string[]): Promise<number> {
  return runCommand({
    name: "jupyter",
    summary: "Sets up Jupyter with the Deno kernel in the cache folder, and opens the notebooks.",
    usage: ["", "--no-browser --port 8890"],
    flags: {
      "no-browser": { kind: "boolean", description: "Opens no browser; the address is printed" },
      port: {
        kind: "integer",
        minimum: 1,
        maximum: 65535,
        description: "Port to listen on",
        otherwise: "8888 or the next free one",
      },
    },
    details: "It runs in this terminal until Ctrl-C.",
    async run({ "no-browser": quiet, port }) {
      const log = (line: string) => console.error(line);
      await prepare({ engine: chooseEngine(), log });
      return await openJupyter({ folder: `${PROJECT_FOLDER}notebooks`, browser: !quiet, port, log });
    },
  }, { args });
}

if (import.meta.main) Deno.exit(await main(Deno.args));
