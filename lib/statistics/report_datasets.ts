/**
 * What of a comparison is left where cases are not independent, in words.
 *
 * @module
 */
import { counted } from "../counted.ts";
import type { Comparison } from "./comparison.ts";
import { FEW_CASES, findsDifference } from "./friedman.ts";
import { listed } from "./listed.ts";
import { MOST_PAIRS, pairsApart, ranksBetter, statisticsText } from "./report_words.ts";

/** Which pairs of cases differ with each data set counted once too. */
function datasetPairs(comparison: Comparison): string {
  const claimed = pairsApart(comparison);
  if (claimed.length === 0) return "";
  const { apart } = comparison.byDataset!;
  const kept = claimed.filter(({ first, second }) => apart.some((one) => one.first === first && one.second === second));
  const test = "Nemenyi's test of these ranks";
  if (kept.length === claimed.length) return ` ${test} finds the same of every pair named above.`;
  if (kept.length === 0) {
    return ` ${test} finds none of the pairs named above: they stand only if the cases are independent.`;
  }
  const pairs = kept.length > MOST_PAIRS ? `${kept.length} of ${claimed.length} pairs differ` : ranksBetter(kept);
  return ` ${test} finds this too: ${pairs}. What else is said of pairs above stands only if the cases are independent.`;
}

/** Which functions differ from the control with each data set counted once too. */
function datasetControl({ control, byDataset, alpha }: Comparison): string {
  const claimed = control!.functions.filter(({ holm }) => holm < alpha);
  if (claimed.length === 0) return "";
  const kept = claimed.filter(({ name, z }) =>
    byDataset!.control!.functions.some((one) => one.name === name && one.holm < alpha && one.z * z > 0)
  );
  const test = "Holm's procedure on these ranks";
  if (kept.length === claimed.length) return ` ${test} finds the same differences from ${control!.name}.`;
  const others = "stand only if the cases are independent";
  return kept.length === 0
    ? ` ${test} finds no difference from ${control!.name}: those named above ${others}.`
    : ` ${test} finds the same of ${listed(kept.map(({ name }) => name))}; the other differences ${others}.`;
}

/** Whether what was said of cases holds with each data set counted once too, and of which pairs. */
export function independence(comparison: Comparison): string[] {
  const { byDataset, control, differ, alpha, unit, friedman, cases } = comparison;
  if (unit === "seed") {
    return [
      "The rows are seeds, repeated trainings of one network on one data set: what is found holds for that network, " +
      "data set and budget, and says nothing about others.",
    ];
  }
  if (byDataset === undefined) {
    return cases.some(({ dataset }) => dataset !== undefined) ? [] : [
      "Cases count as independent here. Those that share a data set are not: name the data sets to see what is left " +
      "when each counts once.",
    ];
  }
  const { datasets, friedman: sets } = byDataset;
  const shared = `The ${friedman.cases} cases come from ${counted(datasets.length, "data set")}. ` +
    "Cases that share a data set are not independent, but count as such above, so those p-values may be too small.";
  if (sets === undefined) {
    return [
      shared,
      "With one data set nothing can be said about others" +
      (differ ? ", and what is said above stands only if the cases are independent." : "."),
    ];
  }
  const found = findsDifference(sets, alpha);
  const few = sets.cases < FEW_CASES ? `, though with ${sets.cases} data sets it would miss much` : "";
  return [
    shared,
    `With each data set counted once, by its average ranks, the test ` +
    `${found ? "finds a difference" : "finds none"} (${statisticsText(sets, { unit: "data set" })})${
      found ? "" : few
    }` +
    (found && differ
      ? `.${control ? datasetControl(comparison) : datasetPairs(comparison)}`
      : found === differ
      ? "."
      : found
      ? ": as the two tests disagree, no difference is claimed."
      : ": what is said above about functions that differ stands only if the cases are independent."),
  ];
}
