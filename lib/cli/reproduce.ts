/**
 * `deno task reproduce`: a search, the evaluation of its best function beside the EELUs and the standard functions, the
 * statistics, and files of all results. It parses arguments and calls the library; progress goes to stderr. Exit code 130
 * after Ctrl-C.
 *
 * @module
 */
import { formatDuration } from "../duration.ts";
import {
  DEFAULT_FUNCTIONS,
  evaluationRequestSchema,
  type EvaluationResult,
  evaluationTable,
  openEvaluation,
  openSearch,
} from "../experiment/mod.ts";
import { PROJECT_FOLDER } from "../project.ts";
import { bestRows, csvTable, evaluationAnswer, evaluationAnswerText, writeResults } from "../report/mod.ts";
import { printAnswer } from "./answer.ts";
import { runCommand } from "./command.ts";
import { foundText, reportFailures } from "./evaluation_answer.ts";
import type { FlagValues } from "./flags.ts";
import { Interruption, interruptSignal } from "./interrupt.ts";
import { trialProgress } from "./progress.ts";
import { runEvaluation } from "./run_evaluation.ts";
import { schemaFlags, settingsOf } from "./schema_flags.ts";
import { shellWord } from "./shell_word.ts";
import { datasetsFlag, MACHINE_FLAGS, networksFlag, STUDY_FLAGS, studyWords } from "./study_flags.ts";
import { userPath } from "./user_path.ts";

/** What the search and the evaluation are asked for with each budget. */
const BUDGETS = {
  tiny: {
    search: { preset: "quick", populationSize: 4, generations: 2, trainImages: 320, validationImages: 100 },
    evaluation: { budget: "quick", cases: `${PROJECT_FOLDER}notebooks/tiny_cases.json` },
  },
  quick: { search: { preset: "quick" }, evaluation: { budget: "quick" } },
  paper: { search: { preset: "paper" }, evaluation: { budget: "full" } },
} as const;

/** Flags of the cases. */
const CASES = { network: "networks", dataset: "datasets" } as const;

const FLAGS = {
  budget: {
    kind: "choice",
    choices: ["tiny", "quick", "paper"],
    default: "quick",
    description:
      "tiny: a minute, for tests, figures that mean nothing; quick: hours on a small machine, figures that " +
      "say little; paper: weeks there",
  },
  ...schemaFlags(evaluationRequestSchema, { names: CASES, otherwise: () => "all" }),
  seed: { kind: "integer", minimum: 0, default: 1, description: "Seed of everything random" },
  folder: STUDY_FLAGS.folder,
  workers: MACHINE_FLAGS.workers,
  results: {
    kind: "text",
    placeholder: "PATH",
    description: "Folder of the results",
    otherwise: `${PROJECT_FOLDER}data/results/BUDGET`,
  },
} as const;

type Flags = FlagValues<typeof FLAGS>;

interface RunOptions {
  readonly folder: string;
  readonly name: string;
  readonly signal: AbortSignal;
}

const log = (line: string) => console.error(line);

const today = () => new Date().toISOString().slice(0, 10);

/** What came of the search. */
interface Found {
  /** Whether it ran to its end. */
  readonly ended: boolean;
  /** The best function, where one has trained to its end. */
  readonly formula?: string;
}

async function search(flags: Flags, { folder, name, signal }: RunOptions): Promise<Found> {
  await using experiment = await openSearch({
    ...BUDGETS[flags.budget].search,
    study: name,
    folder,
    seed: flags.seed,
    workers: flags.workers,
    signal,
    log,
  });
  const { searchTrials, seconds } = await experiment.estimate({ signal });
  if (seconds !== undefined) log(`about ${formatDuration(seconds)} for the search`);
  using progress = trialProgress("search", { total: searchTrials, best: true });
  for await (const generation of experiment.search({ signal, onEvent: progress.onEvent })) {
    progress.onGeneration(generation);
  }
  return { ended: experiment.ending !== "interrupted", formula: experiment.best(1)[0]?.formula };
}

/** Runs the evaluation; its results, or undefined where it was interrupted. */
async function evaluate(flags: Flags, { folder, name, signal, functions }: RunOptions & {
  readonly functions: readonly string[];
}): Promise<readonly EvaluationResult[] | undefined> {
  const asked = settingsOf(evaluationRequestSchema, { names: CASES, values: flags });
  await using evaluation = await openEvaluation({
    ...BUDGETS[flags.budget].evaluation,
    study: name,
    folder,
    networks: networksFlag(asked.networks as readonly string[] | "all" | undefined) ?? "all",
    datasets: datasetsFlag(flags.dataset as string | undefined) ?? "all",
    functions,
    seed: flags.seed,
    workers: flags.workers,
    signal,
    log,
  });
  return await runEvaluation(evaluation, { signal }) ? evaluation.results() : undefined;
}

/** Writes tables, plots and the trainings themselves; the paths of the files. */
async function write(
  trained: readonly EvaluationResult[],
  { folder, flags: { budget, seed } }: { readonly folder: string; readonly flags: Flags },
): Promise<string[]> {
  const published = JSON.parse(await Deno.readTextFile(`${PROJECT_FOLDER}data/published.json`));
  const about = `By \`deno task reproduce --budget ${budget} --seed ${seed}\`, ${today()}.`;
  const written = await writeResults(trained, { folder, published, about });
  await Deno.writeTextFile(`${folder}/evaluation.csv`, csvTable(evaluationTable(trained)));
  return [...written, "evaluation.csv"].map((name) => `${folder}/${name}`);
}

/** Runs the command and returns its exit code. */
export function main(args: readonly string[]): Promise<number> {
  return runCommand({
    name: "reproduce",
    summary: "Searches, evaluates, compares, and writes tables and plots of the results.",
    usage: ["", "--dataset fashion-mnist --network cct,mobilenet", "--budget paper"],
    flags: FLAGS,
    details:
      "Every trial is stored as it ends: Ctrl-C or a crash loses nothing, and the same command goes on. Cases whose " +
      "data cannot be had are left out; a training that fails makes the exit code 1, and the others go on. The results " +
      "are evaluation.csv, of which deno task friedman makes tests of other kinds, and the tables and plots made of it.",
    async run(flags) {
      const signal = interruptSignal();
      const folder = userPath(flags.folder);
      const results = userPath(flags.results ?? `${PROJECT_FOLDER}data/results/${flags.budget}`);
      const [found, name] = ["search", "evaluation"].map((part) => `reproduce_${flags.budget}_${flags.seed}_${part}`);
      const { ended, formula } = await search(flags, { folder, name: found, signal });
      const functions = [...DEFAULT_FUNCTIONS, ...formula === undefined ? [] : [`study:${found}`]];
      const trained = ended && await evaluate(flags, { folder, name, signal, functions });
      if (!trained) throw new Interruption("the same command goes on");
      const files = await write(trained, { folder: results, flags });
      console.log(files.join("\n"));
      const failed = reportFailures(trained);
      const answer = evaluationAnswer(trained);
      const picture = files.find((path) => path.endsWith("/critical_difference.svg"));
      printAnswer({
        text: (formula === undefined ? "The search found no function that trained to its end. " : "") +
          foundText(trained) + evaluationAnswerText(answer),
        rows: answer.kind === "seeds" ? bestRows(answer.best) : [],
        picture: picture ? { path: picture } : { reason: "there are too few cases or functions to rank" },
        study: { name, folder },
        next: [
          { what: "all tests and tables", command: `friedman --csv ${shellWord(`${results}/evaluation.csv`)}` },
          { what: "what the search found", command: `study show ${studyWords({ name: found, folder })}` },
        ],
      });
      return failed === 0 && formula !== undefined ? 0 : 1;
    },
  }, { args });
}

if (import.meta.main) Deno.exit(await main(Deno.args));
