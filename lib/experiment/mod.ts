/**
 * The door of `experiment`: what other rooms, notebooks and commands import.
 *
 * @module
 */
export { type Budget, budgets } from "./budget.ts";
export { describeGenome } from "./candidate.ts";
export { Clock, type TimeSpent } from "./clock.ts";
export { Evaluation, type EvaluationWork, openEvaluation, type OpenEvaluationOptions } from "./evaluation.ts";
export type { EvaluationPace } from "./evaluation_pace.ts";
export {
  CASES_FILE,
  casesOf,
  type EvaluationPlan,
  type EvaluationRequest,
  type MissingCase,
} from "./evaluation_plan.ts";
export {
  EVALUATION_COLUMNS,
  type EvaluationReport,
  type EvaluationResult,
  evaluationTable,
} from "./evaluation_results.ts";
export { isEvaluation, type RecordedResults, recordedResults } from "./evaluation_study.ts";
export {
  openSearch,
  type OpenSearchOptions,
  type SearchEnding,
  SearchExperiment,
  type SearchLimits,
} from "./experiment.ts";
export { FINAL_MEASURES, type FinalMeasure, finalScores } from "./final_scores.ts";
export type { Contender, Finalist } from "./finals.ts";
export type { Estimate } from "./pace.ts";
export { searchRecipe, type SearchRequest } from "./plan.ts";
export { prepare } from "./prepare.ts";
export {
  type BestFunction,
  bestFunctions,
  type ComparedFunction,
  type SearchReport,
  searchReport,
  type Spread,
} from "./report.ts";
export type { StudyOptions, WatchOptions } from "./study_options.ts";
export { defaultWorkers } from "./workers.ts";
export { type BudgetName, BUDGETS, type Case, type CaseRecipe } from "./case.ts";
export { type Contestant, contestant, DEFAULT_FUNCTIONS, distinct, splitList } from "./contestant.ts";
export { evaluationTrials, type Grid, type GridCase, type GridTrial, tuningTrials } from "./grid.ts";
export { readCases, type ReadCasesOptions } from "./read_cases.ts";
export { type CaseSelection, casesOn, selectCases } from "./select.ts";
