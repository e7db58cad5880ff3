/**
 * The door of `plots`: what other rooms, notebooks and commands import.
 *
 * @module
 */
export { fitnessPlot, type FitnessPlotOptions, type SeededFitness } from "./comparison.ts";
export { comparisonDiagram } from "./comparison_diagram.ts";
export { type CriticalDifferenceOptions, criticalDifferencePlot, type MeanRanks } from "./critical_difference.ts";
export { type Curve, type CurvesOptions, curvesPlot } from "./curves.ts";
export { type Display, htmlDisplay, JUPYTER_DISPLAY, svgDisplay } from "./display.ts";
export { type Baseline, type HistoryGeneration, type HistoryOptions, historyPlot } from "./history.ts";
export type { Theme } from "./palette.ts";
export { type CostPoint, paretoFront, type ParetoOptions, paretoPlot } from "./pareto.ts";
export { rankPlot, type RankPlotOptions, type RankTable } from "./ranks.ts";
export { savePlot } from "./save.ts";
export { type TrainingEpoch, trainingPlot, type TrainingRun } from "./training.ts";
