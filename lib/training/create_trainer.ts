/**
 * Chooses what runs the steps of a training: a graph, or else operation by operation.
 *
 * @module
 */
import { type LayersModel, NotRecordable } from "../engine/mod.ts";
import { eagerTrainer } from "./eager_trainer.ts";
import { graphTrainer, type GraphTrainerOptions } from "./graph_trainer.ts";
import type { Trainer } from "./trainer.ts";

/** Options of {@linkcode createTrainer}. */
export interface CreateTrainerOptions extends GraphTrainerOptions {
  /** Whether each step is to be one graph. */
  readonly graph: boolean;
}

const said = new Set<string>();

/**
 * Makes a trainer. Where a graph is wanted and cannot stand for the network's step, it trains operation by operation, and
 * says why, once.
 */
export function createTrainer(model: LayersModel, { graph, ...options }: CreateTrainerOptions): Trainer {
  if (!graph) return eagerTrainer(model, options);
  try {
    return graphTrainer(model, options);
  } catch (error) {
    if (!(error instanceof NotRecordable)) throw error;
    if (!said.has(error.message)) {
      console.warn(
        `training operation by operation, more slowly: a step of this network is no graph (${error.message})`,
      );
    }
    said.add(error.message);
    return eagerTrainer(model, options);
  }
}
