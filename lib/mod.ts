/**
 * What notebooks use, gathered from the rooms; each room's own door has more: `lib/search/mod.ts`, … Importing it loads
 * neither TensorFlow nor danfojs nor a plotting library; what needs one loads it when it is called.
 *
 * ```ts
 * import { type Fitness, geneticSearch, loadDataset, train } from "./mod.ts";
 *
 * const data = await loadDataset("fashion-mnist", { train: 320, validation: 100, imageSize: 14 });
 * const fitness: Fitness = (f) => train(f, { data, epochs: 1 }).then((outcome) => outcome.fitness);
 * for await (const { generation, best } of geneticSearch({ population: 4, generations: 2, seed: 1, fitness })) {
 *   console.log(generation, best.formula, best.fitness);
 * }
 * ```
 *
 * @module
 */
export { random } from "./random.ts";
export { PROJECT_FOLDER } from "./project.ts";
export { UserError } from "./user_error.ts";

export {
  activationTensor,
  catalog,
  CATALOG_NAMES,
  type CatalogName,
  decodeGenome,
  derivative,
  encodeGenome,
  evaluate,
  type Expression,
  format,
  identityKey,
  latex,
  type Limit,
  parse,
  properties,
  rejectionReason,
  resolveActivation,
  simplify,
} from "./activation/mod.ts";
export { engine, type LayersModel, loadEngine } from "./engine/mod.ts";
export { activationLayer, buildNetwork, NETWORK_NAMES, type NetworkOptions } from "./models/mod.ts";
export { type Dataset, datasetNames, loadDataset } from "./datasets/mod.ts";
export { type Outcome, type Recipe, train, type TrainOptions } from "./training/mod.ts";
export {
  ALL_GENES,
  bestSelection,
  crossover,
  type Fitness,
  geneDiversity,
  type Generation,
  geneticSearch,
  pointMutation,
  presets,
  randomGenome,
  randomSearch,
  rankSelection,
} from "./search/mod.ts";
export { createStudy, InlineExecutor, openStudy, type Study, studyPath, type Trial } from "./study/mod.ts";
export {
  type Evaluation,
  openEvaluation,
  openSearch,
  readCases,
  type Search,
  type SearchLimits,
} from "./experiment/mod.ts";
export {
  compareFunctions,
  friedman,
  mean,
  median,
  nemenyi,
  rankCases,
  ranks,
  standardDeviation,
  wilcoxonSignedRank,
} from "./statistics/mod.ts";
export {
  comparisonDiagram,
  criticalDifferencePlot,
  curvesPlot,
  fitnessPlot,
  historyPlot,
  paretoPlot,
  Plot,
  rankPlot,
  trainingPlot,
} from "./plots/mod.ts";
export {
  caseScoreRows,
  caseTable,
  compareTrainings,
  comparisonTables,
  comparisonText,
  dataFrame,
  finalistsTable,
  paperTables,
  readScores,
  readTrainings,
  tableOf,
  type Training,
  writeResults,
} from "./report/mod.ts";
export { exportActivation } from "./export/mod.ts";
export { interruptible, livePlot, progressLine } from "./jupyter/mod.ts";
