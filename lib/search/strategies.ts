/**
 * The search strategies by name.
 *
 * @module
 */
import { agingSearch } from "./aging_search.ts";
import { exhaustiveSearch } from "./exhaustive_search.ts";
import { geneticSearch } from "./genetic.ts";
import { randomSearch } from "./random_search.ts";
import type { Strategy } from "./strategy.ts";

/** Names of the strategies. */
export const STRATEGY_NAMES = ["genetic", "random", "aging", "exhaustive"] as const;

/** A strategy's name. */
export type StrategyName = typeof STRATEGY_NAMES[number];

/**
 * - `genetic`: the paper's loop, generation by generation.
 * - `random`: functions drawn at random.
 * - `aging`: regularised evolution.
 * - `exhaustive`: every function of the space, in order.
 */
export const strategies: Readonly<Record<StrategyName, Strategy>> = {
  genetic: geneticSearch,
  random: randomSearch,
  aging: agingSearch,
  exhaustive: exhaustiveSearch,
};
