/**
 * Ranks averaged per data set. Cases that share a data set are not independent, while tests of cases take them as if they
 * were: these ranks, as scores, give a test that counts each data set once.
 *
 * @module
 */
import { clusters, clusterSums } from "./clusters.ts";
import { type RankTable, rankTable } from "./rank_table.ts";
import type { RankingOptions, Scores } from "./scores.ts";

/** What {@linkcode datasetRanks} returns. */
export interface DatasetRanks {
  /** The names of the data sets, in the order of their first case. */
  readonly datasets: readonly string[];
  /** How many complete cases each has. */
  readonly cases: readonly number[];
  /** A row for each data set, in it the mean rank of each function over its cases; lower is better. */
  readonly ranks: readonly (readonly number[])[];
}

/**
 * Ranks the functions in each case and averages the ranks per data set. Hand the result to `friedman` or `nemenyi` with
 * `better: "lower"`; they rank it once more.
 *
 * Throws a RangeError as {@linkcode rankTable}, and for a case without a data set.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { datasetRanks } from "./dataset_ranks.ts";
 * const scores = [[1, 2, 3], [1, 3, 2], [3, 2, 1]];
 * const { ranks } = datasetRanks(scores, { better: "higher", datasets: ["digits", "digits", "birds"] });
 * assertEquals(ranks, [[3, 1.5, 1.5], [1, 2, 3]]);
 * ```
 */
export function datasetRanks(
  scores: Scores,
  { datasets, ...options }: RankingOptions & { readonly datasets: readonly string[] },
): DatasetRanks {
  return datasetRanksOf(rankTable(scores, { ...options, functions: 2 }), { datasets });
}

/** {@linkcode datasetRanks} of ranks that are there. */
export function datasetRanksOf(table: RankTable, { datasets }: { readonly datasets: readonly string[] }): DatasetRanks {
  const groups = clusters(table.cases, datasets);
  const { sums, counts } = clusterSums(table, groups);
  const { functions, cases } = table;
  return {
    datasets: groups.map(([first]) => datasets[cases[first]]),
    cases: groups.map((rows) => rows.length),
    ranks: groups.map((_, g) =>
      Array.from(sums.subarray(g * functions, (g + 1) * functions), (sum) => sum / counts[g])
    ),
  };
}
