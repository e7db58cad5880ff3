/**
 * The critical-difference diagram of a comparison.
 *
 * @module
 */
import type { Comparison } from "../statistics/mod.ts";
import { type CriticalDifferenceOptions, criticalDifferencePlot } from "./critical_difference_plot.ts";
import type { Plot } from "./plot.ts";

/**
 * Draws the mean ranks of a comparison, with a bar over the functions of each of its groups: of those that
 * Nemenyi's test does not tell apart, or of all functions where Friedman's test finds no difference. Where it finds one
 * and the comparison has a control, a bar over the control and the functions that Holm's procedure does not tell from it
 * takes their place: the same as the comparison says in words. Throws a RangeError for a comparison of two functions, which
 * Wilcoxon's test decides.
 */
export function comparisonDiagram(
  { functions, groups, criticalDifference, control, differ, apart, alpha }: Comparison,
  options: Omit<CriticalDifferenceOptions, "alpha" | "test"> = {},
): Promise<Plot> {
  const names = functions.map(({ name }) => name);
  if (names.length < 3) {
    throw new RangeError(`Cannot plot critical differences: expected at least 3 functions, got ${names.length}`);
  }
  const meanRanks = functions.map(({ meanRank }) => meanRank);
  if (control !== undefined && differ) {
    const different = apart.flatMap(({ first, second }) => first === control.name ? [second] : [first]);
    const alike = [...names.keys()].filter((i) => !different.includes(names[i]));
    const result = { names, meanRanks, groups: [alike], control: names.indexOf(control.name) };
    return criticalDifferencePlot(result, { ...options, alpha, test: "Holm" });
  }
  const joined = groups.map((group) => group.map((name) => names.indexOf(name)));
  return criticalDifferencePlot({ names, meanRanks, criticalDifference, groups: joined }, { ...options, alpha });
}
