/**
 * `deno task evaluate`: trains networks on data sets with several activation functions each, and compares them. It parses
 * arguments, calls the library and prints; progress goes to stderr. Exit code 130 after Ctrl-C.
 *
 * @module
 */
import {
  CASES_FILE,
  DEFAULT_FUNCTIONS,
  type Evaluation,
  evaluationRequestSchema,
  type EvaluationResult,
  evaluationTable,
  openEvaluation,
  SEEDS,
} from "../experiment/mod.ts";
import { caseScoreRows, csvTable, dataNotes, SEARCHED_MARK, textTable, trainingRows } from "../report/mod.ts";
import { newStudyName } from "../study/mod.ts";
import { fitted } from "./answer.ts";
import { runCommand, UsageError } from "./command.ts";
import { concludeEvaluation, reportFailures } from "./evaluation_answer.ts";
import { formatDuration } from "../duration.ts";
import type { FlagValues } from "./flags.ts";
import { Interruption, interruptSignal } from "./interrupt.ts";
import { outputFile } from "./output_file.ts";
import { downloadProgress } from "./progress.ts";
import { runEvaluation } from "./run_evaluation.ts";
import { withQueueAccess } from "./queue_access.ts";
import { schemaFlags, settingsOf } from "./schema_flags.ts";
import {
  datasetsFlag,
  freeName,
  MACHINE_FLAGS,
  networksFlag,
  QUEUE_FLAGS,
  queueOptions,
  resumeCommand,
  STUDY_FLAGS,
} from "./study_flags.ts";
import { tableOptions } from "./table_options.ts";
import { userPath } from "./user_path.ts";

/** The flags that fields of a request have. */
const SETTINGS = {
  budget: "budget",
  network: "networks",
  dataset: "datasets",
  functions: "functions",
  cases: "cases",
  seeds: "seeds",
  seed: "seed",
} as const;

/** What counts where a flag is not given. */
const DEFAULTS: Readonly<Record<string, string>> = {
  budget: "quick",
  networks: "all",
  datasets: "all",
  functions: DEFAULT_FUNCTIONS.join(", "),
  cases: CASES_FILE,
  seeds: Object.entries(SEEDS).map(([budget, seeds]) => `${seeds} with ${budget}`).join(", "),
  seed: "1",
};

const FLAGS = {
  ...schemaFlags(evaluationRequestSchema, {
    names: SETTINGS,
    otherwise: (field) => DEFAULTS[field],
  }),
  "tune-lr": {
    kind: "boolean",
    description:
      "Every training tries the case's learning rates for an epoch each, and goes on with the one that is best " +
      "on validation images; as with the budgets medium and full",
  },
  "one-lr": {
    kind: "boolean",
    description: "Trains every function with the case's one learning rate; as with the budget quick",
  },
  "retry-failed": {
    kind: "boolean",
    description: "Trains again what could not be trained before, say for want of memory",
  },
  study: STUDY_FLAGS.study,
  folder: STUDY_FLAGS.folder,
  ...MACHINE_FLAGS,
  ...QUEUE_FLAGS,
  csv: { kind: "text", placeholder: "FILE", description: "Writes the results as CSV, for deno task friedman" },
  json: { kind: "boolean", description: "Prints one JSON document on stdout" },
} as const;

type Flags = FlagValues<typeof FLAGS>;

async function open(flags: Flags, { name, signal }: { name: string; signal: AbortSignal }): Promise<Evaluation> {
  if (flags["tune-lr"] && flags["one-lr"]) throw new UsageError("Expected --tune-lr or --one-lr, got both");
  using download = downloadProgress();
  const { cases, ...asked } = settingsOf(evaluationRequestSchema, { names: SETTINGS, values: flags });
  return await openEvaluation({
    ...asked,
    ...typeof cases === "string" && { cases: userPath(cases) },
    networks: networksFlag(asked.networks as readonly string[] | "all" | undefined),
    datasets: datasetsFlag(flags.dataset as string | undefined),
    tuned: flags["tune-lr"] ? true : flags["one-lr"] ? false : undefined,
    study: name,
    folder: userPath(flags.folder),
    workers: flags.workers,
    ...queueOptions(flags),
    threads: flags.threads,
    engine: flags.engine,
    signal,
    log: (line) => console.error(line),
    onProgress: download.show,
  });
}

function print(results: readonly EvaluationResult[], { time }: Evaluation): void {
  if (results.length > 0) {
    console.log(
      `\n${fitted("Test accuracy (%) at the epoch that is best on validation images, mean ± standard deviation")}\n`,
    );
    console.log(textTable(caseScoreRows(results), tableOptions()));
    console.log(`\nThe trainings, means over seeds\n`);
    console.log(textTable(trainingRows(results), { ...tableOptions(), keys: 2 }));
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
      "Every trial is stored as it ends: Ctrl-C or a crash loses nothing, and --study NAME alone goes on. Other flags " +
      "take the place of what was asked for before; what the study has is not trained again. Test images are measured " +
      "once, at the end of a training. A training that fails makes the exit code 1, and stays failed without " +
      "--retry-failed.",
    async run(flags) {
      const code = await withQueueAccess(flags.queue, { file: "evaluate.ts", args });
      if (code !== undefined) return code;
      const name = flags.study ?? newStudyName("evaluation", { folder: userPath(flags.folder) });
      const csv = flags.csv === undefined ? undefined : await outputFile(flags.csv);
      const signal = interruptSignal();
      await using evaluation = await open(flags, { name, signal }).catch(freeName(flags, name));
      if (flags["retry-failed"]) evaluation.study.discardFailed();
      const ended = await runEvaluation(evaluation, { signal });
      const report = evaluation.report();
      if (flags.json) console.log(JSON.stringify(report, undefined, 2));
      else print(report.results, evaluation);
      if (csv !== undefined) await Deno.writeTextFile(csv, csvTable(evaluationTable(report.results)));
      const failed = reportFailures(report.results);
      const study = { name, folder: userPath(flags.folder) };
      if (!ended) throw new Interruption(resumeCommand("evaluate", study));
      await concludeEvaluation(report.results, { study, json: flags.json });
      return failed === 0 ? 0 : 1;
    },
  }, { args });
}

if (import.meta.main) Deno.exit(await main(Deno.args));
