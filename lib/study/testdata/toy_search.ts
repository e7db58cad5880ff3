/**
 * A search for tests, in a process that can be killed: each generation is drawn from the best of the one before. It
 * prints its workers' process ids, then what it did. Arguments: path of the study, workers, milliseconds an epoch.
 *
 * @module
 */
import { type Random, random } from "../../random.ts";
import { LocalPool } from "../local_pool.ts";
import { resumeStudy } from "../studies.ts";
import { trialFitness, type TrialSpec } from "../trial.ts";
import { UserError } from "../../user_error.ts";

const [path, workers, milliseconds] = Deno.args;
const recipe = { epochs: 2, milliseconds: Number(milliseconds) };
const GENERATIONS = 3;
const POPULATION = 8;

function generation(best: number, rng: Random): TrialSpec[] {
  return Array.from({ length: POPULATION }, () => {
    const gene = (best + rng.integer(30)) % 100;
    const formula = gene % 10 === 3 ? "diverge" : `x + ${gene}`;
    return { label: "search", formula, identity: String(gene), genome: [gene], recipe, seed: gene % 7, test: false };
  });
}

try {
  await using pool = new LocalPool({
    module: new URL("toy_worker.ts", import.meta.url),
    flags: [],
    workers: Number(workers),
  });
  using study = resumeStudy(
    { name: "toy", seed: 1, settings: recipe },
    { path },
  );
  let best = 0;
  for (let g = 0; g < GENERATIONS; g++) {
    const { trials } = await study.run(generation(best, random(1).split(g)), {
      executor: pool,
      onEvent: (event) => event.kind === "started" && console.log(event.attempt.workerPid),
    });
    best = Number(trials.reduce((a, b) => trialFitness(b) > trialFitness(a) ? b : a).identity);
  }
  console.log("done");
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  console.error(error.message);
  Deno.exitCode = 2;
}
