/**
 * The study of an evaluation as it lies on disk: how it is told from a search's, what was asked for, and what came of it.
 * It fetches nothing, loads no engine and trains nothing.
 *
 * @module
 */
import { gridTrials } from "./grid.ts";
import type { JsonRecord, Study } from "../study/mod.ts";
import { UserError } from "../user_error.ts";
import { type EvaluationPlan, type EvaluationRequest, type MissingCase, planEvaluation } from "./evaluation_plan.ts";
import { type EvaluationResult, evaluationResults } from "./evaluation_results.ts";

/** The setting `purpose` of an evaluation's study. */
export const EVALUATION_PURPOSE = "evaluation" as const;

/** The note of an evaluation's study that holds what was asked for. */
export const REQUEST_NOTE = "request";

/** Whether a study is that of an evaluation. */
export function isEvaluation({ head }: Pick<Study, "head">): boolean {
  return head.settings.purpose === EVALUATION_PURPOSE;
}

/** What was asked for, out of a study's notes. */
export function recordedRequest(notes: ReadonlyMap<string, string>): EvaluationRequest {
  return JSON.parse(notes.get(REQUEST_NOTE) ?? "{}");
}

/** The plan with the settings that a study's trials share in their recipes. */
export function withSettings(plan: EvaluationPlan, { purpose: _, ...settings }: JsonRecord): EvaluationPlan {
  return { ...plan, cases: plan.cases.map((one) => ({ ...one, conditions: { ...settings, ...one.conditions } })) };
}

/** What an evaluation's study holds. */
export interface RecordedResults {
  /** What came of each training that has ended, as `deno task evaluate --csv` writes it. */
  readonly results: readonly EvaluationResult[];
  /** Cases whose data are not here any more; what was trained on them cannot be told apart without them. */
  readonly missing: readonly MissingCase[];
}

/**
 * The results of an evaluation's study, which may still run or be broken off. `folder` is that of the studies. Throws a
 * UserError where nothing has ended, and as {@linkcode planEvaluation}.
 */
export async function recordedResults(
  study: Study,
  { folder }: { readonly folder: string },
): Promise<RecordedResults> {
  const planned = await planEvaluation(recordedRequest(study.notes()), { folder, fetch: false });
  const plan = withSettings(planned, study.head.settings);
  const results = evaluationResults(gridTrials(plan), { trials: study.trials(), plan });
  if (results.length === 0) {
    const { name } = study.head;
    throw new UserError(
      `Cannot compare functions of study ${name}: expected trainings that have ended, got none; ` +
        `run deno task evaluate --study ${JSON.stringify(name)}`,
    );
  }
  return { results, missing: plan.missing };
}
