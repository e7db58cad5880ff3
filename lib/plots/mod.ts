/**
 * The door of `plots`: what other rooms, notebooks and commands import.
 *
 * @module
 */
export { fitnessPlot, type FitnessPlotOptions, type SeededFitness } from "./fitness_plot.ts";
export { comparisonDiagram } from "./comparison_diagram.ts";
export { type CriticalDifferenceOptions, criticalDifferencePlot, type MeanRanks } from "./critical_difference_plot.ts";
export { type Curve, type CurvesOptions, curvesPlot, type NamedCurve } from "./curves_plot.ts";
export { type Baseline, type HistoryGeneration, type HistoryOptions, historyPlot } from "./history_plot.ts";
export type { Theme } from "./palette.ts";
export { type CostPoint, paretoFront, type ParetoOptions, paretoPlot } from "./pareto_plot.ts";
export { rankPlot, type RankPlotOptions, type RankTable } from "./rank_plot.ts";
export { JUPYTER_DISPLAY, Plot } from "./plot.ts";
export { type SearchesCurve, searchesPlot, type SearchesPlotOptions, type SearchesPoint } from "./searches_plot.ts";
export { type TrainingEpoch, trainingPlot, type TrainingRun } from "./training_plot.ts";
