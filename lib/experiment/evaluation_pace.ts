/**
 * How long an evaluation will take: by the trials that a study has of a case, or else by a few steps. It stores nothing.
 *
 * @module
 */
import type { GridCase, GridTrial } from "../cases/grid.ts";
import { format } from "../activation/format.ts";
import { catalog } from "../activation/catalog.ts";
import type { Executor } from "../study/executor.ts";
import type { Settings } from "../study/settings.ts";
import { conditionsText, type Trial, type TrialJob } from "../study/trial.ts";

/** An image that is only evaluated, in images that are trained on: one pass of the network instead of three. */
const EVALUATION_COST = 1 / 3;

/** Steps of each of two epochs; the first epoch warms up. */
const STEPS = 3;
const VALIDATION_IMAGES = 250;

/** Trains a case for a few steps on every worker at once; seconds of a whole trial there, undefined if interrupted. */
async function measured(one: GridCase, { executor, settings, signal }: {
  readonly executor: Executor;
  readonly settings: Settings;
  readonly signal?: AbortSignal;
}): Promise<number | undefined> {
  const { train, validation, test } = one.images;
  const images = Math.min(STEPS * one.recipe.batchSize, train);
  const short = {
    trainImages: images,
    validationImages: Math.min(validation, VALIDATION_IMAGES),
    epochs: 2,
    learningRate: one.recipe.learningRate,
  };
  const job: TrialJob = {
    kind: "tuning",
    expression: format(catalog.eelu2),
    identity: "pace",
    seed: 0,
    test: false,
    settings: { ...settings, ...one.conditions, ...short },
  };
  const times = await Promise.all(Array.from({ length: executor.capacity }, async () => {
    const execution = await executor.run(job, { signal });
    if (execution.kind === "cancelled" || execution.result.epochs.length < 2) return NaN;
    const { epochs, seconds } = execution.result;
    const speed = images / epochs[1].seconds;
    const beside = seconds - epochs.reduce((sum, epoch) => sum + epoch.seconds, 0);
    const passes = one.recipe.epochs * (train + EVALUATION_COST * validation) + EVALUATION_COST * test;
    return passes / speed + beside;
  }));
  const known = times.filter(Number.isFinite);
  return known.length === 0 ? undefined : known.reduce((sum, time) => sum + time, 0) / known.length;
}

/** What of a case's trials is the same for all. */
function caseKey({ learningRate: _, ...conditions }: Settings): string {
  return conditionsText(conditions);
}

/** Options of {@linkcode estimateSeconds}. */
export interface EvaluationPaceOptions {
  readonly executor: Executor;
  /** The study's settings. */
  readonly settings: Settings;
  /** Trials of the study that have ended. */
  readonly known: readonly Trial[];
  readonly signal?: AbortSignal;
}

/**
 * Seconds that trials take on all workers. Functions that cost more or less than EELU-2 change it. Undefined when it
 * was interrupted, or could not be measured.
 */
export async function estimateSeconds(
  trials: readonly GridTrial[],
  { known, ...options }: EvaluationPaceOptions,
): Promise<number | undefined> {
  let sum = 0;
  for (const [one, own] of Map.groupBy(trials, (place) => place.case)) {
    const key = caseKey(one.conditions);
    const times = known.filter(({ conditions, outcome }) =>
      conditions && outcome.kind === "complete" && caseKey(conditions) === key
    )
      .map(({ seconds }) => seconds);
    const seconds = times.length > 0
      ? times.reduce((total, time) => total + time, 0) / times.length
      : await measured(one, options);
    if (seconds === undefined) return undefined;
    sum += seconds * own.length;
  }
  return sum / options.executor.capacity;
}
