/**
 * The public door of the lab: everything that a notebook, a task or another project may use. Importing it loads neither
 * TensorFlow nor danfojs nor a plotting library; what needs one loads it when it is called.
 *
 * @module
 */
export { type Random, random } from "./random.ts";
export { cacheFolder, PROJECT_FOLDER } from "./project.ts";
export { UserError } from "./user_error.ts";

export type { Expression } from "./activation/expression.ts";
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
export { activationTensor } from "./activation/tensor.ts";

export { chooseEngine, type EngineName, ENGINES } from "./engine/choose.ts";
export { engineReport } from "./engine/report.ts";
export { installNative, type InstallOptions } from "./engine/install.ts";
export { isInstalled } from "./engine/native.ts";
export { engine, type EngineInfo, engineInfo, loadEngine, type TensorFlow } from "./engine/tensorflow.ts";

export { buildNetwork, NETWORK_NAMES } from "./models/catalog.ts";
export type { NetworkOptions } from "./models/network.ts";

export { datasetNames, datasetSource } from "./datasets/catalog.ts";
export type {
  Dataset,
  DatasetFacts,
  DatasetSource,
  FileState,
  ImagePool,
  Images,
  Part,
  Progress,
} from "./datasets/dataset.ts";
export { batches, type BatchOptions, type ImageBatch } from "./datasets/batches.ts";
export { datasetFolder, loadDataset, type LoadDatasetOptions } from "./datasets/load_dataset.ts";

export { type Epoch, type Score, scoreActivation, type ScoreOptions } from "./training/fitness.ts";
export type { TrainingSettings } from "./training/settings.ts";

export { studyJson, trialsCsv } from "./study/export.ts";
export { listStudies, type StudySummary } from "./study/list_studies.ts";
export { createStudy, openStudy, resumeStudy, studyPath, type StudyPlan } from "./study/study_file.ts";
export type { StudyEvent } from "./study/study_run.ts";
export type { Study } from "./study/study.ts";
export { type Trial, TRIAL_STATUSES, trialFitness, trialScores, type TrialStatus } from "./study/trial.ts";

export { type Generation, geneticSearch } from "./search/genetic.ts";
export { type PresetName, presets } from "./search/presets.ts";
export { randomSearch } from "./search/random_search.ts";

export { mean, standardDeviation } from "./statistics/summary.ts";
export { spearman } from "./statistics/spearman.ts";

export { type Curve, curvesPlot } from "./plots/curves.ts";
export { htmlDisplay, svgDisplay } from "./plots/display.ts";
export { historyPlot } from "./plots/history.ts";
export { trainingPlot } from "./plots/training.ts";

export { csvTable } from "./tables/csv_table.ts";
export { type DataFrame, dataFrame } from "./tables/data_frame.ts";
export { finalistsTable } from "./tables/finalists.ts";
export { htmlTable } from "./tables/html_table.ts";
export { markdownTable } from "./tables/markdown_table.ts";
export { textTable } from "./tables/text_table.ts";

export { budgets } from "./experiment/budget.ts";
export {
  type OpenOptions,
  openSearch,
  type SearchEnding,
  type SearchExperiment,
  type SearchLimits,
} from "./experiment/experiment.ts";
export type { Finalist } from "./experiment/finals.ts";
export { type Estimate } from "./experiment/pace.ts";
export { prepare } from "./experiment/prepare.ts";
export { bestFunctions, type SearchReport, searchReport } from "./experiment/report.ts";
export { defaultWorkers } from "./experiment/workers.ts";

export { progressLine } from "./jupyter/progress.ts";
export { runNotebooks } from "./jupyter/run_notebooks.ts";
