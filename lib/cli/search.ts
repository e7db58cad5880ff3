/**
 * `deno task search`: searches for activation functions and compares the best ones with the baselines. It parses
 * arguments, calls the library and prints; progress goes to stderr. Exit code 130 after Ctrl-C.
 *
 * @module
 */
import { dataNotes, finalistsTable, textTable } from "../report/mod.ts";
import { newStudyName, type TrialStatus } from "../study/mod.ts";
import { UserError } from "../user_error.ts";
import { counted } from "../counted.ts";
import {
  dataRecord,
  type Finalist,
  openSearch,
  type Search,
  type SearchEstimate,
  searchRecipe,
  searchRequestSchema,
} from "../experiment/mod.ts";
import { isNetworkPath } from "../models/mod.ts";
import { fitted } from "./answer.ts";
import { concludeSearch } from "./search_answer.ts";
import { schemaFlags, settingsOf } from "./schema_flags.ts";
import { runCommand } from "./command.ts";
import { formatDuration } from "../duration.ts";
import { parseDuration } from "./parse_duration.ts";
import type { FlagValues } from "./flags.ts";
import { Interruption, interruptSignal } from "./interrupt.ts";
import { presetDefault, presetRows } from "./preset_defaults.ts";
import { downloadProgress, progressDisplay, trialProgress } from "./progress.ts";
import { withQueueAccess } from "./queue_access.ts";
import {
  datasetFlag,
  freeName,
  MACHINE_FLAGS,
  QUEUE_FLAGS,
  queueOptions,
  resumeCommand,
  STUDY_FLAGS,
} from "./study_flags.ts";
import { tableOptions } from "./table_options.ts";
import { userPath } from "./user_path.ts";

/** The flags of the recipe, of the search's sizes and of the comparison. */
const SETTINGS = {
  preset: "preset",
  strategy: "strategy",
  pending: "pending",
  shapes: "shapes",
  operators: "operators",
  define: "define",
  "seed-with": "seedWith",
  network: "network",
  dataset: "dataset",
  "image-size": "imageSize",
  "train-images": "trainImages",
  "validation-images": "validationImages",
  "test-images": "testImages",
  split: "split",
  epochs: "epochs",
  "batch-size": "batchSize",
  optimizer: "optimizer",
  "learning-rate": "learningRate",
  "learning-rates": "learningRates",
  momentum: "momentum",
  "weight-decay": "weightDecay",
  schedule: "schedule",
  dropout: "dropout",
  augmentation: "augmentation",
  gate: "gate",
  keep: "keep",
  precision: "precision",
  population: "populationSize",
  generations: "generations",
  finalists: "finalists",
  "final-seeds": "finalSeeds",
  race: "race",
  "race-seeds": "raceSeeds",
  baselines: "baselines",
  threads: "threads",
  graph: "graph",
  kernel: "kernel",
} as const;

const FLAGS = {
  ...STUDY_FLAGS,
  ...schemaFlags(searchRequestSchema, { names: SETTINGS, otherwise: presetDefault }),
  "max-trials": {
    kind: "integer",
    minimum: 1,
    description: "Functions to train in the search, those of earlier runs included; the comparison follows",
  },
  "max-time": {
    kind: "text",
    placeholder: "TIME",
    description: "Time of the search in this run, such as 90s, 5m, 2h; the comparison follows",
  },
  workers: MACHINE_FLAGS.workers,
  ...QUEUE_FLAGS,
  engine: MACHINE_FLAGS.engine,
  json: { kind: "boolean", description: "Prints one JSON document on stdout" },
} as const;

type Flags = FlagValues<typeof FLAGS>;

async function open(flags: Flags, { name, signal }: { name: string; signal: AbortSignal }): Promise<Search> {
  using download = downloadProgress();
  const { dataset, network, ...settings } = settingsOf(searchRequestSchema, { names: SETTINGS, values: flags });
  return await openSearch({
    ...settings,
    ...typeof dataset === "string" && { dataset: datasetFlag(dataset) },
    ...typeof network === "string" && { network: isNetworkPath(network) ? userPath(network) : network },
    study: name,
    folder: userPath(flags.folder),
    seed: flags.seed,
    workers: flags.workers,
    ...queueOptions(flags),
    engine: flags.engine,
    signal,
    log: (line) => console.error(line),
    onProgress: download.show,
  });
}

/** Runs both phases; returns the finalists, or undefined when they were not reached. */
async function run(experiment: Search, { flags, signal }: { flags: Flags; signal: AbortSignal }) {
  const maxTime = flags["max-time"] === undefined ? undefined : parseDuration(flags["max-time"], { flag: "max-time" });
  const maxTrials = flags["max-trials"];
  const { study, engine, executor } = experiment;
  const { name, seed, settings } = study.head;
  console.error(
    `study ${name}, seed ${seed}, ${settings.preset}: ${settings.network} on ${settings.dataset}, ` +
      `${engine.name} ${engine.version} on ${engine.device}, ${counted(executor.capacity, "worker")}`,
  );
  const { searchTrials, finalTrials, seconds } = await estimate(experiment, { signal, maxTrials });
  if (signal.aborted) return undefined;
  console.error(
    `${counted(searchTrials, "trial")} of the search at most, and ${finalTrials} of the comparison; ` +
      (seconds === undefined
        ? "how long they take could not be measured"
        : `about ${formatDuration(seconds)} for what is left, at the speed measured with EELU-2`),
  );
  {
    using searching = trialProgress("search", { total: searchTrials, best: true });
    const limits = { signal, maxTime, maxTrials, onEvent: searching.onEvent };
    for await (const generation of experiment.search(limits)) searching.onGeneration(generation);
  }
  if (experiment.ending === "interrupted") return undefined;
  using comparing = trialProgress("comparison", { total: finalTrials });
  return await experiment.finals({ signal, onEvent: comparing.onEvent });
}

async function estimate(
  experiment: Search,
  options: { readonly signal: AbortSignal; readonly maxTrials?: number },
): Promise<SearchEstimate> {
  using display = progressDisplay();
  display.show({ name: "measuring how long it takes" });
  return await experiment.estimate(options);
}

function print(experiment: Search, finalists: readonly Finalist[]): void {
  for (const note of dataNotes([dataRecord(experiment.study.head.settings)])) console.log(`\n${note}`);
  const best = experiment.best().map((found, i) => ({
    rank: i + 1,
    formula: found.formula,
    genes: found.genome.join(" "),
    fitness: found.fitness.toFixed(3),
    "validation accuracy (%)": (100 * found.validationAccuracy).toFixed(2),
    "validation loss": found.validationLoss.toFixed(3),
  }));
  if (best.length > 0) console.log(`\nBest functions of the search\n\n${textTable(best, tableOptions())}`);
  if (finalists.length > 0) {
    const { finalSeeds } = experiment.study.head.settings;
    console.log(`\nComparison, mean ± standard deviation over ${finalSeeds} other seeds\n`);
    console.log(textTable(finalistsTable(finalists), tableOptions()));
  }
  const { trials, rejected, time, failures } = experiment.report();
  const counts = Object.entries(trials).filter(([, count]) => count > 0).map(([status, count]) => `${count} ${status}`);
  const share = (seconds: number) => `${(100 * seconds / time.wall).toFixed(1)} %`;
  const lines = [
    `${counts.join(", ") || "no"} trials; rejected before training: ${rejected.constant} constant, ` +
    `${rejected["not finite"]} not finite`,
    ...failures.map(({ trials, formula, reason }) => `${counted(trials, "trial")} failed, first ${formula}: ${reason}`),
    `${formatDuration(time.wall)}: training ${share(time.training)} (${time.imagesPerSecond.toFixed(0)} images/s), ` +
    `waiting for the last of a generation ${share(time.waiting)}, everything else ${share(time.other)}`,
  ];
  console.log(`\n${lines.map(fitted).join("\n")}`);
}

/** Why a search has no function to show. */
function nothingTrained({ study }: Search): string {
  const trials = study.trials().filter(({ label }) => label === "search");
  const count = (status: TrialStatus) => trials.filter(({ outcome }) => outcome.kind === status).length;
  const failure = trials.map(({ outcome }) => outcome).find((outcome) => outcome.kind === "failed");
  const { learningRate, learningRates, gate } = searchRecipe(study.head.settings);
  return `No function trained to its end: of ${counted(trials.length, "function")} ${
    count("diverged")
  } diverged (the ` +
    `learning rate is ${learningRates?.join(" or ") ?? learningRate}), ${
      count("stopped")
    } were stopped below the accuracy ${gate} after an epoch, and ` +
    `${count("failed")} failed${failure ? ` (${failure.reason.split("\n")[0]})` : ""}. Try a new study with another ` +
    "--learning-rate, or with more --train-images or --generations";
}

/** Runs the command and returns its exit code. */
export function main(args: readonly string[]): Promise<number> {
  return runCommand({
    name: "search",
    summary: "Searches for activation functions with a genetic algorithm, and compares the best with known ones.",
    usage: ["", "--seed 1 --json", "--study NAME --preset paper --max-time 8h"],
    flags: FLAGS,
    table: () => presetRows(SETTINGS),
    details: "Every trial is stored as it ends: Ctrl-C, a crash or a limit loses nothing; --study NAME goes on.",
    async run(flags) {
      const code = await withQueueAccess(flags.queue, { file: "search.ts", args });
      if (code !== undefined) return code;
      const name = flags.study ?? newStudyName("search", { folder: userPath(flags.folder) });
      if (flags["max-time"] !== undefined) parseDuration(flags["max-time"], { flag: "max-time" });
      const signal = interruptSignal();
      await using experiment = await open(flags, { name, signal }).catch(freeName(flags, name));
      const finalists = await run(experiment, { flags, signal }) ?? [];
      if (flags.json) console.log(JSON.stringify(experiment.report(finalists), undefined, 2));
      else print(experiment, finalists);
      const study = { name, folder: userPath(flags.folder) };
      if (experiment.ending === "interrupted") throw new Interruption(resumeCommand("search", study));
      if (experiment.best(1).length === 0) throw new UserError(nothingTrained(experiment));
      await concludeSearch(experiment, { finalists, study, json: flags.json });
    },
  }, { args });
}

if (import.meta.main) Deno.exit(await main(Deno.args));
