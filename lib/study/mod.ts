/**
 * Studies: trials and their outcomes, kept as they end and run by an executor.
 *
 * @module
 */
export {
  type Attempt,
  type Execution,
  type ExecutionOptions,
  type Executor,
  InlineExecutor,
  type RunTrial,
} from "./executor.ts";
export { studyJson, trialsCsv } from "./export.ts";
export { canonicalJson, type JsonRecord } from "./json.ts";
export { LocalPool, type LocalPoolOptions } from "./local_pool.ts";
export type { WorkerCommand } from "./worker_process.ts";
export type { StudyHead, StudyStore } from "./store.ts";
export {
  createStudy,
  deleteStudy,
  forgetStudyName,
  latestStudy,
  listStudies,
  newStudyName,
  openStudy,
  picturePath,
  renameStudy,
  resumeStudy,
  studyPath,
  type StudyPlan,
  type StudySummary,
} from "./studies.ts";
export {
  type RunOptions,
  type RunOutcome,
  type RunProgress,
  Study,
  type StudyEvent,
  type TrialEvent,
} from "./study.ts";
export {
  type FailedOutcome,
  type StartedTrial,
  type Trial,
  TRIAL_STATUSES,
  trialFitness,
  type TrialJob,
  trialKey,
  type TrialOutcome,
  type TrialResult,
  trialScores,
  type TrialSpec,
  type TrialStatus,
} from "./trial.ts";
