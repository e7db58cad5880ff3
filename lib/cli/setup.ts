/**
 * `deno task setup`: makes ready what training needs, or says what is there. It parses arguments, calls the library and
 * prints.
 *
 * @module
 */
import { datasetFolder, datasetSource } from "../datasets/mod.ts";
import { chooseEngine, engineReport, ENGINES, installNative, type KernelState } from "../engine/mod.ts";
import { searchRecipes } from "../experiment/mod.ts";
import { runCommand } from "./command.ts";
import { downloadProgress } from "./progress.ts";

/** The data sets of the presets; others are fetched when they are asked for. */
const DATASETS = [...new Set(Object.values(searchRecipes).map(({ dataset }) => dataset))];

/** Why activations are not operations of our own. */
function whyNot(kernel: KernelState | undefined): string {
  if (kernel === undefined) return "the package's installer brings no headers";
  return kernel.kind === "impossible" ? kernel.reason : "not built for this processor: run `deno task setup`";
}

/** Prints what is there; returns the exit code: 0 when all is ready. */
async function check(engine: string): Promise<number> {
  const report = await engineReport();
  const ready = engine === "javascript" || report.kind === "ready";
  console.log(`engine      ${engine}${ready ? "" : " (not ready: run `deno task setup`)"}`);
  if (report.kind === "ready") {
    const { info, source, cores, kernel } = report;
    console.log(
      `TensorFlow  ${info.version}, set up from the ${source === "package" ? "package's installer" : "wheel"}`,
    );
    console.log(`device      ${info.device}`);
    console.log(`activations ${info.kernel ? "one operation each" : `several operations each (${whyNot(kernel)})`}`);
    console.log(`threads     ${cores} at most (cores of this machine)`);
  } else {
    console.log(`TensorFlow  ${report.kind === "missing" ? "not set up" : `damaged: ${report.reason}`}`);
  }
  let whole = true;
  for (const name of DATASETS) {
    const files = await datasetSource(name).check(datasetFolder(name));
    const here = files.every(({ kind }) => kind === "whole");
    whole &&= here;
    console.log(`data        ${name}: ${here ? "found" : "not here: it is fetched when it is needed"}`);
  }
  return ready && whole ? 0 : 1;
}

async function setUp(engine: string): Promise<void> {
  if (engine === "tensorflow") {
    const { version, device } = await installNative({ log: (line) => console.error(line) });
    console.error(`TensorFlow ${version} is ready (${device})`);
  }
  for (const name of DATASETS) {
    {
      using download = downloadProgress();
      await datasetSource(name).prepare(datasetFolder(name), { network: true, onProgress: download.show });
    }
    console.error(`${name} is ready`);
  }
}

/** Runs the command and returns its exit code. */
export function main(args: readonly string[]): Promise<number> {
  return runCommand({
    name: "setup",
    summary: "Makes TensorFlow and the data ready, and repairs what is damaged. Other tasks do it when they need it.",
    usage: ["", "--check"],
    flags: {
      check: { kind: "boolean", description: "Only says what is there; exit code 1 if something is missing" },
      engine: { kind: "choice", choices: ENGINES, description: "What computes; AFOS_ENGINE, or tensorflow" },
    },
    async run({ check: only, engine }) {
      const chosen = chooseEngine(engine);
      return only ? await check(chosen) : await setUp(chosen);
    },
  }, { args });
}

if (import.meta.main) Deno.exit(await main(Deno.args));
