/**
 * Plays search strategies against a table of trained functions and compares them by our own statistics.
 *
 * @module
 */
import {
  AFOS_GENES,
  ALL_GENES,
  epochCost,
  operatorsOf,
  presets,
  strategies,
  type Strategy,
  STRATEGY_NAMES,
  type StrategyOptions,
} from "../search/mod.ts";
import { compareFunctions, type Comparison, mean } from "../statistics/mod.ts";
import { type FitnessTable, type Play, playSearch } from "./tabular.ts";

/** A strategy with its settings, as it is compared. */
interface Contestant {
  readonly strategy: Strategy;
  readonly options: Partial<StrategyOptions>;
}

const THREE = { shapes: [3] } as const;
const QUICK = { ...operatorsOf(presets.quick), genes: { ...ALL_GENES, ...THREE } };

/**
 * What is compared: each strategy with the sizes of the preset `quick`, the genetic search also with the paper's
 * populations of 30, and as the published code of AFOS has it.
 */
export const CONTESTANTS: Readonly<Record<string, Contestant>> = {
  ...Object.fromEntries(
    STRATEGY_NAMES.map((name) => [name, { strategy: strategies[name], options: QUICK }]),
  ),
  "genetic (paper)": {
    strategy: strategies.genetic,
    options: { ...operatorsOf(presets.paper), genes: QUICK.genes },
  },
  "genetic (afos)": {
    strategy: strategies.genetic,
    options: { ...operatorsOf(presets.afos), genes: { ...AFOS_GENES, ...THREE } },
  },
};

/** What came of the searches of a strategy. */
export interface StrategyFigures {
  /** The strategy's name. */
  readonly name: string;
  /** For each search, epochs until a function of the true best 1 % was trained to the end; null where none was. */
  readonly found: readonly (number | null)[];
  /** For each search, how far the function that it takes for the best in the end is below the best, in fitness. */
  readonly regret: readonly number[];
  /** Means over the searches, by epochs. */
  readonly curve: readonly CurvePoint[];
}

/** Where the searches of a strategy stand after so many epochs. */
export interface CurvePoint {
  readonly epochs: number;
  /** Mean distance of the function that is taken for the best from the best, in fitness. */
  readonly regret: number;
  /** Share of the searches that have trained a function of the true best 1 %. */
  readonly found: number;
}

/** What {@linkcode compareStrategies} returns. */
export interface StrategyComparison {
  /** Functions of the table, the fitness of the best of them, and of the last of the best 1 %. */
  readonly table: { readonly functions: number; readonly best: number; readonly top: number };
  /** Epochs of each search. */
  readonly epochs: number;
  /** Seeds of the searches: 1, 2, … */
  readonly searches: number;
  readonly strategies: readonly StrategyFigures[];
  /** By the epochs until a function of the true best 1 %; a search without one counts as one that needs the most. */
  readonly comparison: Comparison;
}

/** Options of {@linkcode compareStrategies}. */
export interface CompareStrategiesOptions {
  readonly table: FitnessTable;
  /** Searches of each strategy, with the seeds 1, 2, … */
  readonly searches: number;
  /** Trainings of each search, in whole ones. */
  readonly trials: number;
  /** Which of {@linkcode CONTESTANTS}, at least 2 (default: all). */
  readonly names?: readonly string[];
  /** Called after each search. */
  readonly onSearch?: (name: string) => void;
  /** When aborted, the comparison ends by throwing the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Points of a curve. */
const POINTS = 100;

/** Plays all searches. The same table and options give the same figures. */
export async function compareStrategies(options: CompareStrategiesOptions): Promise<StrategyComparison> {
  const { table, searches, trials, names = Object.keys(CONTESTANTS), onSearch, signal } = options;
  const epochs = trials * epochCost(table.epochs, table.rates);
  const played: { readonly name: string; readonly plays: readonly Play[] }[] = [];
  for (const name of names) {
    const { strategy, options } = CONTESTANTS[name];
    const plays: Play[] = [];
    for (let seed = 1; seed <= searches; seed++) {
      signal?.throwIfAborted();
      plays.push(await playSearch(strategy, { ...options, table, seed, generations: trials, maxTrials: trials }));
      onSearch?.(name);
      if (seed % 10 === 0) await new Promise((resolve) => setTimeout(resolve)); // lets an interruption in
    }
    played.push({ name, plays });
  }
  const figures = played.map(({ name, plays }): StrategyFigures => ({
    name,
    found: plays.map(({ found }) => found ?? null),
    regret: plays.map((play) => regretAfter(play, { epochs: Infinity, table })),
    curve: Array.from({ length: POINTS }, (_, i) => {
      const after = Math.round((i + 1) * epochs / POINTS);
      return {
        epochs: after,
        regret: mean(plays.map((play) => regretAfter(play, { epochs: after, table }))),
        found: mean(plays.map(({ found = Infinity }) => found <= after ? 1 : 0)),
      };
    }),
  }));
  const seeds = Array.from({ length: searches }, (_, i) => i);
  const most = Math.max(epochs, ...figures.flatMap(({ found }) => found.map((value) => value ?? 0))) + 1;
  const comparison = compareFunctions({
    functions: [...names],
    cases: seeds.map((seed) => `${seed + 1}`),
    scores: seeds.map((seed) => figures.map(({ found }) => found[seed] ?? most)),
    unit: "seed",
  }, { better: "lower" });
  return {
    table: { functions: table.functions.size, best: table.best, top: table.top },
    epochs,
    searches,
    strategies: figures,
    comparison,
  };
}

/** How far the function that a search takes for the best after so many epochs is below the best; without one all of it. */
function regretAfter({ steps }: Play, { epochs, table }: {
  readonly epochs: number;
  readonly table: FitnessTable;
}): number {
  const last = steps.findLast((step) => step.epochs <= epochs);
  return table.best - (last?.truth ?? 0);
}
