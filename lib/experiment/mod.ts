/**
 * Searches and evaluations as users run them: stored, parallel, resumable.
 *
 * @module
 */
export {
  type BudgetName,
  BUDGETS,
  type Case,
  type CaseRecipe,
  type CaseSelection,
  casesOn,
  selectCases,
} from "./cases.ts";
export { Clock, type TimeSpent } from "./clock.ts";
export { type Contestant, contestant, DEFAULT_FUNCTIONS, distinct, splitList } from "./contestant.ts";
export {
  Evaluation,
  type EvaluationEstimate,
  openEvaluation,
  type OpenEvaluationOptions,
  type TrainingCurve,
} from "./evaluation.ts";
export {
  CASES_FILE,
  casesOf,
  type EvaluationPlan,
  type EvaluationRequest,
  evaluationRequestSchema,
  type MissingCase,
  SEEDS,
} from "./evaluation_plan.ts";
export {
  EVALUATION_COLUMNS,
  type EvaluationReport,
  type EvaluationResult,
  evaluationTable,
} from "./evaluation_results.ts";
export { isEvaluation, type RecordedResults, recordedResults } from "./evaluation_study.ts";
export { Experiment, type ExperimentOptions, STUDIES_FOLDER, type WatchOptions } from "./experiment.ts";
export { dataRecord } from "./data_conditions.ts";
export { FINAL_MEASURES, type FinalMeasure, finalScores } from "./final_scores.ts";
export type { Contender, Finalist } from "./finals.ts";
export { type Grid, type GridCase, type GridTrial, gridTrials } from "./grid.ts";
export { readCases, type ReadCasesOptions } from "./read_cases.ts";
export { RunFacts, type RunFactsOptions } from "./run_facts.ts";
export {
  openSearch,
  type OpenSearchOptions,
  Search,
  type SearchEnding,
  type SearchEstimate,
  type SearchLimits,
} from "./search.ts";
export {
  type BestFunction,
  type ComparedFunction,
  type Failure,
  searchAnswer,
  searchHistory,
  type SearchReport,
  type Spread,
} from "./search_report.ts";
export {
  type ComparisonSettings,
  planSearch,
  searchRecipe,
  searchRecipes,
  type SearchRequest,
  searchRequestSchema,
} from "./search_settings.ts";
export { defaultWorkers, prepare } from "./workers.ts";
