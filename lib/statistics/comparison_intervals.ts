/**
 * The intervals of a comparison's mean ranks: which kind, if any, the number of independent cases allows. It draws nothing
 * itself.
 *
 * @module
 */
import type { Random } from "../random.ts";
import { bootstrapIntervals, type Interval, normalIntervals } from "./bootstrap.ts";
import { clusters } from "./clusters.ts";
import type { RankTable } from "./rank_table.ts";

/** With fewer cases or data sets, percentiles of their means say next to nothing: with one the interval has no width. */
export const FEWEST_CLUSTERS = 5;

/** With more cases or data sets, the bootstrap's limit is as good as its samples, and takes no time. */
export const MOST_CLUSTERS = 2000;

const LEVEL = 0.95;

/** How the intervals were found. */
export interface IntervalMethod {
  /** `"none"`: too few for any; `"normal"`: the limit mean ± z s/√n of the bootstrap. */
  readonly method: "none" | "bootstrap" | "normal";
  /** What counts as independent: data sets where they are known, else cases. */
  readonly of: "cases" | "data sets";
  /** How many of these there are. */
  readonly clusters: number;
}

/**
 * An interval of 95 % for the mean rank of each function, `null` with fewer than {@linkcode FEWEST_CLUSTERS} cases, or data
 * sets where these are known. Where `resamples` does not ask for the bootstrap, it is replaced by its limit from more than
 * {@linkcode MOST_CLUSTERS} on; its samples are 2,000, and from 1,000 on so many fewer that as much is drawn in all.
 */
export function comparisonIntervals(
  table: RankTable,
  { datasets, resamples, rng }: {
    readonly datasets: readonly string[] | undefined;
    readonly resamples: number | undefined;
    readonly rng: Random;
  },
): { readonly intervals: readonly (Interval | null)[]; readonly intervalMethod: IntervalMethod } {
  const groups = clusters(table.cases, datasets);
  const counted = { of: datasets ? "data sets" as const : "cases" as const, clusters: groups.length };
  if (groups.length < FEWEST_CLUSTERS) {
    return { intervals: table.meanRanks.map(() => null), intervalMethod: { method: "none", ...counted } };
  }
  if (groups.length > MOST_CLUSTERS && resamples === undefined) {
    const intervals = normalIntervals(table, { level: LEVEL, groups });
    return { intervals, intervalMethod: { method: "normal", ...counted } };
  }
  const samples = resamples ?? Math.min(2000, Math.floor(2e6 / groups.length));
  const intervals = bootstrapIntervals(table, { level: LEVEL, groups, rng, resamples: samples });
  return { intervals, intervalMethod: { method: "bootstrap", ...counted } };
}
