/**
 * The answer to the question of a search or an evaluation: whether the best function differs from the others.
 *
 * @module
 */
import { counted } from "../counted.ts";
import { type BestComparison, compareBest, compareFunctions, type Comparison } from "../statistics/mod.ts";
import { visibleText } from "../visible_text.ts";
import type { Row } from "./cells.ts";
import { comparisonText } from "./comparison_text.ts";
import { caseTable, type Training } from "./trainings.ts";
import { listed, pValueText } from "./words.ts";

const points = (share: number) => `${share < 0 ? "−" : "+"}${Math.abs(100 * share).toFixed(2)}`;

const from = (low: number, high: number) => `${points(low)} to ${points(high)}`;

/** A row for each of the others: differences of the test accuracy in points, interval and p-value. */
export function bestRows({ comparison: { others } }: BestComparison): Row[] {
  return others.map(({ name, meanDifference, least, greatest, interval, pValue }) => ({
    beside: name,
    "mean difference (points)": points(meanDifference),
    "least and greatest": from(least, greatest),
    interval: interval ? from(interval.low, interval.high) : "–",
    p: pValueText(pValue),
  }));
}

/** What follows and what does not, in words. */
export function bestText({ best, of, comparison, diverged }: BestComparison): string {
  const { seeds, fewestSeeds, others, alpha } = comparison;
  const name = visibleText(best.name);
  const formula = name.includes(best.formula) ? "" : ` (${visibleText(best.formula)})`;
  const chosen = of === 1
    ? `${name}${formula} is the only function that could be chosen.`
    : `${name}${formula} has the best mean validation accuracy of ${of} functions.`;
  if (others.length === 0) return `${chosen} There is no other function to compare it with.`;
  const names = (verdict: string) =>
    others.filter((other) => other.verdict === verdict).map((other) => visibleText(other.name));
  const counts = Object.entries(diverged).map(([one, count]) => `${visibleText(one)} in ${count} of ${seeds}`);
  const zero = counts.length === 0 ? "" : ` A training that diverged counts as 0: ${listed(counts)}.`;
  if (seeds < fewestSeeds) {
    return `${chosen} Whether its test accuracy differs from that of ${listed(names("not shown"))}, ` +
      `${counted(seeds, "seed")} cannot tell: with fewer than ${fewestSeeds} no outcome is significant at the level ` +
      `${alpha} (Wilcoxon's signed-rank test, ${counted(others.length, "comparison")}).${zero}`;
  }
  const [better, worse, open] = ["better", "worse", "not shown"].map(names);
  const found = [
    ...better.length > 0 ? [`better than that of ${listed(better)}`] : [],
    ...worse.length > 0 ? [`worse than that of ${listed(worse)}`] : [],
  ];
  const test = `by Wilcoxon's signed-rank test over ${counted(seeds, "seed")}, at the level ${alpha} for ` +
    `${others.length === 1 ? "its one comparison" : `all ${others.length} comparisons together`}`;
  const shown = found.length > 0 ? ` Its test accuracy is ${listed(found)}, ${test}.` : "";
  const rest = open.length === 0
    ? ""
    : ` No difference from ${listed(open)} is shown${
      found.length > 0 ? "" : `, ${test}`
    }; it does not follow that they are equal.`;
  return `${chosen}${shown}${rest}${zero}`;
}

/** What an evaluation answers: over several cases by ranks, in a single one over seeds. */
export type EvaluationAnswer =
  | { readonly kind: "ranks"; readonly comparison: Comparison }
  | { readonly kind: "seeds"; readonly best: BestComparison }
  | { readonly kind: "none"; readonly reason: string };

/** A training of an evaluation with what the answer needs beside its score. */
export interface EvaluatedTraining extends Training {
  /** The function as a text. */
  readonly formula: string;
  /** A number for every training. */
  readonly seed: number;
  /** In [0, 1]; null where the training did not end. */
  readonly validationAccuracy: number | null;
}

/** The answer of an evaluation, from the cases that have a score of every function. */
export function evaluationAnswer(trainings: readonly EvaluatedTraining[]): EvaluationAnswer {
  const table = caseTable(trainings);
  const { functions, cases, scores } = table;
  if (functions.length < 2) {
    return { kind: "none", reason: `expected at least 2 functions with results, got ${functions.length}` };
  }
  const complete = cases.filter((_, i) => !scores[i].some(Number.isNaN));
  if (complete.length === 0) return { kind: "none", reason: "no case has a score of every function" };
  if (complete.length > 1) {
    return { kind: "ranks", comparison: compareFunctions(table, { better: "higher", missing: "dropCases" }) };
  }
  const own = trainings.filter((training) => training.case === complete[0]);
  const best = compareBest(functions.map((name) => {
    const ofFunction = own.filter((training) => training.function === name);
    return {
      name,
      formula: ofFunction[0].formula,
      identity: name,
      seeds: ofFunction.map(({ seed }) => seed),
      validationAccuracy: ofFunction.map(({ validationAccuracy }) => validationAccuracy ?? NaN),
      testAccuracy: ofFunction.map(({ score }) => score ?? NaN),
      diverged: ofFunction.map(({ diverged }) => diverged),
    };
  }));
  return best ? { kind: "seeds", best } : { kind: "none", reason: "no function has trained to its end" };
}

/** The answer of an evaluation in words. */
export function evaluationAnswerText(answer: EvaluationAnswer): string {
  if (answer.kind === "none") return `Nothing can be compared: ${answer.reason}.`;
  if (answer.kind === "seeds") return bestText(answer.best);
  const { functions } = answer.comparison;
  const best = functions.filter(({ meanRank }) => meanRank === functions[0].meanRank);
  return `${listed(best.map(({ name }) => visibleText(name)))} ${
    best.length > 1 ? "share" : "has"
  } the best mean rank, ` +
    `${functions[0].meanRank.toFixed(2)}. ${comparisonText(answer.comparison)}`;
}
