/**
 * The functions of a comparison beside the control. It says nothing about what the tests mean.
 *
 * @module
 */
import type { Random } from "../random.ts";
import { bayesianSignedRank } from "./bayesian_signed_rank.ts";
import { compareWithControl, type ControlComparison } from "./control.ts";
import type { Better, Scores } from "./scores.ts";

/** A function beside the control. */
export interface ControlledFunction extends Omit<ControlComparison, "function"> {
  /** Its name. */
  readonly name: string;
  /** The Bayesian signed-rank test, where a region of practical equivalence was given. */
  readonly bayesian?: {
    /** Posterior probability that it is better than the control by more than the region. */
    readonly better: number;
    /** Posterior probability that the difference lies in the region. */
    readonly equivalent: number;
    /** Posterior probability that the control is better by more than the region. */
    readonly worse: number;
  };
}

/** The comparison with a control. */
export interface ControlSummary {
  /** The control's name. */
  readonly name: string;
  /** The control's mean rank. */
  readonly meanRank: number;
  /** Bonferroni and Dunn's critical difference. */
  readonly criticalDifference: number;
  /** The region of practical equivalence, where one was given. */
  readonly rope?: number;
  /** The other functions, the best mean rank first. */
  readonly functions: readonly ControlledFunction[];
}

/** Compares the functions with the control in complete cases. Throws a RangeError for a control that is no function. */
export function controlSummary(scores: Scores, { names, control, better, alpha, rope, rng }: {
  readonly names: readonly string[];
  readonly control: string;
  readonly better: Better;
  readonly alpha: number;
  readonly rope: number | undefined;
  readonly rng: Random;
}): ControlSummary {
  const column = names.indexOf(control);
  if (column === -1) {
    throw new RangeError(`Cannot compare with a control: expected one of ${names.join(", ")}, got ${control}`);
  }
  const result = compareWithControl(scores, { better, control: column, alpha });
  const list = (index: number) => scores.map((row) => row[index]);
  const bayesian = (index: number, rope: number) => {
    // Many cases need fewer samples for the same figures, and take longer over each.
    const samples = Math.min(50_000, Math.max(500, Math.floor(5e6 / scores.length)));
    const options = { better, rope, rng: rng.split(names[index]), samples };
    const { aBetter, equivalent, bBetter } = bayesianSignedRank(list(index), list(column), options).probabilities;
    return { better: aBetter, equivalent, worse: bBetter };
  };
  return {
    name: control,
    meanRank: result.meanRanks[column],
    criticalDifference: result.criticalDifference,
    ...rope !== undefined && { rope },
    functions: result.comparisons.map(({ function: index, ...comparison }) => ({
      name: names[index],
      ...comparison,
      ...rope !== undefined && { bayesian: bayesian(index, rope) },
    })).sort((a, b) => b.difference - a.difference),
  };
}
