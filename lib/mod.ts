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
  simplify,
} from "./activation/mod.ts";
export { engine, type LayersModel, loadEngine } from "./engine/mod.ts";
export { activationLayer, buildNetwork, type NetworkOptions } from "./models/mod.ts";
export { type Dataset, datasetNames, loadDataset } from "./datasets/mod.ts";
export { type Outcome, train, type TrainOptions } from "./training/mod.ts";
export {
  ALL_GENES,
  bestSelection,
  crossover,
  type Fitness,
  geneDiversity,
  type Generation,
  geneticSearch,
  pointMutation,
  randomGenome,
  randomSearch,
  rankSelection,
} from "./search/mod.ts";
export { openStudy, type Study, type Trial } from "./study/mod.ts";
export {
  type Evaluation,
  openEvaluation,
  openSearch,
  type Search,
  searchAnswer,
  searchHistory,
  type SearchLimits,
} from "./experiment/mod.ts";
export { compareFunctions, friedman, rankCases, wilcoxonSignedRank } from "./statistics/mod.ts";
export {
  comparisonDiagram,
  curvesPlot,
  fitnessPlot,
  historyPlot,
  paretoPlot,
  rankPlot,
  trainingPlot,
} from "./plots/mod.ts";
export {
  bestRows,
  bestText,
  caseScoreRows,
  caseTable,
  compareTrainings,
  comparisonTables,
  comparisonText,
  dataFrame,
  evaluationAnswer,
  evaluationAnswerText,
  finalistsTable,
  paperTables,
  readTrainings,
  tableOf,
  type Training,
} from "./report/mod.ts";
export { exportActivation } from "./export/mod.ts";
export { interruptible, livePlot, trialProgress } from "./jupyter/mod.ts";
