/**
 * An evaluation as a user runs it: a study on disk, workers that train, learning rates for each function where they are
 * asked for, and the comparison. It puts the rooms together and computes nothing itself.
 *
 * @module
 */
import { counted } from "../counted.ts";
import { evaluationTrials, type GridTrial, tuningTrials } from "./grid.ts";
import type { Progress } from "../datasets/mod.ts";
import { chooseEngine, type EngineInfo } from "../engine/mod.ts";
import {
  type Executor,
  type JsonRecord,
  resumeStudy,
  type Study,
  studyPath,
  type Trial,
  trialKey,
} from "../study/mod.ts";
import { UserError } from "../user_error.ts";
import { Clock, type TimeSpent } from "./clock.ts";
import { type EvaluationPace, evaluationPace } from "./evaluation_pace.ts";
import { type EvaluationPlan, type EvaluationRequest, planEvaluation } from "./evaluation_plan.ts";
import { type EvaluationReport, type EvaluationResult, evaluationResults } from "./evaluation_results.ts";
import { comparedTrials, EVALUATION_PURPOSE, recordedRequest, REQUEST_NOTE, withSettings } from "./evaluation_study.ts";
import { prepare } from "./prepare.ts";
import { recordedStudy, type StudyOptions, type WatchOptions, withoutUndefined } from "./study_options.ts";
import { defaultWorkers, startWorkers } from "./workers.ts";

/** What {@linkcode openEvaluation} is asked for; what is not asked of an existing study is as it was asked for there. */
export interface OpenEvaluationOptions extends StudyOptions, EvaluationRequest {
  /** Threads of one operation, part of the settings (default: 1). */
  readonly threads?: number;
}

/** What an evaluation has to do, and how long what is left takes, unless the measuring was interrupted. */
export interface EvaluationWork extends Partial<EvaluationPace> {
  /** Trials that choose learning rates. */
  readonly tuningTrials: number;
  /** Trials that are compared. */
  readonly evaluationTrials: number;
  /** Trials of both that the study has already. */
  readonly ended: number;
}

/** Settings of every evaluation; those of a case are with its trials. */
const SHARED = { purpose: EVALUATION_PURPOSE, precision: "float32" } as const;

/** An evaluation, opened or resumed. Dispose of it to end its workers and free its study. */
export class Evaluation implements AsyncDisposable {
  /** What is compared where. */
  readonly plan: EvaluationPlan;
  #ended = false;
  readonly #clock: Clock;

  /** See {@linkcode openEvaluation}; tests give an executor of their own. */
  constructor(
    readonly study: Study,
    readonly executor: Executor,
    readonly options: { readonly plan: EvaluationPlan; readonly engine: EngineInfo },
  ) {
    this.plan = withSettings(options.plan, study.head.settings);
    this.#clock = new Clock(executor.capacity);
  }

  /** What computes. */
  get engine(): EngineInfo {
    return this.options.engine;
  }

  /** Where the time of this process went. */
  get time(): TimeSpent {
    return this.#clock.spent();
  }

  /** Counts what is to do, and measures how long it takes, a few steps for each case that the study has no trial of. */
  async estimate({ signal }: WatchOptions = {}): Promise<EvaluationWork> {
    const known = this.study.trials();
    const [tuning, compared] = [tuningTrials(this.plan), comparedTrials(this.plan, known)];
    const kept = new Set(known.map(trialKey));
    const left = [...tuning, ...compared].filter(({ spec }) => !kept.has(trialKey(spec)));
    const pace = await evaluationPace(left, { executor: this.executor, known, signal });
    const ended = tuning.length + compared.length - left.length;
    return { tuningTrials: tuning.length, evaluationTrials: compared.length, ended, ...pace };
  }

  /**
   * Chooses learning rates where that is asked for, then trains and measures every function in every case. What the study
   * has already is not trained again. Resolves to whether it ran to its end; `results` says what came of it.
   */
  async run({ signal, onEvent }: WatchOptions = {}): Promise<boolean> {
    this.#ended = false;
    const run = async (places: readonly GridTrial[]): Promise<readonly Trial[] | undefined> => {
      const outcome = await this.#clock.evaluate(() =>
        this.study.run(places.map(({ spec }) => spec), {
          executor: this.executor,
          signal,
          onEvent: (event) => {
            this.#clock.hear(event);
            onEvent?.(event);
          },
        })
      );
      return outcome.kind === "ended" ? outcome.trials : undefined;
    };
    const tuning = await run(tuningTrials(this.plan));
    const compared = tuning && await run(evaluationTrials(this.plan, tuning));
    return this.#ended = compared !== undefined;
  }

  /** The results of the comparison that there are until now. */
  results(): EvaluationResult[] {
    const trials = this.study.trials();
    return evaluationResults(comparedTrials(this.plan, trials), { trials, plan: this.plan });
  }

  /** The document of the evaluation. */
  report(): EvaluationReport {
    const { budget, seed, seeds, tuned, contestants, missing } = this.plan;
    return {
      study: this.study.head.name,
      ended: this.#ended,
      budget,
      seed,
      seeds,
      tuned,
      engine: this.engine,
      workers: this.executor.capacity,
      functions: Object.fromEntries(contestants.map(({ name, formula }) => [name, formula])),
      missing,
      results: this.results(),
      time: this.time,
    };
  }

  /** Ends the workers and closes the study. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.executor.close();
    this.study.close();
  }
}

/**
 * Opens an evaluation: reads the cases, makes data and engine ready, makes the study or resumes it, starts the workers.
 * Throws a UserError where something cannot be had, and where an existing study has another engine or is none of an
 * evaluation (with the list of differences).
 */
export async function openEvaluation(options: OpenEvaluationOptions): Promise<Evaluation> {
  const { study: name, folder, workers, log = () => {}, engine, threads, signal, ...others } = options;
  const { onProgress = (progress: Progress) => progress.kind === "step" && log(progress.text), ...asked } = others;
  const path = studyPath(folder, name);
  const recorded = recordedEvaluation(path);
  const request = { ...recorded?.request, ...withoutUndefined(asked) };
  const chosen = chooseEngine(engine ?? recorded?.settings.engine as string | undefined);
  const plan = await planEvaluation(request, { folder, onProgress, signal });
  await prepare({ engine: chosen, log });
  signal?.throwIfAborted();
  const count = threads ?? recorded?.settings.threads as number | undefined ?? 1;
  const processes = workers ?? defaultWorkers(count);
  log(`starting ${counted(processes, "worker")}`);
  const { pool, engine: info } = await startWorkers({
    workers: processes,
    engine: chosen,
    threads: count,
    kernel: recorded?.settings.kernel !== false,
  });
  try {
    const settings: JsonRecord = {
      ...SHARED,
      engine: chosen,
      engineVersion: `${info.version} ${info.device}`,
      threads: count,
      graph: chosen === "tensorflow",
      kernel: info.kernel,
    };
    const study = resumeStudy({ name, seed: plan.seed, settings }, { path });
    study.note(REQUEST_NOTE, JSON.stringify({ ...request, found: { ...request.found, ...plan.found } }));
    return new Evaluation(study, pool, { plan, engine: info });
  } catch (error) {
    await pool.close();
    throw error;
  }
}

/** Settings and request of an existing evaluation; undefined where there is none. */
function recordedEvaluation(path: string): { settings: JsonRecord; request: EvaluationRequest } | undefined {
  const recorded = recordedStudy(path);
  if (!recorded) return undefined;
  const { settings, notes } = recorded;
  if (settings.purpose !== SHARED.purpose) {
    throw new UserError(`Cannot evaluate in study ${path}: expected the study of an evaluation, got one of a search`);
  }
  return { settings, request: recordedRequest(notes) };
}
