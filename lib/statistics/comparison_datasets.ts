/**
 * A comparison with each data set counted once. It says nothing about what the tests mean.
 *
 * @module
 */
import type { DatasetRanks } from "./dataset_ranks.ts";
import { findsDifference, friedman, type FriedmanResult } from "./friedman.ts";
import { nemenyi } from "./nemenyi.ts";

/** The comparison with each data set counted once. */
export interface DatasetComparison {
  /** The data sets, with the number of their cases. */
  readonly datasets: readonly { readonly name: string; readonly cases: number }[];
  /** Friedman's test of the ranks averaged per data set, where there are at least 2 of them. */
  readonly friedman?: FriedmanResult;
  /** Groups of functions that Nemenyi's test of those ranks does not show to differ; all, where Friedman's finds nothing. */
  readonly groups?: readonly (readonly string[])[];
}

/** Tests the ranks averaged per data set, where there are at least 2 of them. */
export function datasetComparison({ datasets, cases, ranks }: DatasetRanks, { names, order, alpha }: {
  readonly names: readonly string[];
  readonly order: readonly number[];
  readonly alpha: number;
}): DatasetComparison {
  const counted = { datasets: datasets.map((name, i) => ({ name, cases: cases[i] })) };
  if (datasets.length < 2) return counted;
  const overall = friedman(ranks, { better: "lower" });
  const { groups } = nemenyi(ranks, { better: "lower", alpha });
  const similar = findsDifference(overall, alpha) ? groups : [order];
  return { ...counted, friedman: overall, groups: similar.map((group) => group.map((j) => names[j])) };
}
