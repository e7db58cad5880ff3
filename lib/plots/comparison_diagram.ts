/**
 * The critical-difference diagram of a comparison. It computes no test and draws nothing itself.
 *
 * @module
 */
import type { Comparison } from "../statistics/mod.ts";
import { type CriticalDifferenceOptions, criticalDifferencePlot } from "./critical_difference.ts";

/**
 * Draws the mean ranks of a comparison as SVG text, with a bar over the functions of each of its groups: of those that
 * Nemenyi's test does not tell apart, or of all functions where Friedman's test finds no difference. Where it finds one
 * and the comparison has a control, a bar over the ranks that Bonferroni and Dunn's test does not tell from the
 * control's takes their place.
 */
export function comparisonDiagram(
  { functions, groups, criticalDifference, control, differ, alpha }: Comparison,
  options: Omit<CriticalDifferenceOptions, "alpha"> = {},
): Promise<string> {
  const names = functions.map(({ name }) => name);
  const meanRanks = functions.map(({ meanRank }) => meanRank);
  const bars = control !== undefined && differ
    ? { criticalDifference: control.criticalDifference, control: names.indexOf(control.name) }
    : { criticalDifference, groups: groups.map((group) => group.map((name) => names.indexOf(name))) };
  return criticalDifferencePlot({ names, meanRanks, ...bars }, { ...options, alpha });
}
