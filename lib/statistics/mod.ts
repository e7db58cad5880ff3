/**
 * Statistics of functions in cases. `rankCases` ranks scores; the tests of mean ranks take its ranks, the tests of pairs
 * take scores, and `compareFunctions` does all of them on a table with names.
 *
 * @module
 */
export { bonferroni, hochberg, holm } from "./adjust.ts";
export { type BayesianOptions, type BayesianResult, bayesianSignedRank, type Regions } from "./bayesian_signed_rank.ts";
export { type Interval, type IntervalOptions, meanRankIntervals } from "./bootstrap.ts";
export {
  type Apart,
  type CaseWinners,
  compareFunctions,
  type CompareOptions,
  type Comparison,
  type ControlledFunction,
  type ControlSummary,
  type DatasetComparison,
  type Effect,
  FEWEST_CLUSTERS,
  type IntervalMethod,
  type PairSummary,
  type RankedFunction,
} from "./comparison.ts";
export { type BestComparison, compareBest, type TrainedFunction } from "./compare_best.ts";
export { compareWithEach, type EachComparison, type EachDifference, type SeededScores } from "./compare_with_each.ts";
export { compareWithControl, type ControlComparison, type ControlOptions, type ControlResult } from "./control.ts";
export { type DatasetRanks, datasetRanks } from "./dataset_ranks.ts";
export { equalScores, mergeEqualScores } from "./equal_scores.ts";
export { FEW_CASES, friedman, type FriedmanResult, type FriedmanStatistics } from "./friedman.ts";
export { nemenyi, type NemenyiOptions, type NemenyiResult } from "./nemenyi.ts";
export { type CaseRanks, meanRanks, rankCases, type RankingOptions, type Ranks } from "./rank_cases.ts";
export { ranks } from "./ranks.ts";
export {
  type Better,
  type Cell,
  MissingScoresError,
  type PartialScore,
  type Scores,
  type ScoreTable,
} from "./scores.ts";
export { signTest, type SignTestOptions, type SignTestResult } from "./signs.ts";
export { spearman } from "./spearman.ts";
export { mean, median, standardDeviation } from "./summary.ts";
export {
  type Alternative,
  type WilcoxonOptions,
  type WilcoxonResult,
  wilcoxonSignedRank,
  type Zeros,
} from "./wilcoxon.ts";
export { type Wins, wins } from "./wins.ts";
