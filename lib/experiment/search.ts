/**
 * A search as a user runs it: the genetic loop over a study, and the final comparison of the best functions with the
 * baselines.
 *
 * @module
 */
import { datasetName, datasetSource, inspectDataset, partSizes, type SplitKind } from "../datasets/mod.ts";
import type { EngineInfo } from "../engine/mod.ts";
import { random } from "../random.ts";
import { check } from "../schema.ts";
import { type Ending, type Generation, geneticSearch, mostTrials, operatorsOf } from "../search/mod.ts";
import { type JsonRecord, trialFitness, type TrialSpec } from "../study/mod.ts";
import type { Recipe } from "../training/mod.ts";
import { UserError } from "../user_error.ts";
import { Experiment, type ExperimentOptions, openExperiment, requestOf, type WatchOptions } from "./experiment.ts";
import { contenders, type Finalist, finalists, finalTrials } from "./finals.ts";
import { dataConditions } from "./data_conditions.ts";
import { measurePace, type Pace, trialSeconds } from "./pace.ts";
import { type BestFunction, bestFunctions, type SearchReport, searchReport } from "./search_report.ts";
import {
  type Available,
  comparisonSettings,
  finalRecipe,
  planSearch,
  proposalSettings,
  searchRecipe,
  type SearchRequest,
  searchRequestSchema,
} from "./search_settings.ts";

/** Why a search ended, or that it was interrupted and can be resumed. */
export type SearchEnding = Ending | "time" | "interrupted";

/** What {@linkcode openSearch} is asked for. */
export interface OpenSearchOptions extends ExperimentOptions, SearchRequest {
  /** Seed of everything random (default: the study's, or 1). */
  readonly seed?: number;
}

/** Limits of a run of the search. */
export interface SearchLimits extends WatchOptions {
  /** Functions that the search has trained in the end, those of earlier runs included. */
  readonly maxTrials?: number;
  /** Seconds after which the search stops, in this run. */
  readonly maxTime?: number;
}

/** What a search has to do. */
export interface SearchEstimate {
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

const FINALS_NOTE = "final comparisons";

/** Steps in which the pace is measured. */
const PACE_STEPS = 12;

/** A search, opened or resumed, see {@linkcode openSearch}. Close it to end its workers and free its study. */
export class Search extends Experiment {
  #ending: SearchEnding | undefined;
  #generations: Generation[] = [];

  /** Why the search ended; undefined while it runs, and before. */
  get ending(): SearchEnding | undefined {
    return this.#ending;
  }

  /** The generations of this run, resumed ones included. */
  get generations(): readonly Generation[] {
    return this.#generations;
  }

  /** How often the test images were used to compare finalists, in all runs of the study. */
  get testUses(): number {
    return Number(this.study.notes().get(FINALS_NOTE) ?? 0);
  }

  /** Measures the machine's pace, and says what the search has to do and how long that takes. */
  async estimate({ signal, maxTrials = Infinity }: Pick<SearchLimits, "signal" | "maxTrials"> = {}): Promise<
    SearchEstimate
  > {
    const { settings } = this.study.head;
    const recipe = searchRecipe(settings);
    const { finalists, finalSeeds, baselines } = comparisonSettings(settings);
    const searchTrials = Math.min(mostTrials(proposalSettings(settings)), maxTrials);
    const finalTrials = finalists === 0 ? 0 : (finalists + baselines.length) * finalSeeds;
    const pace = await measurePace({ ...recipe, gate: 0 }, {
      executor: this.executor,
      steps: PACE_STEPS,
      warmUp: true,
      signal,
    });
    if ("failure" in pace) return { searchTrials, finalTrials };
    const left = (trials: number, label: string) =>
      Math.max(0, trials - this.study.trials().filter((trial) => trial.label === label).length);
    const seconds = left(searchTrials, "search") * secondsOf(recipe, { pace, test: false }) +
      left(finalTrials, "final") * secondsOf(recipe, { pace, test: true });
    return { searchTrials, finalTrials, seconds: seconds / this.executor.capacity };
  }

  /**
   * Runs the search, a generation a step. What the study has already is not trained again. When it ends, `ending` says
   * why.
   */
  async *search({ signal, onEvent, maxTrials, maxTime }: SearchLimits = {}): AsyncGenerator<Generation, void, void> {
    const { seed, settings } = this.study.head;
    const timeout = maxTime === undefined ? undefined : AbortSignal.timeout(maxTime * 1000);
    const either = AbortSignal.any([signal, timeout].filter((given) => given !== undefined));
    const rng = random(seed);
    const recipe = searchRecipe(settings) as unknown as JsonRecord;
    this.#ending = undefined;
    this.#generations = [];
    const search = geneticSearch({
      ...operatorsOf(proposalSettings(settings)),
      ...maxTrials !== undefined && { maxTrials },
      rng: rng.split("search"),
      signal: either,
      evaluate: async (candidates) => {
        const specs = candidates.map(
          ({ formula, genome, identity, generation, origin: operator, parents }): TrialSpec => {
            const origin = { generation, operator, parents };
            return {
              label: "search",
              formula,
              genome,
              identity,
              recipe,
              seed: rng.seed("search trials"),
              test: false,
              origin,
            };
          },
        );
        return (await this.train(specs, { signal: either, onEvent })).map(trialFitness);
      },
    });
    try {
      for await (const generation of search) {
        this.#generations.push(generation);
        this.#ending = generation.ended;
        yield generation;
      }
    } catch (error) {
      if (!either.aborted || error instanceof UserError) throw error;
      this.#ending = signal?.aborted ? "interrupted" : "time";
    }
  }

  /**
   * Trains the best functions of the search and the baselines with seeds of their own, and measures them on the test
   * images. When the signal is aborted, `ending` is `interrupted`, and the finalists have the results until then.
   */
  async finals({ signal, onEvent }: WatchOptions = {}): Promise<Finalist[]> {
    const { seed, settings } = this.study.head;
    const options = comparisonSettings(settings);
    if (options.finalists === 0) return [];
    const compared = contenders(this.study.trials(), options);
    const recipe = finalRecipe(settings) as unknown as JsonRecord;
    const specs = finalTrials(compared, { seed, finalSeeds: options.finalSeeds, recipe });
    const known = this.study.trials().length;
    try {
      const trials = await this.train(specs, { signal, onEvent });
      if (this.study.trials().length > known) this.study.note(FINALS_NOTE, `${this.testUses + 1}`);
      return finalists(compared, trials);
    } catch (error) {
      if (!signal?.aborted || error instanceof UserError) throw error;
      this.#ending = "interrupted";
      return finalists(compared, this.study.trials());
    }
  }

  /** The best functions of the search, the best first. */
  best(count = 10): BestFunction[] {
    return bestFunctions(this.study.trials(), count);
  }

  /** What came of the search as one JSON document, with its final comparison where it is given. */
  report(finalists: readonly Finalist[] = []): SearchReport {
    return searchReport(this, finalists);
  }
}

/** Seconds of a trial on one worker. */
function secondsOf(recipe: Recipe, { pace, test }: { readonly pace: Pace; readonly test: boolean }): number {
  const { epochs, learningRates, trainImages, validationImages, testImages } = recipe;
  return trialSeconds(pace, {
    epochs: epochs + (learningRates ? learningRates.length - 1 : 0),
    images: { train: trainImages!, validation: validationImages!, test: test ? testImages! : 0 },
  });
}

/**
 * Opens a search: sets up what is missing (engine, images), makes the study or resumes it, starts the workers. Nothing
 * needs to be given. Throws a SettingsError for what is unknown or out of range, and a UserError where something cannot be
 * had, or where an existing study was made with other settings (with the list of differences).
 */
export async function openSearch(options: OpenSearchOptions = {}): Promise<Search> {
  const { seed, ...asked } = requestOf(options);
  const request: SearchRequest = {
    ...asked,
    ...asked.dataset !== undefined && { dataset: datasetName(asked.dataset) },
  };
  check(searchRequestSchema, request, { action: "Cannot search" });
  const { study, executor, engine } = await openExperiment(options, {
    purpose: "search",
    async plan({ recorded, engine, signal, onProgress }) {
      const splitSeed = seed ?? recorded?.seed ?? 1;
      const kernel = request.kernel ?? recorded?.settings.kernel !== false;
      const resumes = recorded && (request.preset === undefined || request.preset === recorded.settings.preset);
      const settingsOn = (
        { version, device, kernel, bfloat16 }: Pick<EngineInfo, "version" | "device" | "kernel" | "bfloat16">,
        available?: Available,
      ): JsonRecord => {
        const machine = { engine, engineVersion: `${version} ${device}`, kernel, splitSeed };
        if (!resumes) return planSearch(request, { ...machine, bfloat16 }, { available });
        return { ...recorded.settings, ...request, ...machine } as JsonRecord;
      };
      // what is out of range is said before anything is fetched
      const unknown = { version: "unknown", device: "cpu", kernel, bfloat16: false } as const;
      const { facts } = datasetSource(settingsOn(unknown).dataset as string);
      const { imageSize, split } = settingsOn(unknown, { facts });
      const { counts, ...data } = await inspectDataset(facts.name, {
        imageSize: imageSize as number,
        split: split as SplitKind | undefined,
        onProgress,
        signal,
      });
      const draft = searchRecipe(settingsOn(unknown, { facts, counts }));
      const sizes = partSizes(counts, {
        train: draft.trainImages ?? undefined,
        validation: draft.validationImages ?? undefined,
        test: draft.testImages ?? undefined,
      });
      const images = { trainImages: sizes.train, validationImages: sizes.validation, testImages: sizes.test };
      return {
        threads: draft.threads,
        kernel,
        study: (info: EngineInfo) => ({
          seed: splitSeed,
          settings: { ...settingsOn(info, { facts, counts }), ...images, ...dataConditions(data) },
        }),
      };
    },
  });
  return new Search(study, executor, engine);
}
