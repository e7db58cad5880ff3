/**
 * An evaluation as a user runs it: the comparison of functions in cases.
 *
 * @module
 */
import { mean } from "../statistics/mod.ts";
import { canonicalJson, type Executor, type JsonRecord, type Study, type Trial, trialKey } from "../study/mod.ts";
import type { EngineInfo } from "../engine/mod.ts";
import { check } from "../schema.ts";
import { chosenEpochs, readRecipe } from "../training/mod.ts";
import {
  type EvaluationPlan,
  type EvaluationRequest,
  evaluationRequestSchema,
  planEvaluation,
} from "./evaluation_plan.ts";
import { type EvaluationReport, type EvaluationResult, evaluationResults } from "./evaluation_results.ts";
import { EVALUATION_PURPOSE, recordedRequest, REQUEST_NOTE, withSettings } from "./evaluation_study.ts";
import { Experiment, type ExperimentOptions, openExperiment, requestOf, type WatchOptions } from "./experiment.ts";
import { type GridTrial, gridTrials } from "./grid.ts";
import { measurePace, trialSeconds, type Unmeasured } from "./pace.ts";

/** What {@linkcode openEvaluation} is asked for; what is not asked of an existing study is as it was asked for there. */
export interface OpenEvaluationOptions extends ExperimentOptions, EvaluationRequest {
  /** Threads of one operation, part of the settings (default: 1). */
  readonly threads?: number;
}

/** What an evaluation has to do, and how long what is left takes. */
export interface EvaluationEstimate {
  /** Trials in all. */
  readonly trials: number;
  /** Trials that the study has already. */
  readonly ended: number;
  /**
   * Seconds on all workers, without the trials of the cases that could not be measured; functions that cost more or less
   * than EELU-2 change it. Undefined where measuring was interrupted.
   */
  readonly seconds?: number;
  /** Cases that could not be measured, and why. */
  readonly unmeasured?: readonly { readonly name: string; readonly reason: string }[];
}

/** Steps in which the pace of a case is measured. */
const PACE_STEPS = 3;

/** A training of a case, epoch by epoch. */
export interface TrainingCurve {
  /** The function's name. */
  readonly name: string;
  /** Seed of the training. */
  readonly seed: number;
  /** What was measured. */
  readonly epochs: Trial["epochs"];
}

/** An evaluation, opened or resumed, see {@linkcode openEvaluation}. Close it to end its workers and free its study. */
export class Evaluation extends Experiment {
  /** What is compared where. */
  readonly plan: EvaluationPlan;
  #ended = false;

  /** Tests give an executor of their own. */
  constructor(study: Study, executor: Executor, { plan, engine }: {
    readonly plan: EvaluationPlan;
    readonly engine: EngineInfo;
  }) {
    super(study, executor, engine);
    this.plan = withSettings(plan, study.head.settings);
  }

  /** Counts what is to do, and measures how long it takes, a few steps for each case that the study has no trial of. */
  async estimate({ signal }: WatchOptions = {}): Promise<EvaluationEstimate> {
    const known = this.study.trials();
    const all = gridTrials(this.plan);
    const kept = new Set(known.map(trialKey));
    const left = all.filter(({ spec }) => !kept.has(trialKey(spec)));
    const counts = { trials: all.length, ended: all.length - left.length };
    const unmeasured: { name: string; reason: string }[] = [];
    let sum = 0;
    for (const [gridCase, trials] of Map.groupBy(left, (trial) => trial.case)) {
      const seconds = await this.#trialSeconds(trials[0], { known, signal });
      if (typeof seconds === "number") sum += seconds * trials.length;
      else if (seconds.failure === undefined) return counts;
      else unmeasured.push({ name: gridCase.name, reason: seconds.failure });
    }
    return { ...counts, seconds: sum / this.executor.capacity, unmeasured };
  }

  /** Seconds of a trial of a case: the mean of those that the study has, or else measured by a few steps. */
  async #trialSeconds({ case: { images, recipe: { epochs } }, spec: { recipe } }: GridTrial, { known, signal }: {
    readonly known: readonly Trial[];
    readonly signal?: AbortSignal;
  }): Promise<number | Unmeasured> {
    const key = costKey(recipe);
    const times = known.filter(({ recipe, outcome }) => outcome.kind === "complete" && costKey(recipe) === key)
      .map(({ seconds }) => seconds);
    if (times.length > 0) return mean(times);
    const sizes = { trainImages: images.train, validationImages: images.validation, testImages: images.test };
    const whole = readRecipe({ ...recipe, ...sizes });
    const pace = await measurePace(whole, { executor: this.executor, steps: PACE_STEPS, signal });
    return "failure" in pace ? pace : trialSeconds(pace, { epochs, rates: whole.learningRates?.length, images });
  }

  /**
   * Trains and measures every function in every case. What the study has already is not trained again. Resolves to whether
   * it ran to its end; `results` says what came of it.
   */
  async run({ signal, onEvent }: WatchOptions = {}): Promise<boolean> {
    this.#ended = false;
    try {
      await this.train(gridTrials(this.plan).map(({ spec }) => spec), { signal, onEvent });
      return this.#ended = true;
    } catch (error) {
      if (signal?.aborted && error === signal.reason) return false;
      throw error;
    }
  }

  /** The results of the comparison that there are until now. */
  results(): EvaluationResult[] {
    return evaluationResults(gridTrials(this.plan), { trials: this.study.trials(), plan: this.plan });
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

  /** The trainings of a network's cases that have ended, epoch by epoch. */
  curves(network: string): TrainingCurve[] {
    const ended = new Map(this.study.trials().map((trial) => [trialKey(trial), trial]));
    return gridTrials(this.plan).flatMap(({ case: { network: own }, contestant, spec }) => {
      const trial = own === network ? ended.get(trialKey(spec)) : undefined;
      return trial ? [{ name: contestant.name, seed: trial.seed, epochs: chosenEpochs(trial) }] : [];
    });
  }
}

/** What decides how long a trial takes: all of its recipe but the learning rate. */
function costKey({ learningRate: _, ...conditions }: JsonRecord): string {
  return canonicalJson(conditions);
}

/**
 * Opens an evaluation: reads the cases, makes data and engine ready, makes the study or resumes it, starts the workers.
 * Throws a UserError where something cannot be had, and where an existing study has another engine or is none of an
 * evaluation (with the list of differences).
 */
export async function openEvaluation(options: OpenEvaluationOptions = {}): Promise<Evaluation> {
  const { threads, ...asked } = requestOf(options);
  check(evaluationRequestSchema, asked, { action: "Cannot evaluate" });
  const { study, executor, engine, draft } = await openExperiment(options, {
    purpose: EVALUATION_PURPOSE,
    async plan({ recorded, engine, folder, onProgress, signal }) {
      const request: EvaluationRequest = { ...recorded && recordedRequest(recorded.notes), ...asked };
      const plan = await planEvaluation(request, { folder, onProgress, signal });
      const count = threads ?? recorded?.settings.threads as number | undefined ?? 1;
      return {
        request,
        plan,
        threads: count,
        kernel: recorded?.settings.kernel !== false,
        study: ({ version, device, kernel }: EngineInfo) => ({
          seed: plan.seed,
          settings: {
            purpose: EVALUATION_PURPOSE,
            engine,
            engineVersion: `${version} ${device}`,
            threads: count,
            graph: engine === "tensorflow",
            kernel,
          },
        }),
      };
    },
  });
  const { request, plan } = draft;
  study.note(REQUEST_NOTE, JSON.stringify({ ...request, found: { ...request.found, ...plan.found } }));
  return new Evaluation(study, executor, { plan, engine });
}
