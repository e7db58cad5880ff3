/**
 * How long an evaluation will take: by the trials that a study has of a case, or else by a few steps. It stores nothing.
 *
 * @module
 */
import type { GridCase, GridTrial } from "./grid.ts";
import { catalog, format } from "../activation/mod.ts";
import { mean } from "../statistics/mod.ts";
import { canonicalJson, type Executor, type JsonRecord, type Trial, type TrialJob } from "../study/mod.ts";

/** An image that is only evaluated, in images that are trained on: one pass of the network instead of three. */
const EVALUATION_COST = 1 / 3;

/** Steps of each of two epochs; the first epoch warms up. */
const STEPS = 3;
const VALIDATION_IMAGES = 250;

/** Seconds that a trial of a case takes; or why that is not known, undefined if it was interrupted. */
type Measured = { readonly seconds: number } | { readonly failure: string | undefined };

/** Trains a case for a few steps on every worker at once. */
async function measured(one: GridCase, { executor, signal }: {
  readonly executor: Executor;
  readonly signal?: AbortSignal;
}): Promise<Measured> {
  const { train, validation, test } = one.images;
  const images = Math.min(STEPS * one.recipe.batchSize, train);
  const short = {
    trainImages: images,
    validationImages: Math.min(validation, VALIDATION_IMAGES),
    epochs: 2,
    learningRate: one.recipe.learningRate,
  };
  const recipe = { ...one.conditions, ...short };
  const job: TrialJob = { formula: format(catalog.eelu2), recipe, seed: 0, test: false };
  const secondsOf = async (): Promise<Measured> => {
    const execution = await executor.run(job, { signal });
    if (execution.kind === "cancelled") return { failure: undefined };
    const { epochs, seconds, outcome } = execution.result;
    if (outcome.kind === "failed") return { failure: outcome.reason.split("\n")[0] };
    if (epochs.length < 2) return { failure: "EELU-2 diverged in its first steps" };
    const speed = images / epochs[1].seconds;
    const beside = seconds - epochs.reduce((sum, epoch) => sum + epoch.seconds, 0);
    const passes = one.recipe.epochs * (train + EVALUATION_COST * validation) + EVALUATION_COST * test;
    return { seconds: passes / speed + beside };
  };
  const all = await Promise.all(Array.from({ length: executor.capacity }, secondsOf));
  const known = all.flatMap((one) => "seconds" in one ? [one.seconds] : []);
  if (known.length < all.length) return all.find((one) => "failure" in one)!;
  return { seconds: mean(known) };
}

/** What of a case's trials is the same for all. */
function caseKey({ learningRate: _, ...conditions }: JsonRecord): string {
  return canonicalJson(conditions);
}

/** Options of {@linkcode evaluationPace}. */
export interface EvaluationPaceOptions {
  readonly executor: Executor;
  /** Trials of the study that have ended. */
  readonly known: readonly Trial[];
  readonly signal?: AbortSignal;
}

/** How long trials take, as far as that could be measured. */
export interface EvaluationPace {
  /** Seconds on all workers, without the trials of the cases that could not be measured. */
  readonly seconds: number;
  /** Cases that could not be measured, and why. */
  readonly unmeasured: readonly { readonly name: string; readonly reason: string }[];
}

/** How long trials take; functions that cost more or less than EELU-2 change it. Undefined when it was interrupted. */
export async function evaluationPace(
  trials: readonly GridTrial[],
  { known, ...options }: EvaluationPaceOptions,
): Promise<EvaluationPace | undefined> {
  const unmeasured: { name: string; reason: string }[] = [];
  let sum = 0;
  for (const [one, own] of Map.groupBy(trials, (place) => place.case)) {
    const key = caseKey(one.conditions);
    const times = known.filter(({ recipe, outcome }) => outcome.kind === "complete" && caseKey(recipe) === key)
      .map(({ seconds }) => seconds);
    const trial = times.length > 0 ? { seconds: mean(times) } : await measured(one, options);
    if ("seconds" in trial) sum += trial.seconds * own.length;
    else if (trial.failure === undefined) return undefined;
    else unmeasured.push({ name: one.name, reason: trial.failure });
  }
  return { seconds: sum / options.executor.capacity, unmeasured };
}
