/**
 * Tests of one function, the control, against all others, by their mean ranks. The p-values hold only where the control was
 * chosen without looking at the scores.
 *
 * @module
 */
import { bonferroni, hochberg, holm } from "./adjust.ts";
import { checkProbability, normalUpperQuantile, normalUpperTail } from "./distributions.ts";
import { rankStandardError } from "./nemenyi.ts";
import { meanRanks as meansOf, type Ranks } from "./rank_cases.ts";

/** Options of {@linkcode compareWithControl}. */
export interface ControlOptions {
  /** The control's column, counted from 0. */
  readonly control: number;
  /** The probability of a false difference among all comparisons (default: 0.05). */
  readonly alpha?: number;
}

/** A function beside the control. */
export interface ControlComparison {
  /** The function's column. */
  readonly function: number;
  /** Mean rank of the control less that of the function: positive where the function ranks better. */
  readonly difference: number;
  /** The difference in standard errors. */
  readonly z: number;
  /** Two-sided, for this comparison alone. */
  readonly pValue: number;
  /** Adjusted by Bonferroni and Dunn. */
  readonly bonferroniDunn: number;
  /** Adjusted by Holm. */
  readonly holm: number;
  /** Adjusted by Hochberg. */
  readonly hochberg: number;
}

/** What {@linkcode compareWithControl} returns. */
export interface ControlResult {
  /** The control's column. */
  readonly control: number;
  /** The level. */
  readonly alpha: number;
  /** The mean rank of each function. */
  readonly meanRanks: readonly number[];
  /** Of a difference of mean ranks. */
  readonly standardError: number;
  /** Bonferroni and Dunn's: mean ranks at least so far from the control's differ from it. */
  readonly criticalDifference: number;
  /** The other functions in the order of their columns. */
  readonly comparisons: readonly ControlComparison[];
}

/**
 * Compares each function with the control (Demšar, JMLR 7, 2006, section 3.2.2): z = difference of mean ranks / √(k(k +
 * 1)/(6N)), two-sided normal p-values, adjusted for k − 1 comparisons.
 *
 * Throws a RangeError for fewer than 2 cases or functions, for rows that are no ranks, for a control that is no column, and
 * unless alpha is above 0 and below 1.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { compareWithControl } from "./control.ts";
 * const { comparisons } = compareWithControl([[3, 2, 1], [3, 1, 2], [3, 2, 1], [3, 2, 1]], { control: 0 });
 * assertEquals(comparisons.map(({ difference }) => difference), [1.25, 1.75]);
 * ```
 */
export function compareWithControl(ranks: Ranks, { control, alpha = 0.05 }: ControlOptions): ControlResult {
  const meanRanks = meansOf(ranks);
  const functions = meanRanks.length;
  checkProbability(alpha, "alpha");
  if (!Number.isInteger(control) || control < 0 || control >= functions) {
    throw new RangeError(
      `Cannot compare with a control: expected its column, an integer from 0 to ${functions - 1}, got ${control}`,
    );
  }
  const standardError = rankStandardError({ cases: ranks.length, functions });
  const plain = [...meanRanks.keys()].filter((column) => column !== control).map((column) => {
    const difference = meanRanks[control] - meanRanks[column];
    const z = difference / standardError;
    return { function: column, difference, z, pValue: Math.min(1, 2 * normalUpperTail(Math.abs(z))) };
  });
  const pValues = plain.map(({ pValue }) => pValue);
  const adjusted = { bonferroniDunn: bonferroni(pValues), holm: holm(pValues), hochberg: hochberg(pValues) };
  return {
    control,
    alpha,
    meanRanks,
    standardError,
    criticalDifference: normalUpperQuantile(alpha / (2 * (functions - 1))) * standardError,
    comparisons: plain.map((comparison, i) => ({
      ...comparison,
      bonferroniDunn: adjusted.bonferroniDunn[i],
      holm: adjusted.holm[i],
      hochberg: adjusted.hochberg[i],
    })),
  };
}
