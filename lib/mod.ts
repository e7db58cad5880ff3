/**
 * The public door of the lab: everything that a notebook, a task or another project may use. Importing it loads neither
 * TensorFlow nor danfojs nor a plotting library; what needs one loads it when it is called.
 *
 * @module
 */
export { type Random, random } from "./random.ts";
export { cacheFolder, PROJECT_FOLDER } from "./project.ts";
export { UserError } from "./user_error.ts";

export type { Call, Constant, Expression, Variable } from "./activation/expression.ts";
export { parse } from "./activation/parse.ts";
export { format } from "./activation/format.ts";
export { latex } from "./activation/latex.ts";
export { evaluate } from "./activation/evaluate.ts";
export { derivative } from "./activation/derivative.ts";
export { simplify } from "./activation/simplify.ts";
export { identityKey } from "./activation/identity.ts";
export { catalog, CATALOG_NAMES, type CatalogName, resolveActivation } from "./activation/catalog.ts";
export { BINARY_CODES, decodeGenome, encodeGenome, isGenome, UNARY_CODES } from "./activation/genome.ts";
export * from "./activation/properties.ts";
export { activationTensor, type ActivationTensorOptions, type TensorFunction } from "./activation/tensor.ts";

export { chooseEngine, type EngineName, ENGINES } from "./engine/choose.ts";
export { type EngineReport, engineReport } from "./engine/report.ts";
export { installNative, type InstallOptions } from "./engine/install.ts";
export type { KernelState } from "./engine/kernel/state.ts";
export { isInstalled } from "./engine/native.ts";
export {
  engine,
  type EngineInfo,
  engineInfo,
  type LayersModel,
  loadEngine,
  type LoadOptions,
  type Tensor,
  type TensorFlow,
} from "./engine/tensorflow.ts";

export { buildNetwork, NETWORK_NAMES } from "./models/catalog.ts";
export { loadNetwork, type NetworkSource } from "./models/saved_network.ts";
export type { NetworkOptions } from "./models/network.ts";
export { activationLayer } from "./models/layers.ts";
export type { Layer } from "./models/own_layer.ts";
export { isNetworkPath, type NetworkBuilder, networkBuilder } from "./models/user_network.ts";

export { datasetName, datasetNames, datasetSource } from "./datasets/catalog.ts";
export type {
  Augmentation,
  Dataset,
  DatasetCounts,
  DatasetFacts,
  DatasetSource,
  FileState,
  ImagePool,
  ImageReader,
  Images,
  OpenDataset,
  OpenDatasetOptions,
  Part,
  PrepareOptions,
  Progress,
  SplitKind,
  StoredImages,
} from "./datasets/dataset.ts";
export { batches, type BatchOptions, type ImageBatch } from "./datasets/batches.ts";
export {
  countImages,
  datasetFolder,
  type DatasetSummary,
  inspectDataset,
  type InspectDatasetOptions,
  loadDataset,
  type LoadDatasetOptions,
} from "./datasets/load_dataset.ts";
export { type PartSizes, partSizes } from "./datasets/part_sizes.ts";

export { bestEpoch, type ValidatedEpoch } from "./training/best_epoch.ts";
export type { TrainingData } from "./training/dataset_trainer.ts";
export {
  evaluateActivation,
  type EvaluateActivationOptions,
  type EvaluationData,
} from "./training/evaluate_activation.ts";
export type { Epoch } from "./training/measured_epoch.ts";
export { type Score, scoreActivation, type ScoreOptions } from "./training/fitness.ts";
export { type Precision, PRECISIONS } from "./training/precision.ts";
export type { CommonSettings } from "./training/common_settings.ts";
export type { Recipe, RecipeSettings } from "./training/recipe.ts";
export { type ScheduleName, SCHEDULES } from "./training/schedule.ts";
export type { TrainingSettings } from "./training/settings.ts";

export { studyJson, trialsCsv } from "./study/export.ts";
export { listStudies, type StudySummary } from "./study/list_studies.ts";
export { createStudy, openStudy, resumeStudy, studyPath, type StudyPlan } from "./study/study_file.ts";
export type { Attempt, Execution, ExecutionOptions, Executor } from "./study/executor.ts";
export type { Settings, SettingValue } from "./study/settings.ts";
export type { StudyHead, StudyStore } from "./study/store.ts";
export type { RunOptions, RunProgress, StudyEvent, TrialEvent } from "./study/study_run.ts";
export type { RunOutcome, Study } from "./study/study.ts";
export {
  type CompleteOutcome,
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
  type TrialKind,
  type TrialOutcome,
  type TrialResult,
  type TrialScores,
  trialScores,
  type TrialSpec,
  type TrialStatus,
} from "./study/trial.ts";

export type { Counts, Description, Rejection } from "./search/gate.ts";
export { geneDiversity } from "./search/diversity.ts";
export type { Genes, Genome, Shape } from "./search/genes.ts";
export { type Ending, type Generation, type GeneticOptions, geneticSearch } from "./search/genetic.ts";
export type { Candidate, Individual, Origin } from "./search/individual.ts";
export type { Limits } from "./search/limits.ts";
export type { Operators } from "./search/breeding.ts";
export type { Crossover } from "./search/crossover.ts";
export type { Mutation } from "./search/mutation.ts";
export type { RandomGenome } from "./search/random_genome.ts";
export type { Selection } from "./search/selection.ts";
export { type PresetName, presets, type SearchSettings } from "./search/presets.ts";
export { randomSearch } from "./search/random_search.ts";

export { type BudgetName, BUDGETS, type Case, type CaseRecipe } from "./cases/case.ts";
export { type Contestant, contestant, DEFAULT_FUNCTIONS, splitList } from "./cases/contestant.ts";
export type { Grid, GridCase, GridTrial } from "./cases/grid.ts";
export { readCases, type ReadCasesOptions } from "./cases/read_cases.ts";
export { type CaseSelection, selectCases } from "./cases/select.ts";

export { mean, standardDeviation } from "./statistics/summary.ts";
export { ranks } from "./statistics/ranks.ts";
export { spearman } from "./statistics/spearman.ts";
export { type Better, type Cell, MissingScoresError, type RankingOptions, type Scores } from "./statistics/scores.ts";
export { type CaseRanks, rankCases } from "./statistics/rank_table.ts";
export { friedman, type FriedmanResult, type FriedmanStatistics } from "./statistics/friedman.ts";
export { nemenyi, type NemenyiOptions, type NemenyiResult } from "./statistics/nemenyi.ts";
export {
  compareWithControl,
  type ControlComparison,
  type ControlOptions,
  type ControlResult,
} from "./statistics/control.ts";
export { bonferroni, hochberg, holm } from "./statistics/adjust.ts";
export {
  type Alternative,
  type WilcoxonOptions,
  type WilcoxonResult,
  wilcoxonSignedRank,
} from "./statistics/wilcoxon.ts";
export type { Zeros } from "./statistics/signed_ranks.ts";
export { signTest, type SignTestOptions, type SignTestResult } from "./statistics/signs.ts";
export {
  type BayesianOptions,
  type BayesianResult,
  bayesianSignedRank,
  type Regions,
} from "./statistics/bayesian_signed_rank.ts";
export { type Interval, type IntervalOptions, meanRankIntervals } from "./statistics/bootstrap.ts";
export { type DatasetRanks, datasetRanks } from "./statistics/dataset_ranks.ts";
export { type Wins, wins } from "./statistics/wins.ts";
export {
  type CaseWinners,
  compareFunctions,
  type CompareOptions,
  type Comparison,
  type RankedFunction,
} from "./statistics/comparison.ts";
export type { PartialScore, ScoreTable } from "./statistics/score_table.ts";
export type { Apart, DatasetComparison } from "./statistics/comparison_datasets.ts";
export type { IntervalMethod } from "./statistics/comparison_intervals.ts";
export type { PairSummary } from "./statistics/comparison_pairs.ts";
export type { ControlledFunction, ControlSummary } from "./statistics/comparison_control.ts";
export {
  COMPARISON_TABLES,
  type ComparisonTable,
  type ComparisonTableName,
  comparisonTables,
  SEARCHED_MARK,
} from "./statistics/comparison_tables.ts";
export { comparisonText } from "./statistics/report.ts";
export { joined } from "./statistics/listed.ts";
export { pValueText } from "./statistics/p_value_text.ts";

export { fitnessPlot, type FitnessPlotOptions, type SeededFitness } from "./plots/comparison.ts";
export { comparisonDiagram } from "./plots/comparison_diagram.ts";
export { type CriticalDifferenceOptions, criticalDifferencePlot, type MeanRanks } from "./plots/critical_difference.ts";
export { type Curve, type CurvesOptions, curvesPlot } from "./plots/curves.ts";
export { type Display, htmlDisplay, JUPYTER_DISPLAY, svgDisplay } from "./plots/display.ts";
export { type Baseline, type HistoryGeneration, type HistoryOptions, historyPlot } from "./plots/history.ts";
export type { Theme } from "./plots/palette.ts";
export { type CostPoint, paretoFront, type ParetoOptions, paretoPlot } from "./plots/pareto.ts";
export { rankPlot, type RankPlotOptions, type RankTable } from "./plots/ranks.ts";
export { savePlot } from "./plots/save.ts";
export { type TrainingEpoch, trainingPlot, type TrainingRun } from "./plots/training.ts";

export type { CellValue, Table, TableOptions } from "./tables/cells.ts";
export { type CaseScore, caseScoreRows } from "./tables/case_scores.ts";
export {
  compareTrainings,
  PAPER_TABLES,
  paperFrame,
  type PaperTable,
  type PaperTableName,
  paperTables,
} from "./tables/paper_tables.ts";
export type { Published } from "./tables/published.ts";
export { type CaseTable, caseTable, readTrainings, type Training } from "./tables/trainings.ts";
export { csvTable } from "./tables/csv_table.ts";
export { type Danfo, type DataFrame, dataFrame, type Row } from "./tables/data_frame.ts";
export { type ComparisonFormat, type ComparisonFormatOptions, formatComparison } from "./tables/comparison_formats.ts";
export { type FinalistRow, type FinalistsOptions, finalistsTable } from "./tables/finalists.ts";
export { htmlTable } from "./tables/html_table.ts";
export { type LatexOptions, latexTable, latexText } from "./tables/latex_table.ts";
export { markdownTable } from "./tables/markdown_table.ts";
export type { ReadScoresOptions } from "./tables/csv_lines.ts";
export { readScores } from "./tables/read_scores.ts";
export { type TrainingFigures, trainingRows } from "./tables/training_rows.ts";
export { textTable } from "./tables/text_table.ts";

export { writeResults, type WriteResultsOptions } from "./results/write_results.ts";

export { EXPORT_TARGETS, exportActivation, type ExportOptions, type ExportTarget } from "./export/export_activation.ts";

export { type Budget, budgets } from "./experiment/budget.ts";
export type { TimeSpent } from "./experiment/clock.ts";
export {
  type Evaluation,
  type EvaluationWork,
  openEvaluation,
  type OpenEvaluationOptions,
} from "./experiment/evaluation.ts";
export type { EvaluationPace } from "./experiment/evaluation_pace.ts";
export {
  CASES_FILE,
  casesOf,
  type EvaluationPlan,
  type EvaluationRequest,
  type MissingCase,
} from "./experiment/evaluation_plan.ts";
export { isEvaluation, type RecordedResults, recordedResults } from "./experiment/evaluation_study.ts";
export {
  EVALUATION_COLUMNS,
  type EvaluationReport,
  type EvaluationResult,
  evaluationTable,
} from "./experiment/evaluation_results.ts";
export {
  openSearch,
  type OpenSearchOptions,
  type SearchEnding,
  type SearchExperiment,
  type SearchLimits,
} from "./experiment/experiment.ts";
export type { Contender, Finalist } from "./experiment/finals.ts";
export { FINAL_MEASURES, type FinalMeasure, finalScores } from "./experiment/final_scores.ts";
export { type Estimate } from "./experiment/pace.ts";
export type { SearchRequest } from "./experiment/plan.ts";
export type { StudyOptions, WatchOptions } from "./experiment/study_options.ts";
export { prepare } from "./experiment/prepare.ts";
export {
  type BestFunction,
  bestFunctions,
  type ComparedFunction,
  type SearchReport,
  searchReport,
  type Spread,
} from "./experiment/report.ts";
export { defaultWorkers } from "./experiment/workers.ts";

export type { NotebookOutcome } from "./jupyter/notebook.ts";
export { type Broadcast, type ProgressLine, progressLine, type ProgressOptions } from "./jupyter/progress.ts";
export { type LivePlot, livePlot } from "./jupyter/live_plot.ts";
export type { JupyterEnvironment } from "./jupyter/environment.ts";
export { openJupyter, type OpenJupyterOptions } from "./jupyter/open_jupyter.ts";
export { runNotebooks, type RunNotebooksOptions } from "./jupyter/run_notebooks.ts";
