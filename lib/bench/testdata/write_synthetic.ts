/**
 * Writes trainings of the synthetic table as `deno task truth` would.
 *
 * @module
 */
import { writeTruth } from "../truth_table.ts";
import { syntheticTrainings } from "./synthetic_table.ts";

/** Writes the first `count` trainings, or all; two learning rates are tried in the first epoch. */
export function writeSynthetic(path: string, { count = Infinity } = {}): void {
  const epoch = (fitness: number) => ({ accuracy: fitness / 4, loss: 0.25 });
  writeTruth(
    path,
    syntheticTrainings().slice(0, count).map(({ fitness, ...training }) => ({
      ...training,
      outcome: fitness.at(-1)! > 0 ? "complete" : "diverged",
      learningRate: 0.001,
      first: new Map([[0.001, epoch(fitness[0])], [0.0001, epoch(0.1)]]),
      epochs: fitness.map(epoch),
    })),
  );
}
