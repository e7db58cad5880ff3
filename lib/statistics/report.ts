/**
 * What follows from a comparison and what does not, in words. It claims no more than the tests allow: pairs only after a
 * difference of all functions, and never that functions are equal.
 *
 * @module
 */
import { counted } from "../counted.ts";
import type { Comparison } from "./comparison.ts";
import { FEWEST_CLUSTERS } from "./comparison_intervals.ts";
import { FEW_CASES } from "./friedman.ts";
import { listed } from "./listed.ts";
import { independence } from "./report_datasets.ts";
import { isRough, MOST_PAIRS, pairsApart, ranksBetter, statisticsText } from "./report_words.ts";

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
function searchedText({ searched, friedman: { cases } }: Comparison): string[] {
  if (searched.length === 0) return [];
  const which = searched.length === cases
    ? "all cases"
    : searched.length > 10
    ? `${searched.length} of the ${cases} cases`
    : listed(searched);
  return [`One of the functions was searched on the data of ${which}, which may favour it there.`];
}

/** Why there are no intervals, or which. */
function intervalText({ intervalMethod: { method, of, clusters }, unit }: Comparison): string[] {
  if (method === "bootstrap") return [];
  const count = counted(clusters, of === "cases" ? unit : "data set");
  return [
    method === "none"
      ? `Mean ranks have no intervals here: with ${count} the bootstrap, which takes at least ${FEWEST_CLUSTERS}, ` +
        `would make them far too narrow.`
      : `The intervals of mean ranks are the limit of the bootstrap, mean ± z·s/√n, which ${count} reach.`,
  ];
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

function overall({ friedman, differ, alpha, unit }: Comparison): string {
  const rough = isRough(friedman);
  const form = friedman.exactPValue !== undefined ? "" : ` ${rough ? "and" : "in"} Iman and Davenport's form`;
  const test = `Friedman's test${form}, corrected for ties (${statisticsText(friedman, { unit })})`;
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
  const { functions, pairs, criticalDifference, groups } = comparison;
  const apart = pairsApart(comparison);
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
      : `${test} finds that ${ranksBetter(apart)}.`,
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
    ...partialText(comparison),
    ...searchedText(comparison),
    ...intervalText(comparison),
    ...limits(comparison),
  ].join(" ");
}
