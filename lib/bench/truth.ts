/**
 * `deno task truth`: trains all distinct functions of three genes by a recipe that is fair to a function, and keeps what
 * came of each as a line of a CSV, against which recipes and strategies of search are measured.
 *
 * @module
 */
import { runCommand } from "../cli/command.ts";
import { parseDuration } from "../cli/parse_duration.ts";
import { interruptSignal } from "../cli/interrupt.ts";
import { trialProgress } from "../cli/progress.ts";
import { userPath } from "../cli/user_path.ts";
import type { SearchRequest } from "../experiment/mod.ts";
import type { Trial } from "../study/mod.ts";
import { UserError } from "../user_error.ts";
import { trainFunctions } from "./train_functions.ts";
import { sampleFunctions, truthFunctions } from "./truth_functions.ts";
import { standings, truthReport } from "./truth_report.ts";
import { readTruth, TRUTH_FILE, type TruthRow, truthRow, writeTruth } from "./truth_table.ts";

/**
 * The recipe: phi on small images, the best of three learning rates after an epoch, four epochs in all, in float32,
 * nothing stopped early.
 */
const TRUTH_RECIPE = {
  imageSize: 14,
  trainImages: 4_096,
  validationImages: 3_000,
  epochs: 4,
  batchSize: 32,
  optimizer: "adam",
  learningRates: [0.001, 0.0003, 0.0001],
  dropout: 0,
  gate: 0,
  precision: "float32",
} as const satisfies SearchRequest;

const keyOf = ({ formula, seed }: Pick<TruthRow, "formula" | "seed">) => `${seed} ${formula}`;

const SAVE_EVERY = 10; // trials

const code = await runCommand({
  name: "truth",
  summary: "Trains all functions of three genes by a fair recipe: the table that searches are measured against.",
  usage: ["", "--max-time 2h", "--dataset folder:PICTURES --csv FILE --functions 150"],
  flags: {
    dataset: { kind: "text", default: "fashion-mnist", description: "The data set, or folder:PATH" },
    csv: { kind: "text", placeholder: "FILE", description: "The table (default: data/three_gene_fashion_mnist.csv)" },
    functions: { kind: "integer", minimum: 1, description: "Only the first of them, in the table's order" },
    beside: {
      kind: "text",
      placeholder: "FILE",
      description: "Another table: --functions are taken evenly over its ranks, and --report compares with it",
    },
    "first-seed": { kind: "integer", minimum: 1, default: 1, description: "The first seed of the trainings" },
    seeds: { kind: "integer", minimum: 1, default: 2, description: "Trainings of each function, with as many seeds" },
    "max-time": { kind: "text", placeholder: "TIME", description: "Stops after this time: 90s, 45m, 2h" },
    workers: { kind: "integer", minimum: 1, description: "Worker processes (default: one a core)" },
    report: { kind: "boolean", description: "Trains nothing; prints what the table says, in Markdown" },
  },
  details: "What the table has is not trained again: Ctrl-C, a crash or the time limit loses nothing.",
  async run({ dataset, csv, functions, beside, "first-seed": first, seeds, "max-time": maxTime, workers, report }) {
    if (csv === undefined && dataset !== "fashion-mnist") {
      throw new UserError(`Expected --csv FILE with the data set ${dataset}: the default file is Fashion-MNIST's`);
    }
    const path = csv === undefined ? TRUTH_FILE : userPath(csv);
    const rows = new Map<string, TruthRow>(readTruth(path).map((row) => [keyOf(row), row]));
    const other = beside === undefined ? undefined : standings(readTruth(userPath(beside)));
    if (report) {
      if (rows.size === 0) throw new UserError(`Cannot report: there is no table at ${path} yet`);
      console.log(truthReport([...rows.values()], { dataset, ...other && { other } }).trimEnd());
      return;
    }
    const wanted = other && functions !== undefined
      ? sampleFunctions(other.map(({ formula }) => formula), { count: functions })
      : truthFunctions().slice(0, functions);
    const signals = [
      interruptSignal(),
      ...maxTime === undefined ? [] : [AbortSignal.timeout(1000 * parseDuration(maxTime, { flag: "max-time" }))],
    ];
    const signal = AbortSignal.any(signals);
    let unsaved = 0;
    const save = () => {
      unsaved = 0;
      const order = new Map(wanted.map(({ formula }, i) => [formula, i]));
      const place = ({ formula }: TruthRow) => order.get(formula) ?? wanted.length;
      writeTruth(path, [...rows.values()].sort((a, b) => a.seed - b.seed || place(a) - place(b)));
    };
    for (const seed of Array.from({ length: seeds }, (_, i) => first + i)) {
      const missing = wanted.filter(({ formula }) => !rows.has(keyOf({ formula, seed })));
      if (missing.length === 0 || signal.aborted) continue;
      using progress = trialProgress(`seed ${seed}`, { total: missing.length, best: true });
      await trainFunctions(missing, {
        study: `truth-${dataset.replace(/.*\//, "").replaceAll(/[^\w-]/g, "-")}`,
        request: { ...TRUTH_RECIPE, dataset },
        seeds: [seed],
        workers,
        signal,
        onEvent(event) {
          progress.onEvent(event);
          if (event.kind !== "ended" && event.kind !== "recalled") return;
          const row = truthRow(event.trial as Trial);
          rows.set(keyOf(row), row);
          if (++unsaved >= SAVE_EVERY) save();
        },
      });
      save();
    }
    console.log(`${rows.size} of ${wanted.length * seeds} trainings are in ${path}`);
  },
}, { args: Deno.args });
Deno.exit(code);
