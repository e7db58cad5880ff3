/**
 * All pairs of functions of a comparison. It says nothing about what the tests mean.
 *
 * @module
 */
import { holm } from "./adjust.ts";
import type { NemenyiResult } from "./nemenyi.ts";
import { pairedDifferences } from "./paired_differences.ts";
import type { Better } from "./scores.ts";
import { signedRanks } from "./signed_ranks.ts";
import { signTestOfCounts } from "./signs.ts";
import { wilcoxonOfRanks } from "./wilcoxon.ts";

/** Two functions, the one with the better mean rank first. */
export interface PairSummary {
  /** The name of the one with the better mean rank. */
  readonly first: string;
  /** The name of the other. */
  readonly second: string;
  /** Mean rank of the second less that of the first; at least 0. */
  readonly difference: number;
  /** Nemenyi's p-value, which allows for all pairs. */
  readonly nemenyi: number;
  /** Cases in which the first is better. */
  readonly wins: number;
  /** Cases in which the second is better. */
  readonly losses: number;
  /** Cases in which they have the same score. */
  readonly ties: number;
  /** The sign test of this pair alone. */
  readonly signTest: number;
  /** Wilcoxon's signed-rank test, `holm`: adjusted for all pairs. */
  readonly wilcoxon: {
    readonly statistic: number;
    readonly pValue: number;
    readonly holm: number;
    readonly method: "exact" | "normal";
  };
  /** The effect size of this pair, in [−1, 1]: above 0 where the first is better. */
  readonly rankBiserial: number;
}

/**
 * Compares all pairs; `columns` are the scores of each function in the complete cases.
 */
export function pairSummaries(
  columns: readonly (readonly number[])[],
  { names, order, better, nemenyi: { meanRanks, pValues } }: {
    readonly names: readonly string[];
    readonly order: readonly number[];
    readonly better: Better;
    readonly nemenyi: NemenyiResult;
  },
): PairSummary[] {
  const pairs = order.flatMap((i, place) => order.slice(place + 1).map((j) => [i, j]));
  const tests = pairs.map(([i, j]) => {
    const [good, other] = better === "higher" ? [columns[i], columns[j]] : [columns[j], columns[i]];
    const signed = signedRanks(pairedDifferences(good, other).differences, "drop");
    const { positive: wins, negative: losses, zeros: ties } = signed;
    return { signs: signTestOfCounts({ wins, losses, ties }), ranked: wilcoxonOfRanks(signed) };
  });
  const adjusted = holm(tests.map(({ ranked }) => ranked.pValue));
  return pairs.map(([i, j], pair) => {
    const { signs: { wins, losses, ties, pValue }, ranked } = tests[pair];
    return {
      first: names[i],
      second: names[j],
      difference: meanRanks[j] - meanRanks[i],
      nemenyi: pValues[i][j],
      wins,
      losses,
      ties,
      signTest: pValue,
      wilcoxon: {
        statistic: ranked.statistic,
        pValue: ranked.pValue,
        holm: adjusted[pair],
        method: ranked.method,
      },
      rankBiserial: ranked.rankBiserial,
    };
  });
}
