/**
 * The door of `study`: what other rooms, notebooks and commands import.
 *
 * @module
 */
export type { Attempt, Execution, ExecutionOptions, Executor } from "./executor.ts";
export { studyJson, trialsCsv } from "./export.ts";
export { listStudies, type StudySummary } from "./list_studies.ts";
export { LocalPool } from "./local_pool.ts";
export type { Settings, SettingValue } from "./settings.ts";
export type { StudyHead, StudyStore } from "./store.ts";
export { type RunOutcome, Study } from "./study.ts";
export { createStudy, openStudy, resumeStudy, studyPath, type StudyPlan } from "./study_file.ts";
export type { RunOptions, RunProgress, StudyEvent, TrialEvent } from "./study_run.ts";
export {
  type CompleteOutcome,
  conditionsText,
  type DivergedOutcome,
  type EpochMetrics,
  type FailedOutcome,
  type StartedTrial,
  type StoppedOutcome,
  type TrainedOutcome,
  type Trial,
  TRIAL_KINDS,
  TRIAL_STATUSES,
  trialFitness,
  type TrialJob,
  trialKey,
  type TrialKind,
  type TrialOutcome,
  type TrialResult,
  type TrialScores,
  trialScores,
  type TrialSpec,
  type TrialStatus,
} from "./trial.ts";
