/**
 * `deno task export`: writes an activation function as LaTeX or as code.
 *
 * @module
 */
import { dirname } from "node:path";
import { resolveActivation } from "../activation/mod.ts";
import { EXPORT_TARGETS, exportActivation } from "../export/mod.ts";
import { runCommand, UsageError } from "./command.ts";
import { userPath } from "./user_path.ts";

/** Runs the command and returns its exit code. */
export function main(args: readonly string[]): Promise<number> {
  return runCommand({
    name: "export",
    summary: "Writes an activation function and its derivative as LaTeX, or as a module for a framework.",
    usage: ["eelu1 --to keras", '"-x*erf(exp(-x))" --to pytorch --name mirrored --output mirrored.py'],
    flags: {
      to: { kind: "choice", choices: EXPORT_TARGETS, description: "What it is written for" },
      name: {
        kind: "text",
        placeholder: "NAME",
        description: "The function's name there; default: the catalogue's, or f",
      },
      output: { kind: "text", placeholder: "FILE", description: "File to write; default: it is printed" },
    },
    operands: { minimum: 1, maximum: 1 },
    details:
      "The function is a name of the catalogue (relu, swish, eelu2 …) or a formula in x. The modules need nothing\n" +
      "but their framework, and say what they hold. deno task test:export compares them with the frameworks.",
    async run({ to, name, output }, [text]) {
      if (to === undefined) throw new UsageError(`Missing flag: expected --to ${EXPORT_TARGETS.join(" | ")}`);
      const module = exportActivation(resolveActivation(text), { to, name });
      if (output === undefined) return console.log(module.trimEnd());
      const path = userPath(output);
      await Deno.mkdir(dirname(path), { recursive: true });
      await Deno.writeTextFile(path, module);
      console.log(path);
    },
  }, { args });
}

if (import.meta.main) Deno.exit(await main(Deno.args));
