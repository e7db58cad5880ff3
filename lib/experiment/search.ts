/**
 * A search as a user runs it: the genetic loop over a study, and the final comparison of the best functions with the
 * baselines.
 *
 * @module
 */
import { datasetName, datasetSource, inspectDataset, partSizes, type SplitKind } from "../datasets/mod.ts";
import type { EngineInfo } from "../engine/mod.ts";
import { random } from "../random.ts";
import { check, SettingsError } from "../schema.ts";
import {
  type Candidate,
  type Ending,
  expectedTrainings,
  type Generation,
  generationsFor,
  mostTrials,
  operatorsOf,
  type SearchSettings,
  strategies,
} from "../search/mod.ts";
import { type JsonRecord, type Trial, trialFitness, type TrialSpec } from "../study/mod.ts";
import type { Recipe } from "../training/mod.ts";
import { UserError } from "../user_error.ts";
import { Experiment, type ExperimentOptions, openExperiment, requestOf, type WatchOptions } from "./experiment.ts";
import { dataConditions } from "./data_conditions.ts";
import {
  bestTrials,
  type Contender,
  contenders,
  type Finalist,
  finalists,
  finalTrials,
  noteFinalists,
} from "./finals.ts";
import { measurePace, type Pace, trialSeconds } from "./pace.ts";
import { race } from "./race.ts";
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
  spaceSettings,
  strategySettings,
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
  /**
   * Functions that the search has trained in the end, those of earlier runs included. More than the generations have is
   * a search that goes on, unless their number was asked for when it was opened.
   */
  readonly maxTrials?: number;
  /** Seconds after which the search stops, in this run. */
  readonly maxTime?: number;
}

/** What a search has to do. */
export interface SearchEstimate {
  /** Trainings of the search at most, or about where it has short ones; those of earlier runs included. */
  readonly searchTrials: number;
  /** Trainings of the final comparison, and at most of the race before it; those of earlier runs included. */
  readonly finalTrials: number;
  /**
   * What is left takes, at the measured pace; functions that cost more or less than EELU-2, or are stopped early, change
   * it. Undefined where the pace could not be measured.
   */
  readonly seconds?: number;
}

const FINALS_NOTE = "final comparisons";
const GENERATIONS_NOTE = "generations";

/** What trainings for fewer epochs than the search's are for. */
const SHORT_LABEL = "short";

/** What trainings that choose finalists are for. */
const RACE_LABEL = "race";

/** Steps in which the pace is measured. */
const PACE_STEPS = 12;

/** A search, opened or resumed, see {@linkcode openSearch}. Close it to end its workers and free its study. */
export class Search extends Experiment {
  #ending: SearchEnding | undefined;
  /** Whether the number of generations was asked for when it was opened. */
  #bounded = false;
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

  /** Lets the search have so many generations; those it has had stay. Throws a SettingsError for fewer. */
  prolong(generations: number): void {
    const { generations: before } = this.#proposals();
    if (generations < before) {
      throw new SettingsError(
        `Cannot search: expected generations to be at least ${before}, as many as the study was asked for, got ${generations}`,
      );
    }
    if (generations > before) this.study.note(GENERATIONS_NOTE, `${generations}`);
    this.#bounded = true;
  }

  /** How functions are proposed, with as many generations as were last asked for, or as so many trials need. */
  #proposals({ maxTrials }: Pick<SearchLimits, "maxTrials"> = {}): SearchSettings {
    const settings = proposalSettings(this.study.head.settings);
    const generations = Number(this.study.notes().get(GENERATIONS_NOTE) ?? settings.generations);
    const wanted = maxTrials === undefined || this.#bounded ? 0 : generationsFor(maxTrials, settings);
    return { ...settings, generations: Math.max(generations, wanted), ...maxTrials !== undefined && { maxTrials } };
  }

  /** Measures the machine's pace, and says what the search has to do and how long that takes. */
  async estimate({ signal, maxTrials }: Pick<SearchLimits, "signal" | "maxTrials"> = {}): Promise<SearchEstimate> {
    const { settings } = this.study.head;
    const recipe = searchRecipe(settings);
    const { finalists, finalSeeds, baselines, race, raceSeeds } = comparisonSettings(settings);
    const raced = race > finalists ? race * raceSeeds : 0;
    const whole = mostTrials(this.#proposals({ maxTrials }));
    const { epochs, learningRates } = recipe;
    const { strategy } = strategySettings(settings);
    const searchTrials = expectedTrainings(whole, { strategy, epochs, rates: learningRates?.length });
    const finalTrials = finalists === 0 ? 0 : raced + (finalists + baselines.length) * finalSeeds;
    const pace = await measurePace({ ...recipe, gate: 0 }, {
      executor: this.executor,
      steps: PACE_STEPS,
      warmUp: true,
      signal,
    });
    if ("failure" in pace) return { searchTrials, finalTrials };
    const share = ({ label, recipe: { epochs } }: Trial) => label === SHORT_LABEL ? Number(epochs) / recipe.epochs : 1;
    const done = (labels: readonly string[]) =>
      this.study.trials().reduce((sum, trial) => labels.includes(trial.label) ? sum + share(trial) : sum, 0);
    const seconds = Math.max(0, whole - done(["search", SHORT_LABEL])) * secondsOf(recipe, { pace, test: false }) +
      Math.max(0, finalTrials - done(["final", RACE_LABEL])) * secondsOf(recipe, { pace, test: true });
    return { searchTrials, finalTrials, seconds: seconds / this.executor.capacity };
  }

  /**
   * Runs the search, a generation a step. What the study has already is not trained again. When it ends, `ending` says
   * why.
   */
  async *search({ signal, onEvent, maxTrials, maxTime }: SearchLimits = {}): AsyncGenerator<Generation, void, void> {
    const { seed, settings } = this.study.head;
    const timeout = maxTime === undefined ? undefined : AbortSignal.timeout(maxTime * 1000);
    const left = new AbortController();
    const either = AbortSignal.any([signal, timeout, left.signal].filter((given) => given !== undefined));
    const rng = random(seed);
    const { strategy, pending } = strategySettings(settings);
    const recipe = searchRecipe(settings);
    const recipeOf = new Map<number | undefined, JsonRecord>();
    const specOf = (candidate: Candidate): TrialSpec => {
      const { formula, genome, identity, generation, origin: operator, parents, epochs } = candidate;
      const shorter = recipeOf.get(epochs) ??
        { ...recipe, ...epochs !== undefined && { epochs } } as unknown as JsonRecord;
      recipeOf.set(epochs, shorter);
      return {
        label: epochs === undefined ? "search" : SHORT_LABEL,
        formula,
        genome,
        identity,
        recipe: shorter,
        seed: rng.seed("search trials"),
        test: false,
        origin: { generation, operator, parents },
      };
    };
    const running = new Set<Promise<unknown>>();
    this.#ending = undefined;
    this.#generations = [];
    const search = strategies[strategy]({
      ...operatorsOf(this.#proposals({ maxTrials })),
      ...spaceSettings(settings),
      pending,
      epochs: recipe.epochs,
      rates: recipe.learningRates?.length ?? 1,
      rng: rng.split("search"),
      signal: either,
      evaluate: async (candidates) => {
        const training = this.train(candidates.map(specOf), { signal: either, onEvent });
        running.add(training);
        return (await training.finally(() => running.delete(training))).map(trialFitness);
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
    } finally {
      left.abort();
      await Promise.allSettled(running); // what nobody waits for any more is cancelled
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
    let compared: Contender[] = [];
    try {
      compared = contenders(await this.#race({ signal, onEvent }), options);
      const recipe = finalRecipe(settings) as unknown as JsonRecord;
      const specs = finalTrials(compared, { seed, finalSeeds: options.finalSeeds, recipe });
      const known = this.study.trials().length;
      const trials = await this.train(specs, { signal, onEvent });
      if (this.study.trials().length > known) this.study.note(FINALS_NOTE, `${this.testUses + 1}`);
      return finalists(compared, trials);
    } catch (error) {
      if (!signal?.aborted || error instanceof UserError) throw error;
      this.#ending = "interrupted";
      return finalists(compared, this.study.trials());
    }
  }

  /** The functions of the search that are compared: its best, or the best of these over several seeds. */
  async #race(options: WatchOptions): Promise<Trial[]> {
    const { seed, settings } = this.study.head;
    const { finalists: keep, race: count, raceSeeds } = comparisonSettings(settings);
    const recipe = { ...searchRecipe(settings), gate: 0 } as unknown as JsonRecord;
    if (count <= keep) return bestTrials(this.study.trials(), keep);
    const winners = await race(bestTrials(this.study.trials(), count), {
      keep,
      seeds: Array.from({ length: raceSeeds }, (_, i) => random(seed).seed(`race ${i + 1}`)),
      run: async (left, seed) => {
        const specs = left.map(({ formula, genome, identity }): TrialSpec => {
          return { label: RACE_LABEL, formula, genome, identity, recipe, seed, test: false };
        });
        return (await this.train(specs, options)).map(trialFitness);
      },
    });
    noteFinalists(this.study, winners);
    return winners;
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
    epochs,
    rates: learningRates?.length,
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
        const { generations, strategy = "genetic" } = recorded.settings;
        const wanted = { ...request, ...request.strategy === strategy && { strategy: recorded.settings.strategy } };
        return definedOf({ ...recorded.settings, ...wanted, ...machine, generations });
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
  const { strategy, pending } = strategySettings(study.head.settings);
  if (strategy !== "genetic" && pending < executor.capacity) {
    options.log?.(
      `${pending} of ${executor.capacity} workers will have work at a time: as many as functions are pending (--pending)`,
    );
  }
  const search = new Search(study, executor, engine);
  if (request.generations !== undefined) {
    try {
      search.prolong(request.generations);
    } catch (error) {
      await search.close();
      throw error;
    }
  }
  return search;
}

/** The settings that have a value. */
function definedOf(settings: Readonly<Record<string, unknown>>): JsonRecord {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as JsonRecord;
}
