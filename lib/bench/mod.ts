/**
 * Searches against tables of trained functions, without training.
 *
 * @module
 */
export {
  compareStrategies,
  type CompareStrategiesOptions,
  CONTESTANTS,
  type CurvePoint,
  type StrategyComparison,
  type StrategyFigures,
} from "./compare_strategies.ts";
export { createTable, type FitnessTable, type Play, playSearch, readTable } from "./tabular.ts";
export { TRUTH_FILE } from "./truth_table.ts";
