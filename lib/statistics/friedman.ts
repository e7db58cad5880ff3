/**
 * Friedman's test of whether functions have the same ranks, and Iman and Davenport's version of it.
 *
 * @module
 */
import { chiSquaredUpperTail, fUpperTail } from "./distributions.ts";
import { exactFriedmanPValue } from "./exact_friedman.ts";
import { meanRanks as meansOf, type Ranks } from "./rank_cases.ts";

/** Friedman's and Iman and Davenport's statistics with their p-values. */
export interface FriedmanStatistics {
  /** Friedman's statistic. */
  readonly chiSquared: number;
  /** Its upper tail in the chi-squared distribution. */
  readonly pValue: number;
  /**
   * Iman and Davenport's F, less conservative. Where all cases have the same order it is infinite, and its p-value is the
   * exact one.
   */
  readonly imanDavenport: { readonly f: number; readonly pValue: number };
}

/** What {@linkcode friedman} returns. */
export interface FriedmanResult extends FriedmanStatistics {
  /** The mean rank of each function, 1 for one that is the best in every case. */
  readonly meanRanks: readonly number[];
  /**
   * The exact probability of a statistic at least as large, which needs no distribution: of small tables (3 functions in up
   * to 20 cases, 4 in up to 10, 5 in up to 4), and where all cases have the same order, not all functions tied. Never 0.
   */
  readonly exactPValue?: number;
  /** Number of cases. */
  readonly cases: number;
  /** Number of functions. */
  readonly functions: number;
  /** k − 1, of the chi-squared distribution and of the numerator of F. */
  readonly degreesOfFreedom: number;
  /** (k − 1)(N − 1), of the denominator of F. */
  readonly denominatorDegreesOfFreedom: number;
  /** Kendall's coefficient of concordance, the effect size: 0 for no agreement of the cases, 1 for one order in all. */
  readonly kendallW: number;
  /** The same statistics without the correction for ties, as many papers print them. */
  readonly plain: FriedmanStatistics;
}

/**
 * Tests whether all functions have the same distribution of ranks over the cases: Friedman's test, corrected for ties
 * (Conover, "Practical Nonparametric Statistics", 3rd edition, section 5.8; SciPy's `friedmanchisquare` and R's
 * `friedman.test`), and Iman and Davenport's F of it (Demšar, JMLR 7, 2006, section 3.2.2). The uncorrected statistics of
 * Demšar's formulas stand in `plain`.
 *
 * Throws a RangeError for fewer than 2 cases or 3 functions, and for rows that are no ranks.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { friedman } from "./friedman.ts";
 * const { meanRanks, chiSquared } = friedman([[3, 2, 1], [3, 2, 1], [2, 3, 1]]);
 * assertEquals([meanRanks, chiSquared], [[8 / 3, 7 / 3, 1], 14 / 3]);
 * ```
 */
export function friedman(ranks: Ranks): FriedmanResult {
  const meanRanks = meansOf(ranks, { functions: 3 });
  const [cases, functions] = [ranks.length, meanRanks.length];
  const middle = (functions + 1) / 2;
  // Sums of squares of half-integers: exact, so that F is infinite where all cases agree.
  const sums = meanRanks.map((_, j) => ranks.reduce((sum, row) => sum + row[j], 0));
  const between = sums.reduce((total, sum) => total + (sum - cases * middle) ** 2, 0);
  const within = ranks.flat().reduce((sum, rank) => sum + (rank - middle) ** 2, 0);
  const untied = (cases * functions * (functions ** 2 - 1)) / 12;
  const isOneOrder = within > 0 && between === cases * within;
  const exactPValue = isOneOrder ? oneOrderProbability(ranks) : exactFriedmanPValue(ranks);
  const oneOrder = isOneOrder ? exactPValue : undefined;
  return {
    ...statistics({ between, within, cases, functions, oneOrder }),
    ...exactPValue !== undefined && { exactPValue },
    meanRanks,
    cases,
    functions,
    degreesOfFreedom: functions - 1,
    denominatorDegreesOfFreedom: (functions - 1) * (cases - 1),
    kendallW: within === 0 ? 0 : between / (cases * within),
    plain: statistics({ between, within: untied, cases, functions, oneOrder }),
  };
}

/**
 * The probability that N cases give one order by chance: (1/k!)^(N − 1), and with ties one over the number of different
 * orders of the tied ranks in the place of k!. Where float64 has nothing so small, its least number above 0.
 */
function oneOrderProbability([first, ...others]: Ranks): number {
  const counts = [...Map.groupBy(first, (rank) => rank).values()].map(({ length }) => length);
  const logFactorial = (n: number) => Array.from({ length: n }, (_, i) => Math.log(i + 1)).reduce((a, b) => a + b, 0);
  const logOrders = logFactorial(first.length) - counts.reduce((sum, count) => sum + logFactorial(count), 0);
  return Math.max(Number.MIN_VALUE, Math.exp(-others.length * logOrders));
}

/** With fewer cases, Iman and Davenport's p-values alone are not believed. */
export const FEW_CASES = 10;

/**
 * Whether the tests find that the functions do not all rank alike: the exact probability where it is known; else Iman and
 * Davenport's, and with fewer than {@linkcode FEW_CASES} cases Friedman's too. With 5 functions or more Friedman's is
 * conservative there, while F is too ready: it is nearly infinite for 2 cases that nearly agree, which happens by chance.
 */
export function findsDifference(
  { cases, pValue, imanDavenport, exactPValue }: FriedmanResult,
  alpha: number,
): boolean {
  if (exactPValue !== undefined) return exactPValue < alpha;
  return imanDavenport.pValue < alpha && (cases >= FEW_CASES || pValue < alpha);
}

/**
 * `between` is the sum of squares of the rank sums about their mean, `within` that of the ranks: χ² = (k − 1) between /
 * within, F = (N − 1) χ² / (N(k − 1) − χ²). Where all functions are tied in every case, both are 0; `oneOrder` is the
 * p-value of an infinite F.
 */
function statistics({ between, within, cases, functions, oneOrder }: {
  readonly between: number;
  readonly within: number;
  readonly cases: number;
  readonly functions: number;
  readonly oneOrder: number | undefined;
}): FriedmanStatistics {
  const k = functions - 1;
  const chiSquared = between === 0 ? 0 : (k * between) / within;
  const f = between === 0 ? 0 : ((cases - 1) * between) / (cases * within - between);
  return {
    chiSquared,
    pValue: chiSquaredUpperTail(chiSquared, k),
    imanDavenport: { f, pValue: f === Infinity ? oneOrder ?? 0 : fUpperTail(f, [k, k * (cases - 1)]) },
  };
}
