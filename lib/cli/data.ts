/**
 * `deno task data`: lists, fetches and verifies the data sets. It parses arguments, calls the library and prints;
 * progress goes to stderr. Exit code 130 after Ctrl-C.
 *
 * @module
 */
import { type CheckOptions, datasetFolder, datasetNames, datasetSource, type FileState } from "../datasets/mod.ts";
import { visibleText } from "../visible_text.ts";
import { runCommand, UsageError } from "./command.ts";
import { downloadProgress } from "./progress.ts";
import { Interruption, interruptSignal } from "./interrupt.ts";
import { datasetFlag } from "./study_flags.ts";
import { userPath } from "./user_path.ts";

type State = FileState["kind"];

/** The state of a data set by those of its files; images that were decoded of files which are gone don't matter. */
function stateOf(files: readonly FileState[]): State {
  if (files.every(({ kind, decoded }) => kind === "missing" || (decoded && kind === "whole"))) return "missing";
  if (files.every(({ kind }) => kind === "whole")) return "whole";
  return files.some(({ kind }) => kind === "other") ? "other" : "damaged";
}

async function list(): Promise<void> {
  const rows = [["name", "training", "validation", "test", "classes", "pixels", "here", "licence"]];
  for (const name of datasetNames) {
    const { facts, check } = datasetSource(name);
    const { trainImages, validationImages, testImages, classes, imageSize, channels, license, byHand } = facts;
    const state = stateOf(await check(datasetFolder(name)));
    const missing = byHand ? "no (--from)" : "no";
    const here = { whole: "yes", damaged: "damaged", other: "another edition", missing }[state];
    const counts = [trainImages, validationImages ?? "–", testImages, classes.length];
    rows.push([name, ...counts.map(String), `${imageSize} × ${imageSize} × ${channels}`, here, license]);
  }
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  for (const row of rows) console.log(row.map((cell, column) => cell.padEnd(widths[column])).join("  ").trimEnd());
  for (const text of datasetNames.flatMap(notesOf)) console.log(text);
}

/** What is to be known of the files that a set is read from. */
function notesOf(name: string): readonly string[] {
  return datasetSource(name).notes?.(datasetFolder(name)) ?? [];
}

/** Does what takes long: shows its progress, and ends with an Interruption after Ctrl-C. */
async function watched<T>(
  work: (options: Required<Pick<CheckOptions, "onProgress" | "signal">>) => Promise<T>,
  { resume }: { resume: string },
): Promise<T> {
  const signal = interruptSignal();
  using download = downloadProgress();
  try {
    return await work({ onProgress: download.show, signal });
  } catch (error) {
    throw error === signal.reason ? new Interruption(`to go on: deno task data ${resume}`) : error;
  }
}

/** Fetches a data set, or takes it from a folder or an archive of the user's. */
async function get(name: string, { from, subset }: { from?: string; subset: boolean }): Promise<void> {
  const { facts, prepare, check } = datasetSource(name);
  if (!datasetNames.includes(name)) {
    if (from !== undefined) throw new UsageError(`${name} is a folder itself: expected no --from`);
    return console.log(`${name} needs no fetching: its pictures are read where they are`);
  }
  const folder = datasetFolder(name);
  await watched((options) => prepare(folder, { network: true, from, subset, ...options }), { resume: `--get ${name}` });
  const notes = notesOf(name);
  if (notes.length > 0) return notes.forEach((text) => console.log(text));
  const elsewhere = (await check(folder)).find(({ path }) => !path.startsWith(`${folder}/`));
  console.log(`${facts.title} is whole in ${elsewhere?.path ?? folder}`);
}

const SHOWN = 10; // damaged files of a set

function describe({ path, kind, decoded, reason }: FileState): string {
  if (decoded) return `${path} is ${kind}: delete it, and it is decoded anew`;
  if (kind === "other") return `${path} is a good file, but not the published one`;
  return `${path} ${reason ?? `is ${kind}`}`;
}

/** Reads all bytes of one data set, or of all that are here; returns the exit code. */
async function verify(only: string | undefined, { onProgress, signal }: CheckOptions): Promise<number> {
  const bad: State[] = only === undefined ? ["damaged", "other"] : ["damaged", "other", "missing"];
  const advice = new Set<string>();
  for (const name of only === undefined ? datasetNames : [only]) {
    const files = await datasetSource(name).check(datasetFolder(name), { deep: true, onProgress, signal });
    const state = stateOf(files);
    console.log(`${name}: ${state === "other" ? "another edition" : state}`);
    for (const text of notesOf(name)) console.log(`  ${text}`);
    const wrong = files.filter(({ kind }) => kind !== "whole");
    if (state !== "missing") {
      for (const file of wrong.slice(0, SHOWN)) console.log(`  ${visibleText(describe(file))}`);
      if (wrong.length > SHOWN) console.log(`  and ${wrong.length - SHOWN} more`);
    }
    if (!bad.includes(state)) continue;
    if (wrong.every(({ decoded }) => decoded)) advice.add("decoded images are damaged");
    else if (!datasetNames.includes(name)) {
      advice.add("put whole pictures in the place of the damaged ones, or remove them");
    } else if (state === "other") advice.add("another edition is used with `deno task data --get NAME --from PATH`");
    else advice.add("a data set is not whole: `deno task data --get NAME` fetches what is needed");
  }
  for (const text of advice) console.error(`error: ${text}`);
  return advice.size > 0 ? 1 : 0;
}

/** Runs the command and returns its exit code. */
export function main(args: readonly string[]): Promise<number> {
  return runCommand({
    name: "data",
    summary: "Lists, fetches and verifies the data sets.",
    usage: ["--list", "--get NAME", "--get NAME --from PATH [--subset]", "--verify [NAME]", "--verify folder:PATH"],
    flags: {
      list: { kind: "boolean", description: "Lists the data sets, and which of them are here" },
      get: {
        kind: "text",
        placeholder: "NAME",
        description: "Fetches a data set, unless it is here and whole; a broken download goes on where it broke off",
      },
      from: {
        kind: "text",
        placeholder: "PATH",
        description:
          "A folder or an archive that has the set, of whatever edition: it is checked and compared with the published " +
          "one, remembered, and read where it is",
      },
      subset: {
        kind: "boolean",
        description:
          "Takes what --from names though it has fewer images than the set, of all its classes; results say what it is",
      },
      verify: {
        kind: "boolean",
        description:
          "Reads a data set, or all that are here, also decoded images, and compares SHA-256; decodes the pictures of a " +
          "folder; exit code 1 if one is not whole",
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
      if (flags.from !== undefined && flags.get === undefined) throw new UsageError("Cannot use --from without --get");
      if (flags.subset && flags.from === undefined) throw new UsageError("Cannot use --subset without --from");
      if (flags.get !== undefined) {
        return await get(name!, { from: flags.from && userPath(flags.from), subset: flags.subset });
      }
      if (!flags.verify) return await list();
      return await watched((options) => verify(name, options), { resume: ["--verify", name ?? ""].join(" ").trim() });
    },
  }, { args });
}

if (import.meta.main) Deno.exit(await main(Deno.args));
