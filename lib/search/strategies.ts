/**
 * The search strategies by name.
 *
 * @module
 */
import { agingSearch } from "./aging_search.ts";
import { exhaustiveSearch } from "./exhaustive_search.ts";
import { geneticSearch } from "./genetic.ts";
import { halvedTrainings, halvingSearch } from "./halving_search.ts";
import { randomSearch } from "./random_search.ts";
import { surrogateHalvingSearch } from "./surrogate_halving_search.ts";
import { surrogateSearch } from "./surrogate_search.ts";
import type { Strategy } from "./strategy.ts";

/** Names of the strategies. */
export const STRATEGY_NAMES = [
  "genetic",
  "random",
  "aging",
  "exhaustive",
  "surrogate",
  "halving",
  "surrogate-halving",
] as const;

/** A strategy's name. */
export type StrategyName = typeof STRATEGY_NAMES[number];

/**
 * - `genetic`: the paper's loop, generation by generation.
 * - `random`: functions drawn at random.
 * - `aging`: regularised evolution.
 * - `exhaustive`: every function of the space, in order.
 * - `surrogate`: a Gaussian process over values and slopes, and what improves most by it.
 * - `halving`: functions drawn at random, trained for few epochs, the best of them for more.
 * - `surrogate-halving`: the functions of `surrogate`, trained as those of `halving`.
 */
export const strategies: Readonly<Record<StrategyName, Strategy>> = {
  genetic: geneticSearch,
  random: randomSearch,
  aging: agingSearch,
  exhaustive: exhaustiveSearch,
  surrogate: surrogateSearch,
  halving: halvingSearch,
  "surrogate-halving": surrogateHalvingSearch,
};

/** How many trainings a strategy makes of the cost of so many whole ones, about. */
export function expectedTrainings(
  trials: number,
  { strategy, ...cost }: { readonly strategy: StrategyName; readonly epochs: number; readonly rates?: number },
): number {
  return strategy === "halving" || strategy === "surrogate-halving" ? halvedTrainings(trials, cost) : trials;
}
