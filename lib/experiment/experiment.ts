/**
 * A search as a user runs it: a study on disk, workers that train, the genetic loop, and the final comparison of the
 * best functions with the baselines. It puts the rooms together and computes nothing itself.
 *
 * @module
 */
import { counted } from "../counted.ts";
import { datasetName, datasetSource, inspectDataset, partSizes, type Progress } from "../datasets/mod.ts";
import { chooseEngine, type EngineInfo } from "../engine/mod.ts";
import { random } from "../random.ts";
import { type Ending, type Generation, geneticSearch, operatorsOf } from "../search/mod.ts";
import {
  type Executor,
  type JsonRecord,
  resumeStudy,
  type Study,
  type StudyEvent,
  studyPath,
  type Trial,
  trialFitness,
} from "../study/mod.ts";
import { UserError } from "../user_error.ts";
import { prepare } from "./prepare.ts";
import { describeGenome } from "./candidate.ts";
import { Clock, type TimeSpent } from "./clock.ts";
import { contenders, type Finalist, finalists, finalTrials } from "./finals.ts";
import { type Estimate, estimate, measurePace } from "./pace.ts";
import type { Available } from "./fit_budget.ts";
import {
  type Circumstances,
  finalRecipe,
  finalSettings,
  planSettings,
  searchRecipe,
  type SearchRequest,
  searchSettings,
  type Surroundings,
} from "./plan.ts";
import { recordedStudy, type StudyOptions, type WatchOptions, withoutUndefined } from "./study_options.ts";
import { defaultWorkers, startWorkers } from "./workers.ts";

/** Why a search ended, or that it was interrupted and can be resumed. */
export type SearchEnding = Ending | "time" | "interrupted";

/** What {@linkcode openSearch} is asked for. */
export interface OpenSearchOptions extends StudyOptions, SearchRequest {
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

const FINALS_NOTE = "final comparisons";

/** A search, opened or resumed. Dispose of it to end its workers and free its study. */
export class SearchExperiment implements AsyncDisposable {
  #ending: SearchEnding | undefined;
  #generations: Generation[] = [];
  readonly #clock: Clock;

  /** See {@linkcode openSearch}. */
  constructor(readonly study: Study, readonly executor: Executor, readonly engine: EngineInfo) {
    this.#clock = new Clock(executor.capacity);
  }

  /** Why the search ended; undefined while it runs, and before. */
  get ending(): SearchEnding | undefined {
    return this.#ending;
  }

  /** The generations of this run, resumed ones included. */
  get generations(): readonly Generation[] {
    return this.#generations;
  }

  /** Where the time of this process went. */
  get time(): TimeSpent {
    return this.#clock.spent();
  }

  /** How often the test images were used to compare finalists, in all runs of the study. */
  get testUses(): number {
    return Number(this.study.notes().get(FINALS_NOTE) ?? 0);
  }

  /** Measures the machine's pace, and says what the search has to do and how long that takes. */
  async estimate({ signal, maxTrials }: Pick<SearchLimits, "signal" | "maxTrials"> = {}): Promise<Estimate> {
    const { settings } = this.study.head;
    const pace = await measurePace(this.executor, { settings, signal });
    return estimate(settings, { pace, known: this.study.trials(), maxTrials });
  }

  /**
   * Runs the search, a generation a step. What the study has already is not trained again. When it ends, `ending` says
   * why.
   */
  async *search({ signal, onEvent, maxTrials, maxTime }: SearchLimits = {}): AsyncGenerator<Generation, void, void> {
    const { seed, settings } = this.study.head;
    const timeout = maxTime === undefined ? undefined : AbortSignal.timeout(maxTime * 1000);
    const either = AbortSignal.any([signal, timeout].filter((one) => one !== undefined));
    const rng = random(seed);
    const recipe = searchRecipe(settings);
    this.#ending = undefined;
    this.#generations = [];
    const search = geneticSearch({
      ...operatorsOf(searchSettings(settings)),
      ...maxTrials !== undefined && { maxTrials },
      rng: rng.split("search"),
      signal: either,
      candidateOf: describeGenome,
      evaluate: async (candidates) => {
        const origin = { generation: this.#generations.length };
        const specs = candidates.map(({ expression: formula, genome, identity }) => {
          const seed = rng.seed("search trials");
          return { label: "search", formula, genome, identity, recipe, seed, test: false, origin };
        });
        return (await this.#run(specs, { signal: either, onEvent })).map(trialFitness);
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
   * images. Undefined when it was interrupted.
   */
  async finals({ signal, onEvent }: WatchOptions = {}): Promise<Finalist[] | undefined> {
    const { seed, settings } = this.study.head;
    const options = finalSettings(settings);
    if (options.finalists === 0) return [];
    const compared = contenders(this.study.trials(), options);
    const specs = finalTrials(compared, { seed, finalSeeds: options.finalSeeds, recipe: finalRecipe(settings) });
    const known = this.study.trials().length;
    try {
      const trials = await this.#run(specs, { signal, onEvent });
      if (this.study.trials().length > known) this.study.note(FINALS_NOTE, `${this.testUses + 1}`);
      return finalists(compared, trials);
    } catch (error) {
      if (signal?.aborted && !(error instanceof UserError)) return undefined;
      throw error;
    }
  }

  async #run(
    specs: Parameters<Study["run"]>[0],
    { signal, onEvent }: WatchOptions,
  ): Promise<readonly Trial[]> {
    const heard = (event: StudyEvent) => {
      this.#clock.hear(event);
      onEvent?.(event);
    };
    const options = { executor: this.executor, signal, onEvent: heard };
    const outcome = await this.#clock.evaluate(() => this.study.run(specs, options));
    if (outcome.kind === "aborted") signal?.throwIfAborted();
    return outcome.trials;
  }

  /** Ends the workers and closes the study. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.executor.close();
    this.study.close();
  }
}

/**
 * Opens a search: sets up what is missing (engine, images), makes the study or resumes it, starts the workers. Throws a
 * UserError where something cannot be had, or where an existing study was made with other settings (with the list of
 * differences).
 */
export async function openSearch(options: OpenSearchOptions): Promise<SearchExperiment> {
  const { study: name, folder, workers, log = () => {}, seed, engine, dataset: asked, signal, ...others } = options;
  const { onProgress = (progress: Progress) => progress.kind === "step" && log(progress.text), ...rest } = others;
  const request: SearchRequest = { ...rest, ...asked !== undefined && { dataset: datasetName(asked) } };
  const path = studyPath(folder, name);
  const recorded = recordedStudy(path);
  if (recorded?.settings.purpose !== undefined) {
    throw new UserError(`Cannot search in study ${path}: expected the study of a search, got one of an evaluation`);
  }
  const chosen = chooseEngine(engine ?? recorded?.settings.engine as string | undefined);
  const plannedSeed = seed ?? recorded?.seed ?? 1;
  const settingsWith = (own: Pick<Surroundings, "engineVersion" | "kernel">, made: Circumstances): JsonRecord => {
    const surroundings = { engine: chosen, splitSeed: plannedSeed, ...own };
    const samePreset = request.preset === undefined || request.preset === recorded?.settings.preset;
    if (!recorded || !samePreset) return planSettings(request, { ...surroundings, ...made });
    return { ...recorded.settings, ...withoutUndefined(request), ...surroundings } as JsonRecord;
  };
  const kernel = request.kernel ?? recorded?.settings.kernel !== false;
  // what is out of range is said before anything is set up
  const draftWith = (available?: Available) =>
    settingsWith({ engineVersion: "unknown", kernel }, { bfloat16: false, available });
  const { facts } = datasetSource(draftWith().dataset as string);
  const { imageSize } = draftWith({ facts });
  await prepare({ engine: chosen, log });
  signal?.throwIfAborted();
  const { counts, digest } = await inspectDataset(facts.name, { imageSize: imageSize as number, onProgress, signal });
  const draft = draftWith({ facts, counts });
  partSizes(counts, { train: draft.trainImages as number, validation: draft.validationImages as number }); // or throws
  signal?.throwIfAborted();
  const threads = draft.threads as number;
  const count = workers ?? defaultWorkers(threads);
  log(`starting ${counted(count, "worker")}`);
  const { pool, engine: info } = await startWorkers({ workers: count, engine: chosen, threads, kernel });
  if (kernel && chosen === "tensorflow" && !info.kernel) {
    log("activations are computed by several operations of TensorFlow, more slowly: `deno task setup` says why");
  }
  try {
    const { version, device, kernel, bfloat16 } = info;
    const own = { engineVersion: `${version} ${device}`, kernel };
    const settings = settingsWith(own, { bfloat16, available: { facts, counts } });
    const plan = { name, seed: plannedSeed, settings: { ...settings, dataDigest: digest } };
    return new SearchExperiment(resumeStudy(plan, { path }), pool, info);
  } catch (error) {
    await pool.close();
    throw error;
  }
}
