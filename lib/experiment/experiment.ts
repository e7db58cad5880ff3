/**
 * What searches and evaluations share: a study on disk, workers that train, and a clock. Opening, running, interruption
 * and closing are here once; what asks for trials is in search.ts and evaluation.ts.
 *
 * @module
 */
import { counted } from "../counted.ts";
import type { Progress } from "../datasets/mod.ts";
import { chooseEngine, type EngineInfo, type EngineName } from "../engine/mod.ts";
import { PROJECT_FOLDER } from "../project.ts";
import {
  type Executor,
  type JsonRecord,
  newStudyName,
  openStudy,
  resumeStudy,
  type RunOptions,
  type Study,
  type StudyEvent,
  studyPath,
  type Trial,
  type TrialSpec,
} from "../study/mod.ts";
import { UserError } from "../user_error.ts";
import { Clock, type TimeSpent } from "./clock.ts";
import { checkWorkers, defaultWorkers, prepare, startWorkers } from "./workers.ts";

/** The folder of the studies where none is named. */
export const STUDIES_FOLDER = `${PROJECT_FOLDER}data/studies`;

/** Where a study is, and what trains. */
export interface ExperimentOptions {
  /** The study's name; an existing one is resumed (default: a new one, named after the time). */
  readonly study?: string;
  /** The folder of the studies (default: `data/studies` of the project). */
  readonly folder?: string;
  /** The engine (default: the study's, `AFOS_ENGINE`, or `tensorflow`). */
  readonly engine?: string;
  /** Processes that train at a time (default: one a core). It does not change any result. */
  readonly workers?: number;
  /** When aborted, the preparation ends by throwing the signal's reason. */
  readonly signal?: AbortSignal;
  /** Called with a line for each step of the preparation (default: nothing is said). */
  readonly log?: (line: string) => void;
  /** Called with what is being done while a data set is fetched (default: steps go to `log`). */
  readonly onProgress?: (progress: Progress) => void;
}

/** How a run is ended and watched: when the signal is aborted, what runs is cancelled, and the study can be resumed. */
export type WatchOptions = Pick<RunOptions, "signal" | "onEvent">;

/** What an existing study says of itself. */
export interface RecordedStudy {
  readonly seed: number;
  readonly settings: JsonRecord;
  readonly notes: ReadonlyMap<string, string>;
}

/** What an experiment is for; an evaluation's study says so in the setting `purpose`. */
export type Purpose = "search" | "evaluation";

/** An experiment, opened or resumed. Close it to end its workers and free its study. */
export class Experiment implements AsyncDisposable {
  readonly #clock: Clock;

  /** Tests give an executor of their own. */
  constructor(readonly study: Study, readonly executor: Executor, readonly engine: EngineInfo) {
    this.#clock = new Clock(executor.capacity);
  }

  /** Where the time of this process went. */
  get time(): TimeSpent {
    return this.#clock.spent();
  }

  /** Trains what the study has not; resolves to all trials asked for. Throws the signal's reason when it is aborted. */
  protected async train(
    specs: readonly TrialSpec[],
    { signal, onEvent }: WatchOptions,
  ): Promise<readonly Trial[]> {
    const options = {
      executor: this.executor,
      signal,
      onEvent: (event: StudyEvent) => {
        this.#clock.hear(event);
        onEvent?.(event);
      },
    };
    const outcome = await this.#clock.evaluate(() => this.study.run(specs, options));
    if (outcome.kind === "aborted") signal?.throwIfAborted();
    return outcome.trials;
  }

  /** Ends the workers and closes the study. */
  async close(): Promise<void> {
    await this.executor.close();
    this.study.close();
  }

  /** Ends the workers and closes the study. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

/** What a plan is made of, and with. */
export interface Opening {
  readonly recorded: RecordedStudy | undefined;
  readonly engine: EngineName;
  readonly folder: string;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: (progress: Progress) => void;
}

/** What is known before workers start, and what follows once they have. */
export interface Draft {
  /** Threads of one operation. */
  readonly threads: number;
  /** Whether activations are one operation of our own, where that is built. */
  readonly kernel: boolean;
  /** Seed and settings of the study on the engine that the workers have loaded. */
  readonly study: (engine: EngineInfo) => { readonly seed: number; readonly settings: JsonRecord };
}

/**
 * Opens an experiment: reads what its study has recorded, lets `plan` check the request and make the data ready, sets up
 * the engine, starts the workers, makes the study or resumes it. Throws a UserError where something cannot be had, or where
 * the study was made for something else or with other settings (with the list of differences).
 */
export async function openExperiment<D extends Draft>(
  options: ExperimentOptions,
  { purpose, plan }: { readonly purpose: Purpose; readonly plan: (opening: Opening) => Promise<D> },
): Promise<{ study: Study; executor: Executor; engine: EngineInfo; draft: D }> {
  const { folder = STUDIES_FOLDER, workers, log = () => {}, signal } = options;
  if (workers !== undefined) checkWorkers(workers);
  const { onProgress = (progress: Progress) => progress.kind === "step" && log(progress.text) } = options;
  const name = options.study ?? newStudyName(purpose, { folder });
  const path = studyPath(folder, name);
  const recorded = readRecorded(path);
  if (recorded && (recorded.settings.purpose ?? "search") !== purpose) {
    const [is, wanted] = purpose === "search" ? ["an evaluation", "search"] : ["a search", "evaluate"];
    throw new UserError(
      `Cannot ${wanted} in study ${path}: expected the study of ${
        purpose === "search" ? "a search" : "an evaluation"
      }, ` +
        `got one of ${is}`,
    );
  }
  const engine = chooseEngine(options.engine ?? recorded?.settings.engine as string | undefined);
  const draft = await plan({ recorded, engine, folder, signal, onProgress });
  signal?.throwIfAborted();
  await prepare({ engine, log });
  signal?.throwIfAborted();
  const { threads, kernel } = draft;
  const count = workers ?? defaultWorkers(threads);
  log(`starting ${counted(count, "worker")}`);
  const { pool, engine: info } = await startWorkers({ workers: count, engine, threads, kernel });
  if (kernel && engine === "tensorflow" && !info.kernel) {
    log("activations are computed by several operations of TensorFlow, more slowly: `deno task setup` says why");
  }
  try {
    return { study: resumeStudy({ name, ...draft.study(info) }, { path }), executor: pool, engine: info, draft };
  } catch (error) {
    await pool.close();
    throw error;
  }
}

/** What an existing study says of itself; undefined where there is none. */
function readRecorded(path: string): RecordedStudy | undefined {
  try {
    Deno.statSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw new UserError(`Cannot open study ${path}: ${(error as Error).message}`);
  }
  using study = openStudy(path, { access: "read" });
  const { seed, settings } = study.head;
  return { seed, settings, notes: study.notes() };
}

const SHARED = ["study", "folder", "engine", "workers", "signal", "log", "onProgress"] as const satisfies readonly (
  keyof ExperimentOptions
)[];

/** What options ask of a plan: those that have a value and are not every experiment's. */
export function requestOf<O extends ExperimentOptions>(options: O): Partial<Omit<O, keyof ExperimentOptions>> {
  const asked = Object.entries(options).filter(([name, value]) =>
    value !== undefined && !(SHARED as readonly string[]).includes(name)
  );
  return Object.fromEntries(asked) as Partial<Omit<O, keyof ExperimentOptions>>;
}
