/**
 * Ranks averaged per data set. Cases that share a data set are not independent, while tests of cases take them as if they
 * were: these ranks, as scores, give a test that counts each data set once.
 *
 * @module
 */
import type { Ranks } from "./rank_cases.ts";

/** The cases of each data set, in the order of their first one, counted from 0. */
export function casesByDataset(datasets: readonly string[]): number[][] {
  return [...Map.groupBy(datasets.keys(), (row) => datasets[row]).values()];
}

/** What {@linkcode datasetRanks} returns. */
export interface DatasetRanks {
  /** The names of the data sets, in the order of their first case. */
  readonly datasets: readonly string[];
  /** How many cases each has. */
  readonly cases: readonly number[];
  /** A row for each data set, in it the mean rank of each function over its cases; lower is better. */
  readonly ranks: readonly (readonly number[])[];
}

/**
 * Averages the ranks, or scores, per data set; `datasets` names that of each row. Hand the result to {@linkcode rankCases} with
 * `better: "lower"`, which ranks it once more. Throws a RangeError unless each row has a data set.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { datasetRanks } from "./dataset_ranks.ts";
 * const { ranks } = datasetRanks([[3, 2, 1], [3, 1, 2], [1, 2, 3]], { datasets: ["digits", "digits", "birds"] });
 * assertEquals(ranks, [[3, 1.5, 1.5], [1, 2, 3]]);
 * ```
 */
export function datasetRanks(ranks: Ranks, { datasets }: { readonly datasets: readonly string[] }): DatasetRanks {
  if (datasets.length !== ranks.length) {
    throw new RangeError(`Cannot group cases: expected a data set for each of ${ranks.length}, got ${datasets.length}`);
  }
  const groups = casesByDataset(datasets);
  return {
    datasets: groups.map(([first]) => datasets[first]),
    cases: groups.map(({ length }) => length),
    ranks: groups.map((rows) =>
      ranks[0].map((_, j) => rows.reduce((sum, row) => sum + ranks[row][j], 0) / rows.length)
    ),
  };
}
