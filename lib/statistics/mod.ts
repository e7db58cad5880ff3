/**
 * The door of `statistics`: what other rooms, notebooks and commands import.
 *
 * @module
 */
export { bonferroni, hochberg, holm } from "./adjust.ts";
export { type BayesianOptions, type BayesianResult, bayesianSignedRank, type Regions } from "./bayesian_signed_rank.ts";
export { type Interval, type IntervalOptions, meanRankIntervals } from "./bootstrap.ts";
export {
  type CaseWinners,
  compareFunctions,
  type CompareOptions,
  type Comparison,
  type RankedFunction,
} from "./comparison.ts";
export type { ControlledFunction, ControlSummary } from "./comparison_control.ts";
export type { Apart, DatasetComparison } from "./comparison_datasets.ts";
export type { IntervalMethod } from "./comparison_intervals.ts";
export type { PairSummary } from "./comparison_pairs.ts";
export {
  COMPARISON_TABLES,
  type ComparisonTable,
  type ComparisonTableName,
  comparisonTables,
  SEARCHED_MARK,
} from "./comparison_tables.ts";
export { compareWithControl, type ControlComparison, type ControlOptions, type ControlResult } from "./control.ts";
export { type DatasetRanks, datasetRanks } from "./dataset_ranks.ts";
export { equalScores, mergeEqualScores } from "./equal_scores.ts";
export { friedman, type FriedmanResult, type FriedmanStatistics } from "./friedman.ts";
export { joined } from "./listed.ts";
export { nemenyi, type NemenyiOptions, type NemenyiResult } from "./nemenyi.ts";
export { pValueText } from "./p_value_text.ts";
export { type CaseRanks, rankCases } from "./rank_table.ts";
export { ranks } from "./ranks.ts";
export { comparisonText } from "./report.ts";
export type { PartialScore, ScoreTable } from "./score_table.ts";
export { type Better, type Cell, MissingScoresError, type RankingOptions, type Scores } from "./scores.ts";
export type { Zeros } from "./signed_ranks.ts";
export { significant } from "./significant.ts";
export { signTest, type SignTestOptions, type SignTestResult } from "./signs.ts";
export { spearman } from "./spearman.ts";
export { mean, standardDeviation } from "./summary.ts";
export { type Alternative, type WilcoxonOptions, type WilcoxonResult, wilcoxonSignedRank } from "./wilcoxon.ts";
export { type Wins, wins } from "./wins.ts";
