/**
 * Cases that belong together, as they share a data set. It tests nothing.
 *
 * @module
 */
import type { RankTable } from "./rank_table.ts";

/**
 * The cases that are drawn together: each case alone, or all of a data set, in the order of their first one. `cases` are
 * rows of the scores; the result counts them from 0. Throws a RangeError for a case without a data set.
 */
export function clusters(cases: readonly number[], datasets: readonly string[] | undefined): number[][] {
  if (datasets === undefined) return cases.map((_, row) => [row]);
  const without = cases.find((index) => datasets[index] === undefined);
  if (without !== undefined) {
    throw new RangeError(`Cannot group cases: expected a data set for each of them, got none for row ${without}`);
  }
  return [...Map.groupBy(cases.keys(), (row) => datasets[cases[row]]).values()];
}

/** Sums of ranks by cluster. */
export interface ClusterSums {
  /** The sum of each function's ranks in each cluster, cluster by cluster. */
  readonly sums: Float64Array;
  /** Number of cases of each cluster. */
  readonly counts: readonly number[];
}

/** Adds the ranks of each cluster up. */
export function clusterSums({ ranks, functions }: RankTable, groups: readonly (readonly number[])[]): ClusterSums {
  const sums = new Float64Array(groups.length * functions);
  groups.forEach((rows, g) => {
    for (const row of rows) {
      for (let j = 0; j < functions; j++) sums[g * functions + j] += ranks[row * functions + j];
    }
  });
  return { sums, counts: groups.map(({ length }) => length) };
}
