/**
 * `deno task bench:rank`: does the quick budget rank functions, or noise, and does bfloat16 change their order? Trains
 * random functions of the search space with two seeds in float32 and with the first seed in bfloat16, and prints the rank
 * correlations of their fitness, ReLU's accuracy, and the speed of training.
 *
 * @module
 */
import { catalog, format, identityKey } from "../activation/mod.ts";
import { runCommand } from "../cli/command.ts";
import { Clock, openSearch, searchRecipe } from "../experiment/mod.ts";
import { random } from "../random.ts";
import { ALL_GENES, describeGenome, randomGenome } from "../search/mod.ts";
import { spearman } from "../statistics/mod.ts";
import { type JsonRecord, type Trial, trialFitness, trialScores, type TrialSpec } from "../study/mod.ts";
import type { Precision } from "../training/mod.ts";

const FUNCTIONS = 60;
const SEED = 2024;

type Function = Pick<TrialSpec, "formula" | "identity">;

/** Random functions that the search would train, each once. */
function functions(): Function[] {
  const rng = random(SEED);
  const found = new Map<string, string>();
  while (found.size < FUNCTIONS) {
    const { formula, identity, rejected } = describeGenome(randomGenome({ rng, genes: ALL_GENES }));
    if (!rejected) found.set(identity, formula);
  }
  return [...found].map(([identity, formula]) => ({ identity, formula }));
}

const RELU: Function = { formula: format(catalog.relu), identity: identityKey(catalog.relu) };

/** Trials of the functions, and of ReLU behind them, for each seed; and images a second. */
async function train(drawn: readonly Function[], { folder, precision, seeds }: {
  readonly folder: string;
  readonly precision: Precision;
  readonly seeds: readonly number[];
}): Promise<{ readonly trials: readonly (readonly Trial[])[]; readonly imagesPerSecond: number }> {
  const log = (line: string) => console.error(`${precision}: ${line}`);
  await using experiment = await openSearch({ study: precision, folder, preset: "quick", seed: SEED, precision, log });
  const { study, executor } = experiment;
  const recipe = searchRecipe(study.head.settings) as unknown as JsonRecord;
  const clock = new Clock(executor);
  const trials: (readonly Trial[])[] = [];
  for (const seed of seeds) {
    const jobs = [...drawn, RELU].map((spec) => ({ ...spec, label: "search", recipe, seed, test: false }));
    const outcome = await clock.evaluate(() => study.run(jobs, { executor, onEvent: clock.hear.bind(clock) }));
    trials.push(outcome.trials);
    log(`seed ${seed} has ended`);
  }
  return { trials, imagesPerSecond: clock.spent().imagesPerSecond };
}

/** Prints the rank correlation of two trainings, of all functions and of those that trained to the end in both. */
function compare(name: string, first: readonly Trial[], second: readonly Trial[]): void {
  const pairs = first.slice(0, -1).map((trial, i) => [trial, second[i]] as const);
  const whole = pairs.filter((pair) => pair.every(({ outcome }) => outcome.kind === "complete"));
  const correlation = (of: typeof pairs) =>
    spearman(of.map(([a]) => trialFitness(a)), of.map(([, b]) => trialFitness(b))).toFixed(3);
  const accuracy = (trial: Trial) => trialScores(trial)?.validationAccuracy ?? NaN;
  const apart = whole.reduce((sum, [a, b]) => sum + Math.abs(accuracy(a) - accuracy(b)), 0) / whole.length;
  console.log(
    `${name}: rank correlation ${correlation(pairs)}; among the ${whole.length} that trained to the end ` +
      `${correlation(whole)}, their accuracies ${(100 * apart).toFixed(1)} points apart on average`,
  );
}

/** Trains the functions and prints how their ranks agree. */
async function run(): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    const drawn = functions();
    const float32 = await train(drawn, { folder, precision: "float32", seeds: [1, 2] });
    const bfloat16 = await train(drawn, { folder, precision: "bfloat16", seeds: [1] });
    const [first, second] = float32.trials;
    const [low] = bfloat16.trials;
    console.log("fitness: float32 with seed 1, with seed 2, bfloat16 with seed 1");
    for (const [i, { formula }] of [...drawn, RELU].entries()) {
      const fitness = [first, second, low].map((trials) => trialFitness(trials[i]).toFixed(3));
      console.log(`${fitness.join("  ")}  ${first[i].outcome.kind.padEnd(8)}  ${formula}`);
    }
    console.log(`\n${FUNCTIONS} random functions`);
    compare("two seeds, float32", first, second);
    compare("float32 and bfloat16, one seed", first, low);
    const accuracies = [first, second, low].map((trials) => trialScores(trials.at(-1)!)?.validationAccuracy.toFixed(3));
    console.log(`ReLU's validation accuracy: ${accuracies.join(", ")}`);
    console.log(
      `training images a second: float32 ${float32.imagesPerSecond.toFixed(0)}, ` +
        `bfloat16 ${bfloat16.imagesPerSecond.toFixed(0)}`,
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const code = await runCommand({
  name: "bench:rank",
  summary: "Measures how well the quick budget ranks functions, in float32 and bfloat16; takes some minutes.",
  usage: [""],
  flags: {},
  run,
}, { args: Deno.args });
Deno.exit(code);
