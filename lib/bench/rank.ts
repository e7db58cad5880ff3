/**
 * `deno task bench`: does the quick budget rank functions, or noise? Trains random functions of the search space twice,
 * with two seeds, and prints the rank correlation of their fitness, ReLU's accuracy, and the speed of training.
 *
 * @module
 */
import { catalog } from "../activation/catalog.ts";
import { format } from "../activation/format.ts";
import { identityKey } from "../activation/identity.ts";
import { describeGenome } from "../experiment/candidate.ts";
import { Clock } from "../experiment/clock.ts";
import { openSearch } from "../experiment/experiment.ts";
import { random } from "../random.ts";
import { ALL_GENES } from "../search/genes.ts";
import { randomGenome } from "../search/random_genome.ts";
import { spearman } from "../statistics/spearman.ts";
import { type Trial, trialFitness, trialScores, type TrialSpec } from "../study/trial.ts";

const FUNCTIONS = 20;
const SEED = 2024;
const SEEDS = [1, 2];

/** Random functions that the search would train, each once. */
function functions(): Pick<TrialSpec, "expression" | "identity">[] {
  const rng = random(SEED);
  const found = new Map<string, string>();
  while (found.size < FUNCTIONS) {
    const { expression, identity, rejected } = describeGenome(randomGenome({ rng, genes: ALL_GENES }));
    if (!rejected) found.set(identity, expression);
  }
  return [...found].map(([identity, expression]) => ({ identity, expression }));
}

const folder = await Deno.makeTempDir();
try {
  const log = (line: string) => console.error(line);
  await using experiment = await openSearch({ study: "rank", folder, preset: "quick", seed: SEED, log });
  const { study, executor } = experiment;
  const clock = new Clock(executor.capacity);
  const train = async (specs: readonly Pick<TrialSpec, "expression" | "identity">[], seed: number) => {
    const jobs = specs.map((spec) => ({ ...spec, kind: "search", seed, test: false }) as const);
    const onEvent = clock.hear.bind(clock);
    return (await clock.evaluate(() => study.run(jobs, { executor, onEvent }))).trials as readonly Trial[];
  };
  const drawn = functions();
  const [first, second] = [await train(drawn, SEEDS[0]), await train(drawn, SEEDS[1])];
  for (const [i, { expression }] of drawn.entries()) {
    const [a, b] = [first[i], second[i]].map((trial) => trialFitness(trial).toFixed(3));
    console.log(`${a}  ${b}  ${first[i].outcome.kind.padEnd(8)}  ${expression}`);
  }
  const relu = { expression: format(catalog.relu), identity: identityKey(catalog.relu) };
  const accuracies = [...await train([relu], SEEDS[0]), ...await train([relu], SEEDS[1])]
    .map((trial) => trialScores(trial)?.validationAccuracy.toFixed(3));
  const correlation = spearman(first.map(trialFitness), second.map(trialFitness));
  console.log(
    `\nrank correlation of fitness between two seeds, ${FUNCTIONS} random functions: ${correlation.toFixed(3)}`,
  );
  const whole = drawn.flatMap((_, i) =>
    [first[i], second[i]].every(({ outcome }) => outcome.kind === "complete") ? [i] : []
  );
  const among = spearman(whole.map((i) => trialFitness(first[i])), whole.map((i) => trialFitness(second[i])));
  console.log(`among the ${whole.length} of them that trained to the end with both seeds: ${among.toFixed(3)}`);
  console.log(`ReLU's validation accuracy: ${accuracies.join(" and ")}`);
  console.log(`${clock.spent().imagesPerSecond.toFixed(0)} training images/s with ${executor.capacity} workers`);
} finally {
  await Deno.remove(folder, { recursive: true });
}
