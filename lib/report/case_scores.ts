/**
 * The table of an evaluation: rows = cases, columns = functions, in a cell the mean over seeds.
 *
 * @module
 */
import { mean as meanOf, mergeEqualScores } from "../statistics/mod.ts";
import type { Row } from "./cells.ts";
import { SEARCHED_MARK } from "./comparison_tables.ts";
import { meanText } from "./mean_text.ts";
import { countSeeds } from "./seed_means.ts";

/** One training's result; a score is missing where the training did not end. */
export interface CaseScore {
  /** The case's name. */
  readonly case: string;
  /** The function's name. */
  readonly function: string;
  /** The seed, the same for every function. */
  readonly seed: string | number;
  /** From 0 to 1; higher is better. */
  readonly score: number | null;
  /** Whether a loss was NaN or infinite. */
  readonly diverged: boolean;
  /** Whether one of the functions was searched on the case's data. */
  readonly searched: boolean;
}

/**
 * The rows of the table, in the order in which cases and functions come: mean ± sample standard deviation in percent of
 * the trainings that did not diverge, "(1 of 2)" behind it where some did or are not there while other functions of the
 * case have them, "diverged" where all did. `* ` marks the best mean of a case among the functions that trained with every
 * seed of the case and never diverged, ties included; {@linkcode SEARCHED_MARK} behind a
 * case's name, that its data were searched on.
 */
export function caseScoreRows(scores: readonly CaseScore[]): Row[] {
  const functions = [...new Set(scores.map((score) => score.function))];
  return [...Map.groupBy(scores, (score) => score.case)].map(([name, ofCase]) => {
    const seeds = countSeeds(ofCase);
    const cells = functions.map((one) => cell(ofCase.filter((score) => score.function === one), { seeds }));
    const means = mergeEqualScores(cells.map(({ mean }) => mean));
    const best = Math.max(...means);
    const title = ofCase[0].searched ? `${name} ${SEARCHED_MARK}` : name;
    const texts = cells.map(({ text }, i) => [functions[i], means[i] === best && best > 0 ? `* ${text}` : text]);
    return { case: title, ...Object.fromEntries(texts) };
  });
}

/** A cell of a case with so many seeds; its mean is that which may be the best of the case. */
function cell(
  trainings: readonly CaseScore[],
  { seeds }: { readonly seeds: number },
): { readonly mean: number; readonly text: string } {
  const trained = trainings.flatMap(({ score, diverged }) => score === null || diverged ? [] : [score]);
  if (trained.length === 0) {
    return { mean: -Infinity, text: trainings.some(({ diverged }) => diverged) ? "diverged" : "–" };
  }
  const mean = meanOf(trained);
  const text = meanText(trained, { scale: 100 });
  return trained.length === seeds
    ? { mean, text }
    : { mean: -Infinity, text: `${text} (${trained.length} of ${seeds})` };
}
