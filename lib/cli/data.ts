/**
 * `deno task data`: lists, fetches and verifies the data sets. It parses arguments, calls the library and prints;
 * progress goes to stderr. Exit code 130 after Ctrl-C.
 *
 * @module
 */
import { datasetFolder, datasetNames, datasetSource, type FileState } from "../mod.ts";
import { runCommand, UsageError } from "./command.ts";
import { downloadProgress } from "./progress.ts";
import { Interruption, interruptSignal } from "./interrupt.ts";
import { datasetFlag } from "./study_flags.ts";
import { userPath } from "./user_path.ts";

type State = FileState["kind"];

/** The state of a data set by those of its files; images that were decoded of files which are gone don't matter. */
function stateOf(files: readonly FileState[]): State {
  if (files.every(({ kind, decoded }) => kind === "missing" || (decoded && kind === "whole"))) return "missing";
  return files.every(({ kind }) => kind === "whole") ? "whole" : "damaged";
}

async function list(): Promise<void> {
  const rows = [["name", "training", "validation", "test", "classes", "pixels", "here", "licence"]];
  for (const name of datasetNames) {
    const { facts, check } = datasetSource(name);
    const { trainImages, validationImages, testImages, classes, imageSize, channels, license, byHand } = facts;
    const state = stateOf(await check(datasetFolder(name)));
    const here = { whole: "yes", damaged: "damaged", missing: byHand ? "no (--archive)" : "no" }[state];
    const counts = [trainImages, validationImages ?? "–", testImages, classes.length];
    rows.push([name, ...counts.map(String), `${imageSize} × ${imageSize} × ${channels}`, here, license]);
  }
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  for (const row of rows) console.log(row.map((cell, column) => cell.padEnd(widths[column])).join("  ").trimEnd());
}

/** Fetches a data set. */
async function get(name: string, archive?: string): Promise<void> {
  const { facts, prepare } = datasetSource(name);
  if (!datasetNames.includes(name)) {
    if (archive !== undefined) throw new UsageError(`${name} has no archive: expected no --archive`);
    return console.log(`${name} needs no fetching: its pictures are read where they are`);
  }
  if (archive !== undefined && !facts.byHand) throw new UsageError(`${name} is downloaded: expected no --archive`);
  const folder = datasetFolder(name);
  const signal = interruptSignal();
  {
    using download = downloadProgress();
    await prepare(folder, { network: true, archive, onProgress: download.show, signal }).catch((error) => {
      throw error === signal.reason ? new Interruption(`to go on: deno task data --get ${name}`) : error;
    });
  }
  console.log(`${facts.title} is whole in ${folder}`);
}

/** Reads all bytes of one data set, or of all that are here; returns the exit code. */
async function verify(only: string | undefined): Promise<number> {
  const bad: State[] = only === undefined ? ["damaged"] : ["damaged", "missing"];
  let [code, fetching] = [0, false];
  for (const name of only === undefined ? datasetNames : [only]) {
    const files = await datasetSource(name).check(datasetFolder(name), { deep: true });
    const state = stateOf(files);
    console.log(`${name}: ${state}`);
    if (state === "damaged") {
      for (const { path, kind, decoded } of files) {
        if (kind !== "whole") {
          console.log(`  ${path} is ${kind}${decoded ? ": delete it, and it is decoded anew" : ""}`);
        }
      }
    }
    if (!bad.includes(state)) continue;
    code = 1;
    fetching ||= files.some(({ kind, decoded }) => kind !== "whole" && !decoded);
  }
  if (fetching) console.error("error: a data set is not whole: `deno task data --get NAME` fetches what is needed");
  else if (code !== 0) console.error("error: decoded images are damaged");
  return code;
}

/** Runs the command and returns its exit code. */
export function main(args: readonly string[]): Promise<number> {
  return runCommand({
    name: "data",
    summary: "Lists, fetches and verifies the data sets.",
    usage: ["--list", "--get NAME", "--get cotton-weed-id15 --archive PATH", "--verify [NAME]", "--verify folder:PATH"],
    flags: {
      list: { kind: "boolean", description: "Lists the data sets, and which of them are here" },
      get: {
        kind: "text",
        placeholder: "NAME",
        description: "Fetches a data set, unless it is here and whole; a broken download goes on where it broke off",
      },
      archive: {
        kind: "text",
        placeholder: "PATH",
        description: "The archive of a set that takes an account to download; it is not copied, so that it must stay",
      },
      verify: {
        kind: "boolean",
        description:
          "Reads a data set, or all that are here, also decoded images, and compares SHA-256; exit code 1 if one is not " +
          "whole",
      },
    },
    operands: { minimum: 0, maximum: 1 },
    details:
      "Data sets lie in data/cache, and pictures are decoded when a set is first used; the environment variable " +
      "AFOS_CACHE names another folder.",
    async run(flags, [operand]) {
      const given = [flags.list, flags.get !== undefined, flags.verify].filter(Boolean).length;
      if (given !== 1) throw new UsageError(`Expected one of --list, --get NAME and --verify, got ${given} of them`);
      if (operand !== undefined && !flags.verify) throw new UsageError(`Unexpected argument ${operand}`);
      const asked = flags.get ?? operand;
      const name = asked && datasetFlag(asked);
      if (flags.archive !== undefined && flags.get === undefined) {
        throw new UsageError("Cannot use --archive without --get");
      }
      if (flags.get !== undefined) return await get(name!, flags.archive && userPath(flags.archive));
      return flags.verify ? await verify(name) : await list();
    },
  }, { args });
}

if (import.meta.main) Deno.exit(await main(Deno.args));
