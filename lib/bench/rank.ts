/**
 * `deno task bench:rank`: how well recipes of training rank functions. Trains functions of the table of the truth by each
 * recipe with a seed that the table has not, and prints the rank correlation of their fitness with the table's, and what a
 * training costs.
 *
 * @module
 */
import { runCommand } from "../cli/command.ts";
import { interruptSignal } from "../cli/interrupt.ts";
import { progressDisplay } from "../cli/progress.ts";
import { userPath } from "../cli/user_path.ts";
import { searchRecipes, type SearchRequest } from "../experiment/mod.ts";
import { textTable } from "../report/mod.ts";
import { mean, median } from "../statistics/mod.ts";
import { type Trial, trialFitness, trialScores } from "../study/mod.ts";
import { UserError } from "../user_error.ts";
import { trainFunctions } from "./train_functions.ts";
import { rankCorrelation, type Standing, standings, trains } from "./truth_report.ts";
import { truthFunctions } from "./truth_functions.ts";
import { readTruth, TRUTH_FILE } from "./truth_table.ts";

const ADAM = { optimizer: "adam", momentum: 0, learningRate: 0.0003, gate: 0 } as const satisfies SearchRequest;
const RATES = { ...ADAM, learningRates: [0.001, 0.0003] } as const satisfies SearchRequest;

/** The recipes that are compared, all of them changes of the preset `quick`. */
const RECIPES: Readonly<Record<string, SearchRequest>> = {
  "quick": {},
  "momentum .01, 2 epochs": {
    ...{ optimizer: "momentum", momentum: 0.9, learningRate: 0.01, gate: 0.25, epochs: 2 },
    ...{ trainImages: 3_072, validationImages: 1_000, batchSize: 32 },
  },
  "adam .001, 2 epochs": { ...ADAM, learningRate: 0.001, epochs: 2 },
  "adam .0003, 2 epochs": { ...ADAM, epochs: 2 },
  "adam .0003, 1 epoch": { ...ADAM, epochs: 1 },
  "adam, best of 2 rates, 2 epochs": { ...RATES, epochs: 2 },
  "adam, best of 2 rates, 2 epochs, float32": { ...RATES, epochs: 2, precision: "float32" },
  "adam, best of 2 rates, 2 epochs, 10 pixels": { ...RATES, epochs: 2, imageSize: 10 },
  "adam, best of 2 rates, 2 epochs, 2048 images": { ...RATES, epochs: 2, trainImages: 2_048 },
  "adam, best of 2 rates, 3 epochs": { ...RATES, epochs: 3 },
  "adam, best of 3 rates, 2 epochs": { ...RATES, learningRates: [0.001, 0.0003, 0.0001], epochs: 2 },
};

const SEED = 101; // in no table

const code = await runCommand({
  name: "bench:rank",
  summary: "Measures how well recipes of training rank functions, beside the table that deno task truth makes.",
  usage: ["", "--functions 200 --recipe 2,3", "--dataset folder:PICTURES --csv FILE"],
  flags: {
    dataset: {
      kind: "text",
      default: searchRecipes.quick.dataset,
      description: "The table's data set, or folder:PATH",
    },
    csv: { kind: "text", placeholder: "FILE", description: "The table (default: data/three_gene_fashion_mnist.csv)" },
    functions: { kind: "integer", minimum: 3, default: 100, description: "Functions of the table, in its order" },
    recipe: { kind: "text", placeholder: "NUMBERS", description: "Only these recipes, by their place in the list" },
    workers: { kind: "integer", minimum: 1, description: "Worker processes (default: one a core)" },
  },
  details: `Recipes:\n${
    Object.keys(RECIPES).map((name, i) => `  ${i + 1}  ${name}`).join("\n")
  }\n\nEach recipe is a study: the same command goes on.`,
  async run({ dataset, csv, functions, recipe, workers }) {
    const path = csv === undefined ? TRUTH_FILE : userPath(csv);
    const rows = readTruth(path);
    const truth = new Map(standings(rows).map((standing) => [standing.formula, standing]));
    const chosen = truthFunctions().filter(({ formula }) => truth.has(formula)).slice(0, functions);
    if (chosen.length < 3) {
      throw new UserError(`Cannot compare: expected at least 3 functions in ${path}; see deno task truth`);
    }
    const numbers = recipe?.split(",").map(Number) ?? Object.keys(RECIPES).map((_, i) => i + 1);
    const names = numbers.map((number) => {
      const name = Object.keys(RECIPES)[number - 1];
      if (name === undefined) throw new UserError(`Cannot use --recipe: expected numbers of the list, got ${recipe}`);
      return name;
    });
    const signal = interruptSignal();
    using display = progressDisplay();
    const table = [];
    for (const name of names) {
      let done = 0;
      const trials = await trainFunctions(chosen, {
        study: `rank-${name}-${dataset}`.replaceAll(/[^\w]+/g, "-"),
        request: { ...RECIPES[name], dataset },
        seeds: [SEED],
        workers,
        signal,
        onEvent: ({ kind }) => {
          if (kind === "ended" || kind === "recalled") done++;
          display.show({ name, done, total: chosen.length });
        },
      });
      if (trials.length === chosen.length) table.push(rowOf(name, trials));
    }
    display.stop();
    console.log(`${chosen.length} functions, ${new Set(rows.map(({ seed }) => seed)).size} seeds in the table`);
    console.log(textTable(table));

    function rowOf(name: string, trials: readonly Trial[]) {
      const correlate = (which: (standing: Standing) => boolean) => {
        const pairs = trials.flatMap((trial) => {
          const standing = truth.get(trial.formula)!;
          return which(standing) ? [[trialFitness(trial), standing.fitness] as const] : [];
        });
        return rankCorrelation(pairs);
      };
      const complete = trials.filter(({ outcome }) => outcome.kind === "complete").length;
      const images = mean(trials.map(({ epochs }) => epochs.reduce((sum, epoch) => sum + epoch.images, 0)));
      return {
        recipe: name,
        "all": correlate(() => true),
        "those that train": correlate(trains),
        "train to the end": `${complete} of ${trials.length}`,
        "median accuracy": medianAccuracy(trials),
        "images a trial": Math.round(images),
        "seconds a trial": mean(trials.map(({ seconds }) => seconds)).toFixed(1),
      };
    }
  },
}, { args: Deno.args });

function medianAccuracy(trials: readonly Trial[]): string {
  const values = trials.flatMap((trial) => trialScores(trial)?.validationAccuracy ?? []);
  return values.length === 0 ? "–" : `${(100 * median(values)).toFixed(1)} %`;
}

Deno.exit(code);
