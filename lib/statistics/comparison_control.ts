/**
 * The functions of a comparison beside the control. It says nothing about what the tests mean.
 *
 * @module
 */
import type { Random } from "../random.ts";
import { bayesianSignedRank } from "./bayesian_signed_rank.ts";
import { type ControlComparison, controlOfRanks } from "./control.ts";
import type { RankTable } from "./rank_table.ts";
import type { Better } from "./scores.ts";

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

/** What is said of a control. */
interface ControlOptions {
  /** The control's column. */
  readonly control: number;
  readonly names: readonly string[];
  readonly alpha: number;
}

/** The functions beside the control, the best mean rank first. */
export function controlledFunctions(
  table: RankTable,
  { control, names, alpha }: ControlOptions,
): { readonly criticalDifference: number; readonly functions: readonly ControlledFunction[] } {
  const { criticalDifference, comparisons } = controlOfRanks(table, { control, alpha });
  return {
    criticalDifference,
    functions: comparisons.map(({ function: index, ...comparison }) => ({ name: names[index], ...comparison }))
      .sort((a, b) => b.difference - a.difference),
  };
}

/**
 * Compares the functions with the control; `columns` are the scores of each function in the complete cases.
 */
export function controlSummary(
  table: RankTable,
  { columns, better, rope, rng, ...options }: ControlOptions & {
    readonly columns: readonly (readonly number[])[];
    readonly better: Better;
    readonly rope: number | undefined;
    readonly rng: Random;
  },
): ControlSummary {
  const { names, control } = options;
  const bayesian = (name: string, rope: number) => {
    const own = columns[names.indexOf(name)];
    // Many cases need fewer samples for the same figures, and take longer over each.
    const samples = Math.min(50_000, Math.max(500, Math.floor(5e8 / own.length ** 2)));
    const { aBetter, equivalent, bBetter } =
      bayesianSignedRank(own, columns[control], { better, rope, rng: rng.split(name), samples }).probabilities;
    return { better: aBetter, equivalent, worse: bBetter };
  };
  const { criticalDifference, functions } = controlledFunctions(table, options);
  return {
    name: names[control],
    meanRank: table.meanRanks[control],
    criticalDifference,
    ...rope !== undefined && { rope },
    functions: functions.map((one) => ({
      ...one,
      ...rope !== undefined && { bayesian: bayesian(one.name, rope) },
    })),
  };
}
