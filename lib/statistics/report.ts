/**
 * What follows from a comparison and what does not, in words. It claims no more than the tests allow: pairs only after a
 * difference of all functions, and never that functions are equal.
 *
 * @module
 */
import type { Comparison } from "./comparison.ts";
import { FEW_CASES, findsDifference, type FriedmanResult } from "./friedman.ts";
import { pValueText } from "./p_value_text.ts";

/** `a, b and c`. */
function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? "" : "s"}`;

const equals = (text: string) => text.startsWith("<") ? text : `= ${text}`;

const statistic = (value: number) => value === Infinity ? "∞" : value < 1000 ? value.toPrecision(3) : value.toFixed(0);

/** The statistics that decide: of few cases Friedman's too. */
function statisticsText(result: FriedmanResult): string {
  const { cases, chiSquared, pValue, imanDavenport, degreesOfFreedom, denominatorDegreesOfFreedom } = result;
  return [
    ...cases < FEW_CASES ? [`χ²(${degreesOfFreedom}) = ${statistic(chiSquared)}, p ${equals(pValueText(pValue))}`] : [],
    `F(${degreesOfFreedom}, ${denominatorDegreesOfFreedom}) = ${statistic(imanDavenport.f)}, ` +
    `p ${equals(pValueText(imanDavenport.pValue))}`,
  ].join("; ");
}

function setting({ functions, friedman, better, unit, dropped }: Comparison): string[] {
  const named = dropped.length > 10 ? "" : ` (${dropped.join("; ")})`;
  return [
    `${functions.length} functions were ranked in ${counted(friedman.cases, unit)} by their scores, ` +
    `of which ${better} ones are better; rank 1 is the best.`,
    ...dropped.length > 0
      ? [
        `${counted(dropped.length, unit)}${named} ${
          dropped.length === 1 ? "was" : "were"
        } left out because a score is missing: ` +
        `if it is missing because of the function, as after a training that diverged, that favours the function.`,
      ]
      : [],
  ];
}

function overall({ friedman, differ, alpha }: Comparison): string {
  const form = friedman.cases < FEW_CASES ? "and" : "in";
  const test = `Friedman's test ${form} Iman and Davenport's form, corrected for ties (${statisticsText(friedman)})`;
  return differ
    ? `${test}, ${
      friedman.cases < FEW_CASES ? "both find" : "finds"
    } at the level ${alpha} that the functions do not all rank alike ` +
      `(Kendall's W = ${friedman.kendallW.toPrecision(2)}: 0 where cases disagree, 1 where all give one order).`
    : `${test}, ${
      friedman.cases < FEW_CASES ? "do not both find a" : "finds no"
    } difference at the level ${alpha}. So no function may be called better than another, whatever ` +
      `the order of the mean ranks and the p-values of single pairs; nor does it follow that the functions are equal.`;
}

/** Which pairs differ by Nemenyi's test, and which function is the best, as far as that can be said. */
function pairsText({ functions, pairs, criticalDifference, groups }: Comparison): string[] {
  const apart = pairs.filter(({ difference }) => difference >= criticalDifference);
  const test = `Nemenyi's test of all pairs (critical difference ${criticalDifference.toPrecision(3)})`;
  if (apart.length === 0) {
    return [`${test} finds no pair that differs: the scores do not say which functions make the difference.`];
  }
  const better = functions.map(({ name }) => ({
    name,
    than: apart.filter(({ first }) => first === name).map(({ second }) => second),
  })).filter(({ than }) => than.length > 0);
  const best = functions.filter(({ meanRank }) => meanRank === functions[0].meanRank).map(({ name }) => name);
  const [first] = functions;
  const rivals = pairs.filter((pair) => pair.first === first.name && pair.difference < criticalDifference)
    .map(({ second }) => second);
  return [
    apart.length > 30
      ? `${test} finds that ${apart.length} of ${pairs.length} pairs differ, which the table lists.`
      : `${test} finds that ${better.map(({ name, than }) => `${name} ranks better than ${listed(than)}`).join("; ")}.`,
    best.length > 1
      ? `${listed(best)} share the best mean rank.`
      : rivals.length > 0
      ? `${first.name} has the best mean rank (${first.meanRank.toFixed(2)}), ` +
        `but is not shown to rank better than ${listed(rivals)}.`
      : `${first.name} ranks better than every other function.`,
    ...groups.length > 0
      ? [
        `Not shown to differ, which does not mean equal: ` +
        `${groups.length > 8 ? `the ${groups.length} groups of the table` : groups.map(listed).join("; ")}. ` +
        `What Nemenyi's test says of a pair depends on which other functions are compared.`,
      ]
      : [],
  ];
}

function controlText({ control, alpha }: Comparison): string[] {
  if (control === undefined) return [];
  const different = control.functions.filter(({ holm }) => holm < alpha);
  const names = (sign: number) => different.filter(({ z }) => sign * z > 0).map(({ name }) => name);
  const alike = control.functions.filter((one) => !different.includes(one)).map(({ name }) => name);
  const found = [
    ...names(1).length > 0 ? [`${listed(names(1))} ranks better`.replace(/( and .*) ranks/, "$1 rank")] : [],
    ...names(-1).length > 0 ? [`${listed(names(-1))} ranks worse`.replace(/( and .*) ranks/, "$1 rank")] : [],
  ];
  return [
    `Against ${control.name}, Holm's procedure finds ` +
    (found.length > 0 ? `that ${found.join(", and ")}` : "no function that differs") +
    (alike.length > 0 && found.length > 0 ? `; no difference is shown for ${listed(alike)}.` : "."),
    `That holds only if ${control.name} was chosen as the control before these scores were seen.`,
  ];
}

function bayesianText({ control, differ }: Comparison): string[] {
  if (control?.rope === undefined) return [];
  if (!differ) return ["The probabilities of the Bayesian signed-rank test stand in the table; they do not undo that."];
  const claims = control.functions.flatMap(({ name, bayesian }) => {
    const { better, equivalent, worse } = bayesian!;
    const says = better > 0.95
      ? "better"
      : equivalent > 0.95
      ? "practically equivalent"
      : worse > 0.95
      ? "worse"
      : undefined;
    return says ? [`${name} is ${says}`] : [];
  });
  return [
    `The Bayesian signed-rank test with a region of ±${control.rope} gives more than 95 % to ` +
    (claims.length > 0 ? `this: ${claims.join("; ")} (beside ${control.name}).` : "no statement.") +
    " Its probabilities take cases as independent, and are not adjusted for the number of comparisons.",
  ];
}

function datasetPairs(groups: readonly (readonly string[])[]): string {
  return groups.length === 0
    ? "Nemenyi's test of these ranks finds that all pairs differ."
    : `Nemenyi's test of these ranks does not show these to differ: ${groups.map(listed).join("; ")}.`;
}

function independence({ byDataset, control, differ, alpha, unit, friedman, cases }: Comparison): string[] {
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
  const { datasets, friedman: sets, groups } = byDataset;
  const shared = `The ${friedman.cases} cases come from ${counted(datasets.length, "data set")}. ` +
    "Cases that share a data set are not independent, but count as such above, so those p-values may be too small.";
  if (sets === undefined) return [shared, "With one data set nothing can be said about others."];
  const found = findsDifference(sets, alpha);
  const few = sets.cases < FEW_CASES ? `, though with ${sets.cases} data sets it would miss much` : "";
  return [
    shared,
    `With each data set counted once, by its average ranks, the test ` +
    `${found ? "finds a difference" : "finds none"} (${statisticsText(sets)})${found ? "" : few}` +
    (found && differ
      ? `. ${control ? "Against the control only cases were tested." : datasetPairs(groups!)}`
      : found === differ
      ? "."
      : found
      ? ": as the two tests disagree, no difference is claimed."
      : ": what is said above about functions that differ stands only if cases are independent after all."),
  ];
}

function limits({ friedman, differ, unit }: Comparison): string[] {
  return [
    ...friedman.cases < FEW_CASES
      ? [`With as few as ${counted(friedman.cases, unit)} the p-values are rough, and differences are easily missed.`]
      : [],
    ...differ ? ["Mean ranks say how often a function does better, not by how much."] : [],
  ];
}

/**
 * A paragraph that says what follows from a comparison and what does not. Where Friedman's test finds no difference it
 * names no pair, even if a test of pairs would.
 */
export function comparisonText(comparison: Comparison): string {
  const { differ, control } = comparison;
  return [
    ...setting(comparison),
    overall(comparison),
    ...differ ? control ? controlText(comparison) : pairsText(comparison) : [],
    ...bayesianText(comparison),
    ...independence(comparison),
    ...limits(comparison),
  ].join(" ");
}
