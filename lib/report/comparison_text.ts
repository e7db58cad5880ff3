/**
 * What follows from a comparison and what does not, in words. What stands is said first. No more is claimed than the tests
 * allow: pairs only after a difference of all functions, and never that functions are equal.
 *
 * @module
 */
import { counted } from "../counted.ts";
import {
  type Apart,
  type Comparison,
  type DatasetComparison,
  FEW_CASES,
  FEWEST_CLUSTERS,
  type FriedmanResult,
} from "../statistics/mod.ts";
import { visibleText } from "../visible_text.ts";
import { listed, pValueText } from "./words.ts";

const equals = (text: string) => text.startsWith("<") ? text : `= ${text}`;

const statistic = (value: number) => value === Infinity ? "∞" : value < 1000 ? value.toPrecision(3) : value.toFixed(0);

/** Whether Friedman's test itself decides beside Iman and Davenport's form: of few cases, without an exact probability. */
const isRough = ({ cases, exactPValue }: FriedmanResult) => cases < FEW_CASES && exactPValue === undefined;

/** The statistics that decide: the exact probability where it is known, else F, and of few cases χ² too. */
function statisticsText(result: FriedmanResult, { unit }: { readonly unit: string }): string {
  const { cases, chiSquared, pValue, imanDavenport, degreesOfFreedom, denominatorDegreesOfFreedom } = result;
  const chi = `χ²(${degreesOfFreedom}) = ${statistic(chiSquared)}`;
  const f = `F(${degreesOfFreedom}, ${denominatorDegreesOfFreedom}) = ${statistic(imanDavenport.f)}`;
  if (result.exactPValue !== undefined) {
    const p = equals(pValueText(result.exactPValue));
    return imanDavenport.f === Infinity
      ? `${chi}, ${f}: all ${counted(cases, unit)} give one order, whose exact probability is p ${p}`
      : `${chi}, p ${p} by its exact distribution`;
  }
  const tested = `${f}, p ${equals(pValueText(imanDavenport.pValue))}`;
  return isRough(result) ? `${chi}, p ${equals(pValueText(pValue))}; ${tested}` : tested;
}

/** More pairs than these are left to the table. */
const MOST_PAIRS = 30;

/** `a and b rank better than c; c ranks better than d and e`, or how many pairs differ. */
function better(pairs: readonly Apart[], { columns }: Comparison): string {
  if (pairs.length > MOST_PAIRS) return `${pairs.length} pairs differ, which the table lists`;
  const verb = columns.length === 2 ? "score" : "rank";
  const rivals = [...Map.groupBy(pairs, ({ first }) => first)]
    .map(([name, than]) => ({ name, than: listed(than.map(({ second }) => second)) }));
  return [...Map.groupBy(rivals, ({ than }) => than)].map(([than, alike]) =>
    `${listed(alike.map(({ name }) => name))} ${verb}${alike.length > 1 ? "" : "s"} better than ${than}`
  ).join("; ");
}

/** What was compared, and what was left out. */
function setting({ functions, better, cases, unit, dropped }: Comparison): string {
  const named = dropped.length > 10 ? "" : ` (${dropped.join("; ")})`;
  const where = `${counted(cases.length, unit)} by their scores, of which ${better} ones are better`;
  return (functions.length === 2
    ? `2 functions were compared in ${where}.`
    : `${functions.length} functions were ranked in ${where}; rank 1 is the best.`) +
    (dropped.length === 0 ? "" : ` ${counted(dropped.length, unit)}${named} ${dropped.length === 1 ? "was" : "were"} ` +
      `left out because a score is missing: if it is missing because of the function, as after a training that diverged, ` +
      `that favours the function.`);
}

/** What of the pairs stands with each data set counted once too, and what only if cases are independent. */
function verdict(comparison: Comparison, { datasets, differ, apart }: DatasetComparison): string {
  const claimed = comparison.apart;
  const isKept = (pair: Apart) => apart.some(({ first, second }) => first === pair.first && second === pair.second);
  const kept = claimed.filter(isKept);
  const rest = claimed.filter((pair) => !isKept(pair));
  const stands = datasets.length < 2
    ? `What stands: nothing about other data sets, as all cases come from one, ${datasets[0].name}.`
    : kept.length > 0
    ? `What stands with each data set counted once: ${better(kept, comparison)}.`
    : differ
    ? "What stands with each data set counted once: the functions do not all rank alike, but no " +
      `${comparison.control ? `difference from ${comparison.control.name}` : "pair that differs"} is found.`
    : "With each data set counted once nothing is shown to differ.";
  const independent = "Only if the cases are independent, which those that share a data set are not,";
  return rest.length > 0
    ? `${stands} ${independent} this holds${kept.length > 0 ? " too" : ""}: ${better(rest, comparison)}.`
    : claimed.length === 0 && !differ
    ? `${stands} ${independent} do the functions differ at all.`
    : stands;
}

/** Friedman's test, or of two functions Wilcoxon's. */
function overall({ friedman, pairs: [pair], differ, apart, alpha, unit, byDataset }: Comparison): string {
  const asIndependent = differ && byDataset ? `With all cases taken as independent, ` : "";
  if (friedman === undefined) {
    const { method, statistic, pValue } = pair.wilcoxon;
    const p = `${method === "exact" ? "exact " : ""}p ${equals(pValueText(pValue))}`;
    const test = `${asIndependent}Wilcoxon's signed-rank test (T = ${statistic}, ${p})`;
    if (!differ) {
      return `${test} finds no difference at the level ${alpha}. So neither function may be ` +
        `called better than the other; nor does it follow that they are equal.`;
    }
    const [{ first, second }] = apart;
    const [wins, losses] = first === pair.first ? [pair.wins, pair.losses] : [pair.losses, pair.wins];
    return `${test} finds at the level ${alpha} that ${first} scores better than ${second}: it is better in ` +
      `${counted(wins, unit)}, worse in ${losses}, equal in ${pair.ties}.`;
  }
  const rough = isRough(friedman);
  const form = friedman.exactPValue !== undefined ? "" : ` ${rough ? "and" : "in"} Iman and Davenport's form`;
  const test = `${asIndependent}Friedman's test${form}, corrected for ties (${statisticsText(friedman, { unit })})`;
  return differ
    ? `${test}, ${rough ? "both find" : "finds"} at the level ${alpha} that the functions do not all rank alike ` +
      `(Kendall's W = ${friedman.kendallW.toPrecision(2)}: 0 where cases disagree, 1 where all give one order).`
    : `${test}, ${
      rough ? "do not both find a" : "finds no"
    } difference at the level ${alpha}. So no function may be called better than another, whatever ` +
      `the order of the mean ranks and the p-values of single pairs; nor does it follow that the functions are equal.`;
}

/** Which pairs differ by Nemenyi's test, and which function is the best, as far as that can be said. */
function pairsText(comparison: Comparison): string[] {
  const { functions, pairs, criticalDifference, groups, apart } = comparison;
  const test = `Nemenyi's test of all pairs (critical difference ${criticalDifference.toPrecision(3)})`;
  if (apart.length === 0) {
    return [`${test} finds no pair that differs: the scores do not say which functions make the difference.`];
  }
  const best = functions.filter(({ meanRank }) => meanRank === functions[0].meanRank).map(({ name }) => name);
  const [first] = functions;
  const rivals = pairs.filter((pair) => pair.first === first.name && pair.difference < criticalDifference)
    .map(({ second }) => second);
  return [
    apart.length > MOST_PAIRS
      ? `${test} finds that ${apart.length} of ${pairs.length} pairs differ, which the table lists.`
      : `${test} finds that ${better(apart, comparison)}.`,
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

function controlText({ control, apart }: Comparison): string[] {
  const { name, functions } = control!;
  const [above, below] = [
    apart.filter(({ second }) => second === name).map(({ first }) => first),
    apart.filter(({ first }) => first === name).map(({ second }) => second),
  ];
  const alike = functions.map(({ name }) => name).filter((one) => ![...above, ...below].includes(one));
  const say = (names: readonly string[], how: string) =>
    names.length > 0 ? [`${listed(names)} ${names.length > 1 ? "rank" : "ranks"} ${how}`] : [];
  const found = [...say(above, "better"), ...say(below, "worse")];
  return [
    `Against ${name}, Holm's procedure finds ` +
    (found.length > 0 ? `that ${found.join(", and ")}` : "no function that differs") +
    (alike.length > 0 && found.length > 0 ? `; no difference is shown for ${listed(alike)}.` : "."),
    `That holds only if ${name} was chosen as the control before these scores were seen.`,
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

/** What the test with each data set counted once finds, and with which statistics. */
function datasetTest({ friedman, wilcoxon, differ, datasets }: DatasetComparison): string {
  const few = differ || datasets.length >= FEW_CASES
    ? ""
    : `, though with ${datasets.length} data sets it would miss much`;
  const [by, statistics] = wilcoxon
    ? ["differences", `T = ${wilcoxon.statistic}, p ${equals(pValueText(wilcoxon.pValue))}`]
    : ["ranks", statisticsText(friedman!, { unit: "data set" })];
  return `With each data set counted once, by its average ${by}, the test finds ` +
    `${differ ? "a difference" : "none"} (${statistics})${few}`;
}

/** Whether what was said of cases holds with each data set counted once too. */
function independence({ byDataset, differ, unit, cases }: Comparison): string[] {
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
  const { datasets } = byDataset;
  const from = `The ${cases.length} cases come from ${counted(datasets.length, "data set")}.`;
  if (differ) {
    return datasets.length < 2 ? [] : [
      `${from} Cases that share a data set are not independent. ${datasetTest(byDataset)}.`,
    ];
  }
  const shared =
    `${from} Cases that share a data set are not independent, but count as such above, so those p-values may ` +
    "be too small.";
  return datasets.length < 2 ? [shared, "With one data set nothing can be said about others."] : [
    shared,
    datasetTest(byDataset) + (byDataset.differ ? ": as the two tests disagree, no difference is claimed." : "."),
  ];
}

/** Means over fewer seeds than others of their case. */
function partialText({ partial }: Comparison): string[] {
  if (partial.length === 0) return [];
  const names = partial.map((one) => `${one.function} in ${one.case} (${one.seeds} of ${one.of})`);
  const shown = names.length > 10 ? [...names.slice(0, 10), `and ${names.length - 10} more`] : names;
  return [
    `Some scores are means over fewer seeds than others of their case, and so are not quite comparable with them: ` +
    `${shown.join("; ")}.`,
  ];
}

/** Cases that were used to find one of the functions. */
function searchedText({ searched, cases }: Comparison): string[] {
  if (searched.length === 0) return [];
  const which = searched.length === cases.length
    ? "all cases"
    : searched.length > 10
    ? `${searched.length} of the ${cases.length} cases`
    : listed(searched);
  return [`One of the functions was searched on the data of ${which}, which may favour it there.`];
}

/** Why there are no intervals. */
function intervalText({ intervalMethod: { method, of, clusters }, unit }: Comparison): string[] {
  if (method === "bootstrap") return [];
  const count = counted(clusters, of === "cases" ? unit : "data set");
  return [
    `Mean ranks have no intervals here: with ${count} the bootstrap, which takes at least ${FEWEST_CLUSTERS}, ` +
    `would make them far too narrow.`,
  ];
}

/** `0.12 to 2.40`, or one number. */
function range(values: readonly number[], { fractions }: Comparison): string {
  const texts = [Math.min(...values), Math.max(...values)].map((value) =>
    fractions ? (100 * value).toFixed(2) : value.toPrecision(3)
  );
  return [...new Set(texts)].join(" to ");
}

/** By how much the pairs that differ do so: the effect beside the ranks. */
function effectText(comparison: Comparison): string[] {
  const { differ, apart, pairs, fractions, columns } = comparison;
  if (!differ) return [];
  const effects = apart.map(({ first, second }) => {
    const same = pairs.find((pair) => pair.first === first && pair.second === second);
    const { meanDifference, medianDifference } = same ??
      pairs.find((pair) => pair.first === second && pair.second === first)!;
    return same ? [meanDifference, medianDifference] : [-meanDifference, -medianDifference];
  });
  const [means, medians] = [0, 1].map((i) => range(effects.map((both) => both[i]), comparison));
  const amount = `${means}${fractions ? " points" : ""} on average (median ${medians})`;
  if (columns.length === 2) return [`The difference is ${amount}.`];
  const often = "Mean ranks say how often a function does better, not by how much";
  return [effects.length === 0 ? `${often}.` : `${often}: the scores of the pairs named differ by ${amount}.`];
}

/**
 * A paragraph that says what follows from a comparison and what does not. Where the functions are not shown to differ it
 * names no pair, even if a test of pairs would; where cases share data sets it says first which pairs stand with each data
 * set counted once.
 */
export function comparisonText(comparison: Comparison): string {
  const { differ, control, columns, cases, unit, byDataset } = comparison;
  const datasets = independence(comparison);
  const isTakenBack = differ && byDataset !== undefined;
  return [
    setting(comparison),
    ...isTakenBack ? [verdict(comparison, byDataset), ...datasets] : [],
    overall(comparison),
    ...differ && columns.length > 2 ? control ? controlText(comparison) : pairsText(comparison) : [],
    ...bayesianText(comparison),
    ...isTakenBack ? [] : datasets,
    ...partialText(comparison),
    ...searchedText(comparison),
    ...comparison.notes.map((note) => `${note}.`),
    ...intervalText(comparison),
    ...cases.length < FEW_CASES
      ? [`With as few as ${counted(cases.length, unit)} the p-values are rough, and differences are easily missed.`]
      : [],
    ...effectText(comparison),
  ].map(visibleText).join(" ");
}
