/**
 * A comparison with each data set counted once. It says nothing about what the tests mean.
 *
 * @module
 */
import { type ControlledFunction, controlledFunctions } from "./comparison_control.ts";
import type { DatasetRanks } from "./dataset_ranks.ts";
import { findsDifference, friedmanOfRanks, type FriedmanResult } from "./friedman.ts";
import { nemenyiOfRanks } from "./nemenyi.ts";
import { rankTable } from "./rank_table.ts";

/** Two functions that differ. */
export interface Apart {
  /** The one that ranks better. */
  readonly first: string;
  /** The other. */
  readonly second: string;
}

/** The comparison with each data set counted once. */
export interface DatasetComparison {
  /** The data sets, with the number of their cases. */
  readonly datasets: readonly { readonly name: string; readonly cases: number }[];
  /** Friedman's test of the ranks averaged per data set, where there are at least 2 of them. */
  readonly friedman?: FriedmanResult;
  /** Groups of functions that Nemenyi's test of those ranks does not show to differ; all, where Friedman's finds nothing. */
  readonly groups?: readonly (readonly string[])[];
  /** The pairs that Nemenyi's test of those ranks shows to differ; none, where Friedman's finds nothing. */
  readonly apart: readonly Apart[];
  /** The comparison of those ranks with the control, where one was named and there are at least 2 data sets. */
  readonly control?: { readonly functions: readonly ControlledFunction[] };
}

/** Tests the ranks averaged per data set, where there are at least 2 of them. */
export function datasetComparison({ datasets, cases, ranks }: DatasetRanks, { names, order, alpha, control }: {
  readonly names: readonly string[];
  readonly order: readonly number[];
  readonly alpha: number;
  /** The control's column. */
  readonly control: number | undefined;
}): DatasetComparison {
  const counted = { datasets: datasets.map((name, i) => ({ name, cases: cases[i] })) };
  if (datasets.length < 2) return { ...counted, apart: [] };
  const table = rankTable(ranks, { better: "lower" });
  const overall = friedmanOfRanks(table);
  const { groups, criticalDifference } = nemenyiOfRanks(table, { alpha });
  const found = findsDifference(overall, alpha);
  const { meanRanks } = table;
  const apart = [...meanRanks.keys()].flatMap((first) =>
    [...meanRanks.keys()].filter((second) => meanRanks[second] - meanRanks[first] >= criticalDifference)
      .map((second) => ({ first: names[first], second: names[second] }))
  );
  return {
    ...counted,
    friedman: overall,
    groups: (found ? groups : [order]).map((group) => group.map((j) => names[j])),
    apart: found ? apart : [],
    ...control !== undefined && {
      control: { functions: controlledFunctions(table, { control, names, alpha }).functions },
    },
  };
}
