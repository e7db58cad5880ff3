/**
 * `deno task search`: searches for activation functions and compares the best ones with the baselines. It parses
 * arguments, calls the library and prints; progress goes to stderr. Exit code 130 after Ctrl-C.
 *
 * @module
 */
import {
  bestFunctions,
  datasetNames,
  type Estimate,
  finalistsTable,
  NETWORK_NAMES,
  newStudyName,
  openSearch,
  PRECISIONS,
  presets,
  type SearchExperiment,
  searchReport,
  textTable,
  type TrialStatus,
  UserError,
} from "../mod.ts";
import { counted } from "../counted.ts";
import { runCommand } from "./command.ts";
import { formatDuration, parseDuration } from "./duration.ts";
import type { FlagValues } from "./flags.ts";
import { Interruption, interruptSignal } from "./interrupt.ts";
import { downloadProgress, progressDisplay, trialProgress } from "./progress.ts";
import { datasetFlag, MACHINE_FLAGS, resumeCommand, STUDY_FLAGS } from "./study_flags.ts";
import { tableOptions } from "./table_options.ts";
import { userPath } from "./user_path.ts";

const FLAGS = {
  preset: {
    kind: "choice",
    choices: Object.keys(presets) as ("quick" | "paper" | "afos")[],
    description: "Sizes of search and training: quick takes minutes, paper and afos take days on a small machine; " +
      "the study's, or quick",
  },
  ...STUDY_FLAGS,
  network: { kind: "choice", choices: NETWORK_NAMES, description: "Network that is trained; the preset's" },
  dataset: {
    kind: "text",
    placeholder: "NAME",
    description: `Data set: ${datasetNames.join(", ")}, or folder:PATH with a folder of pictures for each class; ` +
      "sizes and numbers of images follow from it; the preset's",
  },
  "image-size": { kind: "integer", minimum: 1, description: "Height and width of the images; the preset's" },
  "train-images": { kind: "integer", minimum: 1, description: "Number of training images; the preset's" },
  "validation-images": { kind: "integer", minimum: 1, description: "Number of validation images; the preset's" },
  epochs: { kind: "integer", minimum: 1, description: "Passes over the training images; the preset's" },
  "batch-size": { kind: "integer", minimum: 1, description: "Images a step; the preset's" },
  "learning-rate": { kind: "number", above: 0, description: "Learning rate of SGD; the preset's" },
  population: { kind: "integer", minimum: 1, description: "Functions in a population; the preset's" },
  generations: { kind: "integer", minimum: 1, description: "Number of generations; the preset's" },
  finalists: {
    kind: "integer",
    minimum: 0,
    description: "Best functions that are compared with the baselines, 0: no comparison; the preset's",
  },
  "final-seeds": { kind: "integer", minimum: 1, description: "Trainings of each function compared; the preset's" },
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
  ...MACHINE_FLAGS,
  graph: {
    kind: "choice",
    choices: ["on", "off"],
    description: "Whether each training step is one graph, part of the settings; on with TensorFlow",
  },
  kernel: {
    kind: "choice",
    choices: ["on", "off"],
    description: "Whether an activation is one operation of our own, part of the settings; on where it is built",
  },
  precision: {
    kind: "choice",
    choices: PRECISIONS,
    description: "In which numbers the search's trainings multiply, part of the settings; the preset's where the " +
      "processor has bfloat16, else float32. The comparison is always in float32",
  },
  json: { kind: "boolean", description: "Prints one JSON document on stdout" },
} as const;

type Flags = FlagValues<typeof FLAGS>;

async function open(flags: Flags, { name, signal }: { name: string; signal: AbortSignal }): Promise<SearchExperiment> {
  using download = downloadProgress();
  return await openSearch({
    study: name,
    folder: userPath(flags.folder),
    seed: flags.seed,
    preset: flags.preset,
    network: flags.network,
    dataset: flags.dataset && datasetFlag(flags.dataset),
    imageSize: flags["image-size"],
    trainImages: flags["train-images"],
    validationImages: flags["validation-images"],
    epochs: flags.epochs,
    batchSize: flags["batch-size"],
    learningRate: flags["learning-rate"],
    populationSize: flags.population,
    generations: flags.generations,
    finalists: flags.finalists,
    finalSeeds: flags["final-seeds"],
    workers: flags.workers,
    threads: flags.threads,
    graph: flags.graph && flags.graph === "on",
    kernel: flags.kernel && flags.kernel === "on",
    precision: flags.precision,
    engine: flags.engine,
    signal,
    log: (line) => console.error(line),
    onProgress: download.show,
  });
}

/** Runs both phases; returns the finalists, or undefined when it was interrupted. */
async function run(experiment: SearchExperiment, { flags, signal }: { flags: Flags; signal: AbortSignal }) {
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
  experiment: SearchExperiment,
  options: { readonly signal: AbortSignal; readonly maxTrials?: number },
): Promise<Estimate> {
  using display = progressDisplay();
  display.show({ name: "measuring how long it takes" });
  return await experiment.estimate(options);
}

function print(experiment: SearchExperiment, finalists: Awaited<ReturnType<typeof run>>): void {
  const best = bestFunctions(experiment, 10).map((found, i) => ({
    rank: i + 1,
    formula: found.formula,
    genes: found.genome.join(" "),
    fitness: found.fitness.toFixed(3),
    "validation accuracy (%)": (100 * found.validationAccuracy).toFixed(2),
    "validation loss": found.validationLoss.toFixed(3),
  }));
  if (best.length > 0) console.log(`\nBest functions of the search\n\n${textTable(best, tableOptions())}`);
  if (finalists && finalists.length > 0) {
    const { finalSeeds } = experiment.study.head.settings;
    console.log(`\nComparison, mean ± standard deviation over ${finalSeeds} other seeds\n`);
    console.log(textTable(finalistsTable(finalists), tableOptions()));
    if (experiment.testUses > 1) {
      console.log(
        `\nThe test images were used ${experiment.testUses} times in this study: they are no longer untouched.`,
      );
    }
  }
  const { trials, rejected, time } = searchReport(experiment);
  const counts = Object.entries(trials).filter(([, count]) => count > 0).map(([status, count]) => `${count} ${status}`);
  const share = (seconds: number) => `${(100 * seconds / time.wall).toFixed(1)} %`;
  console.log(
    `\n${counts.join(", ") || "no"} trials; rejected before training: ${rejected.constant} constant, ` +
      `${rejected["not finite"]} not finite\n` +
      failures(experiment) +
      `${formatDuration(time.wall)}: training ${share(time.training)} (${time.imagesPerSecond.toFixed(0)} images/s), ` +
      `waiting for the last of a generation ${share(time.waiting)}, everything else ${share(time.other)}`,
  );
}

/** A line for each reason for which trials failed. */
function failures({ study }: SearchExperiment): string {
  const failed = study.trials().flatMap(({ formula, outcome }) =>
    outcome.kind === "failed" ? [{ formula, reason: outcome.reason.split("\n")[0] }] : []
  );
  return [...Map.groupBy(failed, ({ reason }) => reason)].map(([reason, trials]) =>
    `${counted(trials.length, "trial")} failed, first ${trials[0].formula}: ${reason}\n`
  ).join("");
}

/** Why a search has no function to show. */
function nothingTrained({ study }: SearchExperiment): string {
  const trials = study.trials().filter(({ label }) => label === "search");
  const count = (status: TrialStatus) => trials.filter(({ outcome }) => outcome.kind === status).length;
  const failure = trials.map(({ outcome }) => outcome).find((outcome) => outcome.kind === "failed");
  const { learningRate, gate } = study.head.settings;
  return `No function trained to its end: of ${counted(trials.length, "function")} ${
    count("diverged")
  } diverged (the ` +
    `learning rate is ${learningRate}), ${
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
    details: "Every trial is stored as it ends: Ctrl-C, a crash or a limit loses nothing; --study NAME goes on.",
    async run(flags) {
      const name = flags.study ?? newStudyName("search", { folder: userPath(flags.folder) });
      if (flags["max-time"] !== undefined) parseDuration(flags["max-time"], { flag: "max-time" });
      const signal = interruptSignal();
      await using experiment = await open(flags, { name, signal });
      const finalists = await run(experiment, { flags, signal });
      if (flags.json) console.log(JSON.stringify(searchReport(experiment, finalists), undefined, 2));
      else print(experiment, finalists);
      if (!finalists) throw new Interruption(resumeCommand("search", { name, folder: flags.folder }));
      if (bestFunctions(experiment, 1).length === 0) throw new UserError(nothingTrained(experiment));
    },
  }, { args });
}

if (import.meta.main) Deno.exit(await main(Deno.args));
