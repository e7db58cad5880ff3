/**
 * How fast this machine trains, measured by a few steps.
 *
 * @module
 */
import { catalog, format } from "../activation/mod.ts";
import type { PartSizes } from "../datasets/mod.ts";
import { epochCost } from "../search/mod.ts";
import { mean } from "../statistics/mod.ts";
import type { Executor, TrialJob } from "../study/mod.ts";
import type { Recipe } from "../training/mod.ts";

/** An image that is only evaluated, in images that are trained on: one pass of the network instead of three. */
const EVALUATION_COST = 1 / 3;

const VALIDATION_IMAGES = 250;

/** A measured speed of one worker while all of them train. */
export interface Pace {
  /** Images trained on a second, with EELU-2, which costs about as much as a function of the search. */
  readonly imagesPerSecond: number;
  /** Seconds that a trial takes beside its epochs: images are loaded, its graph is made. */
  readonly secondsPerTrial: number;
}

/** Why a pace is not known; undefined if measuring was interrupted. */
export interface Unmeasured {
  readonly failure: string | undefined;
}

/** Options of {@linkcode measurePace}. */
export interface MeasurePaceOptions {
  readonly executor: Executor;
  /** Steps of each of two epochs; the first epoch warms up. */
  readonly steps: number;
  /** Whether a first trial, which is slower, is not counted (default: false). */
  readonly warmUp?: boolean;
  readonly signal?: AbortSignal;
}

/** Trains EELU-2 by the recipe for some steps on every worker at once, and discards the result. */
export async function measurePace(
  recipe: Recipe,
  { executor, steps, warmUp = false, signal }: MeasurePaceOptions,
): Promise<Pace | Unmeasured> {
  const { learningRates: _, ...untuned } = recipe;
  const { batchSize, trainImages, validationImages } = untuned;
  const images = Math.min(steps * batchSize, trainImages ?? Infinity);
  const short = {
    ...untuned,
    trainImages: images,
    validationImages: Math.min(validationImages ?? Infinity, VALIDATION_IMAGES),
    epochs: 2,
  };
  const job: TrialJob = { formula: format(catalog.eelu2), recipe: short, seed: 0, test: false };
  const measureWorker = async (): Promise<Pace | Unmeasured> => {
    if (warmUp) await executor.run(job as TrialJob<never>, { signal });
    const execution = await executor.run(job as TrialJob<never>, { signal });
    if (execution.kind === "cancelled") return { failure: undefined };
    const { epochs, seconds, outcome } = execution.result;
    if (outcome.kind === "failed") return { failure: outcome.reason.split("\n")[0] };
    if (epochs.length < 2) return { failure: "EELU-2 diverged in its first steps" };
    return {
      imagesPerSecond: images / epochs[1].seconds,
      secondsPerTrial: seconds - epochs.reduce((sum, epoch) => sum + epoch.seconds, 0),
    };
  };
  const all = await Promise.all(Array.from({ length: executor.capacity }, measureWorker));
  const failure = all.find((worker) => "failure" in worker);
  if (failure) return failure;
  const paces = all as readonly Pace[];
  return {
    imagesPerSecond: mean(paces.map(({ imagesPerSecond }) => imagesPerSecond)),
    secondsPerTrial: mean(paces.map(({ secondsPerTrial }) => secondsPerTrial)),
  };
}

/** Options of {@linkcode trialSeconds}. */
export interface TrialSecondsOptions {
  readonly epochs: number;
  /** Learning rates that the trial tries (default: 1). */
  readonly rates?: number;
  /** Its images; `test` is 0 where the test images are not measured. */
  readonly images: PartSizes;
}

/** Seconds of a trial on one worker. */
export function trialSeconds(
  { imagesPerSecond, secondsPerTrial }: Pace,
  { epochs, rates = 1, images: { train, validation, test } }: TrialSecondsOptions,
): number {
  const images = epochCost(epochs, rates) * (train + EVALUATION_COST * validation) + EVALUATION_COST * test;
  return images / imagesPerSecond + secondsPerTrial;
}
