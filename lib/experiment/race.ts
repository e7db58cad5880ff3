/**
 * A race over seeds: which of a search's best functions are really the best. All are trained with one seed after the
 * other, and who is worse beyond chance drops out, so that the seeds go to those that are hard to tell apart (F-Race:
 * Birattari, Stützle, Paquete, Varrentrapp, GECCO 2002).
 *
 * @module
 */
import { compareWithControl, friedman, mean, rankCases, wilcoxonSignedRank } from "../statistics/mod.ts";

/** Options of {@linkcode race}. */
export interface RaceOptions<T> {
  /** Seeds of the trainings, one a round. */
  readonly seeds: readonly number[];
  /** How many are wanted: with no more left the race is over. */
  readonly keep: number;
  /** The level at which one drops out (default: 0.05). */
  readonly alpha?: number;
  /** The fitness of those that are left, with a seed. */
  readonly run: (left: readonly T[], seed: number) => Promise<readonly number[]>;
}

/** Rounds before anyone drops out. */
const FIRST = 3;

/** The best in the order of their mean fitness, at most `keep`. */
export async function race<T>(
  runners: readonly T[],
  { seeds, keep, alpha = 0.05, run }: RaceOptions<T>,
): Promise<T[]> {
  let left = runners.map((runner) => ({ runner, fitness: [] as number[] }));
  for (const seed of seeds) {
    if (left.length <= keep) break;
    const values = await run(left.map(({ runner }) => runner), seed);
    left = left.map(({ runner, fitness }, i) => ({ runner, fitness: [...fitness, values[i]] }));
    const { length: rounds } = left[0].fitness;
    if (rounds < FIRST) continue;
    const worse = worseThanBest(left.map(({ fitness }) => fitness), alpha);
    const out = byFitness(left.filter((_, i) => worse.has(i))).reverse().slice(0, left.length - keep);
    left = left.filter((one) => !out.includes(one));
  }
  return byFitness(left).slice(0, keep).map(({ runner }) => runner);
}

function byFitness<R extends { readonly fitness: readonly number[] }>(runners: readonly R[]): R[] {
  if (runners.some(({ fitness }) => fitness.length === 0)) return [...runners];
  return runners.toSorted((a, b) => mean(b.fitness) - mean(a.fitness));
}

/**
 * Those that rank worse than the best: by Friedman's test and then each against the best, adjusted by Holm; of two by
 * Wilcoxon's test. The seeds are the blocks.
 */
function worseThanBest(fitness: readonly (readonly number[])[], alpha: number): Set<number> {
  if (fitness.length < 2) return new Set();
  if (fitness.length === 2) {
    const { pValue, rankBiserial } = wilcoxonSignedRank(fitness[0], fitness[1]);
    return new Set(pValue < alpha ? [rankBiserial > 0 ? 1 : 0] : []);
  }
  const { ranks } = rankCases(fitness[0].map((_, round) => fitness.map((values) => values[round])), {
    better: "higher",
  });
  const { meanRanks, exactPValue, imanDavenport } = friedman(ranks);
  if (!((exactPValue ?? imanDavenport.pValue) < alpha)) return new Set();
  const control = meanRanks.indexOf(Math.min(...meanRanks));
  const { comparisons } = compareWithControl(ranks, { control, alpha });
  return new Set(comparisons.filter(({ holm }) => holm < alpha).map(({ function: column }) => column));
}
