/**
 * `deno task reproduce`: a search, the evaluation of its best function beside the EELUs and the standard functions, the
 * statistics, and files of all results. It parses arguments and calls the library; progress goes to stderr. Exit code 130
 * after Ctrl-C.
 *
 * @module
 */
import {
  DEFAULT_FUNCTIONS,
  evaluationRequestSchema,
  evaluationTable,
  openEvaluation,
  openSearch,
} from "../experiment/mod.ts";
import { PROJECT_FOLDER } from "../project.ts";
import { csvTable, writeResults } from "../report/mod.ts";
import { runCommand } from "./command.ts";
import { formatDuration } from "../duration.ts";
import type { FlagValues } from "./flags.ts";
import { Interruption, interruptSignal } from "./interrupt.ts";
import { runEvaluation } from "./run_evaluation.ts";
import { schemaFlags, settingsOf } from "./schema_flags.ts";
import { datasetsFlag, MACHINE_FLAGS, networksFlag, STUDY_FLAGS } from "./study_flags.ts";
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

/** Runs the search to its end; whether it got there. */
async function search(flags: Flags, { folder, name, signal }: RunOptions): Promise<boolean> {
  await using experiment = await openSearch({
    ...BUDGETS[flags.budget].search,
    study: name,
    folder,
    seed: flags.seed,
    workers: flags.workers,
    signal,
    log,
  });
  const work = await experiment.estimate({ signal });
  if (work.seconds !== undefined) log(`about ${formatDuration(work.seconds)} for the search`);
  for await (const { generation, trials, best } of experiment.search({ signal })) {
    log(`generation ${generation}: ${trials} functions, best ${best.fitness.toFixed(3)}: ${best.expression}`);
  }
  return experiment.ending !== "interrupted";
}

/** Runs the evaluation; its results, or undefined where it was interrupted. */
async function evaluate(flags: Flags, { folder, name, signal, found }: RunOptions & { readonly found: string }) {
  const asked = settingsOf(evaluationRequestSchema, { names: CASES, values: flags });
  await using evaluation = await openEvaluation({
    ...BUDGETS[flags.budget].evaluation,
    study: name,
    folder,
    networks: networksFlag(asked.networks as readonly string[] | "all" | undefined) ?? "all",
    datasets: datasetsFlag(flags.dataset as string | undefined) ?? "all",
    functions: [...DEFAULT_FUNCTIONS, `study:${found}`],
    seed: flags.seed,
    workers: flags.workers,
    signal,
    log,
  });
  return await runEvaluation(evaluation, { signal }) ? evaluation.results() : undefined;
}

/** Runs the command and returns its exit code. */
export function main(args: readonly string[]): Promise<number> {
  return runCommand({
    name: "reproduce",
    summary: "Searches, evaluates, compares, and writes tables and plots of the results.",
    usage: ["", "--dataset fashion-mnist --network cct,mobilenet", "--budget paper"],
    flags: FLAGS,
    details:
      "Every trial is stored as it ends: Ctrl-C or a crash loses nothing, and the same command goes on. The results " +
      "are evaluation.csv, of which deno task friedman makes tests of other kinds, and the tables and plots made of it.",
    async run(flags) {
      const signal = interruptSignal();
      const folder = userPath(flags.folder);
      const results = userPath(flags.results ?? `${PROJECT_FOLDER}data/results/${flags.budget}`);
      const [found, name] = ["search", "evaluation"].map((part) => `reproduce_${flags.budget}_${flags.seed}_${part}`);
      const trained = await search(flags, { folder, name: found, signal }) &&
        await evaluate(flags, { folder, name, found, signal });
      if (!trained) throw new Interruption("the same command goes on");
      const published = JSON.parse(await Deno.readTextFile(`${PROJECT_FOLDER}data/published.json`));
      const about = `By \`deno task reproduce --budget ${flags.budget} --seed ${flags.seed}\`, ${today()}.`;
      const written = await writeResults(trained, { folder: results, published, about });
      await Deno.writeTextFile(`${results}/evaluation.csv`, csvTable(evaluationTable(trained)));
      console.log([...written, "evaluation.csv"].map((file) => `${results}/${file}`).join("\n"));
    },
  }, { args });
}

if (import.meta.main) Deno.exit(await main(Deno.args));
