/**
 * `deno task evaluate`: trains networks on data sets with several activation functions each, and compares them. It parses
 * arguments, calls the library and prints; progress goes to stderr. Exit code 130 after Ctrl-C.
 *
 * @module
 */
import {
  BUDGETS,
  CASES_FILE,
  DEFAULT_FUNCTIONS,
  type Evaluation,
  type EvaluationResult,
  evaluationTable,
  openEvaluation,
  splitList,
} from "../experiment/mod.ts";
import { caseScoreRows, csvTable, dataNotes, SEARCHED_MARK, textTable, trainingRows } from "../report/mod.ts";
import { newStudyName } from "../study/mod.ts";
import { visibleText } from "../visible_text.ts";
import { runCommand, UsageError } from "./command.ts";
import { formatDuration } from "./duration.ts";
import type { FlagValues } from "./flags.ts";
import { Interruption, interruptSignal } from "./interrupt.ts";
import { outputFile } from "./output_file.ts";
import { downloadProgress } from "./progress.ts";
import { runEvaluation } from "./run_evaluation.ts";
import { CASE_FLAGS, datasetsFlag, MACHINE_FLAGS, networksFlag, resumeCommand, STUDY_FLAGS } from "./study_flags.ts";
import { tableOptions } from "./table_options.ts";
import { userPath } from "./user_path.ts";

const FLAGS = {
  budget: {
    kind: "choice",
    choices: BUDGETS,
    description:
      "Which recipe of each case: quick, of small images, for the cases whose data are here; or full, which " +
      "fetches data and takes weeks on a small machine; the study's, or quick",
  },
  ...CASE_FLAGS,
  functions: {
    kind: "text",
    placeholder: "LIST",
    description: "Functions: names, formulas, or study:NAME for the best of a search, with commas between them " +
      `(default: ${DEFAULT_FUNCTIONS.join(",")})`,
  },
  seeds: { kind: "integer", minimum: 1, description: "Trainings of each function in each case; quick: 2, full: 5" },
  "tune-lr": {
    kind: "boolean",
    description:
      "Every training tries the case's learning rates for an epoch each, and goes on with the one that is best " +
      "on validation images; as with the budget full",
  },
  "one-lr": {
    kind: "boolean",
    description: "Trains every function with the case's one learning rate; as with the budget quick",
  },
  "retry-failed": {
    kind: "boolean",
    description: "Trains again what could not be trained before, say for want of memory",
  },
  cases: { kind: "text", placeholder: "FILE", description: `File of the cases (default: ${CASES_FILE})` },
  ...STUDY_FLAGS,
  ...MACHINE_FLAGS,
  csv: { kind: "text", placeholder: "FILE", description: "Writes the results as CSV, for deno task friedman" },
  json: { kind: "boolean", description: "Prints one JSON document on stdout" },
} as const;

type Flags = FlagValues<typeof FLAGS>;

async function open(flags: Flags, { name, signal }: { name: string; signal: AbortSignal }): Promise<Evaluation> {
  if (flags["tune-lr"] && flags["one-lr"]) throw new UsageError("Expected --tune-lr or --one-lr, got both");
  using download = downloadProgress();
  return await openEvaluation({
    study: name,
    folder: userPath(flags.folder),
    budget: flags.budget,
    cases: flags.cases && userPath(flags.cases),
    networks: networksFlag(flags.network),
    datasets: datasetsFlag(flags.dataset),
    functions: flags.functions === undefined ? undefined : splitList(flags.functions),
    seeds: flags.seeds,
    seed: flags.seed,
    tuned: flags["tune-lr"] ? true : flags["one-lr"] ? false : undefined,
    workers: flags.workers,
    threads: flags.threads,
    engine: flags.engine,
    signal,
    log: (line) => console.error(line),
    onProgress: download.show,
  });
}

function print(results: readonly EvaluationResult[], { time }: Evaluation): void {
  if (results.length > 0) {
    console.log(`\nTest accuracy (%) at the epoch that is best on validation images, mean ± standard deviation\n`);
    console.log(textTable(caseScoreRows(results), tableOptions()));
    console.log(`\nThe trainings, means over seeds\n`);
    console.log(textTable(trainingRows(results), tableOptions()));
  }
  if (results.some(({ searched }) => searched)) {
    console.log(`\n${SEARCHED_MARK} one of the functions was searched on this data set`);
  }
  for (const note of dataNotes(results)) console.log(`\n${note}`);
  console.log(`\n${formatDuration(time.wall)}: training ${(100 * time.training / time.wall).toFixed(1)} %`);
}

/** Runs the command and returns its exit code. */
export function main(args: readonly string[]): Promise<number> {
  return runCommand({
    name: "evaluate",
    summary: "Compares activation functions in cases: networks on data sets, each trained with every function.",
    usage: [
      "",
      "--budget quick --dataset fashion-mnist --network all --functions relu,swish,eelu2 --json",
      "--study NAME --csv FILE",
    ],
    flags: FLAGS,
    details:
      "Every trial is stored as it ends: Ctrl-C or a crash loses nothing, and --study NAME alone goes on. Other flags\n" +
      "take the place of what was asked for before; what the study has is not trained again. Test images are measured\n" +
      "once, at the end of a training. A training that fails makes the exit code 1, and stays failed without\n" +
      "--retry-failed.",
    async run(flags) {
      const name = flags.study ?? newStudyName("evaluation", { folder: userPath(flags.folder) });
      const csv = flags.csv === undefined ? undefined : await outputFile(flags.csv);
      const signal = interruptSignal();
      await using evaluation = await open(flags, { name, signal });
      if (flags["retry-failed"]) evaluation.study.discardFailed();
      const ended = await runEvaluation(evaluation, { signal });
      const report = evaluation.report();
      if (flags.json) console.log(JSON.stringify(report, undefined, 2));
      else print(report.results, evaluation);
      if (csv !== undefined) await Deno.writeTextFile(csv, csvTable(evaluationTable(report.results)));
      const failed = report.results.filter(({ failure }) => failure !== null);
      for (const { case: place, function: one, seed, failure } of failed) {
        console.error(visibleText(`${one} in ${place} with seed ${seed} could not be trained: ${failure}`));
      }
      if (!ended) throw new Interruption(resumeCommand("evaluate", { name, folder: flags.folder }));
      return failed.length === 0 ? 0 : 1;
    },
  }, { args });
}

if (import.meta.main) Deno.exit(await main(Deno.args));
