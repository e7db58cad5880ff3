/**
 * What search strategies have in common: what they take and what they give. Each is a file of its own and a line in
 * `strategies.ts`.
 *
 * @module
 */
import type { Generation, GeneticOptions } from "./genetic.ts";

/** What a training costs, in epochs: the first one counts as many times as learning rates are tried in it. */
export function epochCost(epochs: number, rates: number): number {
  return epochs + rates - 1;
}

/** What a strategy takes: the options of {@linkcode geneticSearch}, of which each uses what it needs. */
export interface StrategyOptions extends GeneticOptions {
  /**
   * How many proposals may wait for their fitness at a time, of strategies that decide one proposal after the other
   * (default: 8). Proposal n is decided from the fitness of those before n − `pending`, so that it does not depend on
   * which trainings end first, and as many trainings can run at a time.
   */
  readonly pending?: number;
  /** Epochs of a whole training, for strategies that begin with shorter ones (default: 1, none is shorter). */
  readonly epochs?: number;
  /** Learning rates that a training tries in its first epoch, which costs as many (default: 1). */
  readonly rates?: number;
}

/**
 * A strategy: proposes functions, learns from their fitness, and says now and then how far it is. The same seed and the
 * same fitness give the same proposals, in whatever order the fitness comes. All strategies with the same sizes train as
 * much: as many functions as {@linkcode geneticSearch}, or more for fewer epochs.
 */
export type Strategy = (options: StrategyOptions) => AsyncGenerator<Generation, void, void>;
