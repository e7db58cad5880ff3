/**
 * The critical-difference diagram of a comparison. It computes no test and draws nothing itself.
 *
 * @module
 */
import type { Comparison } from "../statistics/comparison.ts";
import { type CriticalDifferenceOptions, criticalDifferencePlot } from "./critical_difference.ts";

/**
 * Draws the mean ranks of a comparison as SVG text, with a bar over the functions of each of its groups: of those that
 * Nemenyi's test does not tell apart, or of all functions where Friedman's test finds no difference.
 */
export function comparisonDiagram(
  { functions, groups, criticalDifference, alpha }: Comparison,
  options: Omit<CriticalDifferenceOptions, "alpha"> = {},
): Promise<string> {
  const names = functions.map(({ name }) => name);
  return criticalDifferencePlot({
    names,
    meanRanks: functions.map(({ meanRank }) => meanRank),
    criticalDifference,
    groups: groups.map((group) => group.map((name) => names.indexOf(name))),
  }, { ...options, alpha });
}
