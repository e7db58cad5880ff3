/**
 * How fast this machine trains, measured, and how long a search will take. It stores nothing.
 *
 * @module
 */
import { catalog, format } from "../activation/mod.ts";
import { mostTrials } from "../search/mod.ts";
import type { EpochMetrics, Executor, JsonRecord, Trial } from "../study/mod.ts";
import { trainingSettings } from "../training/mod.ts";
import { finalSettings, searchRecipe, searchSettings } from "./plan.ts";

/** Steps that are measured; the first ones of a process are slower and are not. */
const STEPS = 12;

/** An image that is only evaluated, in images that are trained on: one pass of the network instead of three. */
const EVALUATION_COST = 1 / 3;

/** A measured speed. */
export interface Pace {
  /** Training images a second, all workers together, with EELU-2. */
  readonly imagesPerSecond: number;
  /** Seconds that a trial takes beside its epochs (its graph is made), divided by the number of workers. */
  readonly secondsPerTrial: number;
}

/** What a search will take. */
export interface Estimate {
  /** Functions that the search trains, at most, those of earlier runs included. */
  readonly searchTrials: number;
  /** Trials of the final comparison, those of earlier runs included. */
  readonly finalTrials: number;
  /**
   * What is left takes, at the measured pace; functions that cost more or less than EELU-2, or are stopped early, change
   * it. Undefined where the pace could not be measured.
   */
  readonly seconds?: number;
}

/**
 * Trains EELU-2, which costs about as much as a function of the search, for some steps on every worker at once, and
 * discards the result. Undefined when the signal is aborted, or when it could not be measured.
 */
export async function measurePace(executor: Executor, { settings, signal }: {
  readonly settings: JsonRecord;
  readonly signal?: AbortSignal;
}): Promise<Pace | undefined> {
  const images = Math.min(trainingSettings(settings).batchSize * STEPS, trainingSettings(settings).trainImages);
  const short = { ...searchRecipe(settings), trainImages: images, validationImages: 10, epochs: 2, gate: 0 };
  const job = { formula: format(catalog.eelu2), recipe: short, seed: 0, test: false };
  const workers = Array.from({ length: executor.capacity }, async () => {
    await executor.run(job, { signal }); // a process's first trial is slower
    const start = performance.now();
    const epochs: EpochMetrics[] = [];
    await executor.run(job, { signal, onEpoch: (metrics) => epochs.push(metrics) });
    const training = epochs.reduce((sum, { seconds }) => sum + seconds, 0);
    return { speed: images / epochs[1]?.seconds, beside: (performance.now() - start) / 1000 - training };
  });
  const measured = await Promise.all(workers);
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const imagesPerSecond = sum(measured.map(({ speed }) => speed));
  const secondsPerTrial = sum(measured.map(({ beside }) => beside)) / executor.capacity ** 2;
  return Number.isFinite(imagesPerSecond) ? { imagesPerSecond, secondsPerTrial } : undefined;
}

/** What the search of these settings has to do, and how long what is left takes at that pace. */
export function estimate(settings: JsonRecord, { pace, known, maxTrials = Infinity }: {
  readonly pace?: Pace;
  /** Trials of the study that have ended. */
  readonly known: readonly Trial[];
  readonly maxTrials?: number;
}): Estimate {
  const { trainImages, validationImages, testImages, epochs } = trainingSettings(settings);
  const { finalists, finalSeeds, baselines } = finalSettings(settings);
  const searchTrials = Math.min(mostTrials(searchSettings(settings)), maxTrials);
  const finalTrials = finalists === 0 ? 0 : (finalists + baselines.length) * finalSeeds;
  if (!pace) return { searchTrials, finalTrials };
  const left = (trials: number, label: string) =>
    Math.max(0, trials - known.filter((trial) => trial.label === label).length);
  const [searching, comparing] = [left(searchTrials, "search"), left(finalTrials, "final")];
  const images = (searching + comparing) * epochs * (trainImages + EVALUATION_COST * validationImages) +
    comparing * EVALUATION_COST * testImages;
  return {
    searchTrials,
    finalTrials,
    seconds: images / pace.imagesPerSecond + (searching + comparing) * pace.secondsPerTrial,
  };
}
