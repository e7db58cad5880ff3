/**
 * The history of a search in numbers, for plots and reports. It does not know how the populations came about.
 *
 * @module
 */
import { binaryCount, type Genes } from "./genes.ts";
import type { Rejection } from "./gate.ts";
import type { Generation } from "./genetic.ts";

/** One generation in numbers. */
export interface HistoryRecord {
  /** From 0, the random one. */
  readonly generation: number;
  /** Functions evaluated in the search so far; all of them differ. */
  readonly trials: number;
  /** Functions evaluated in this generation. */
  readonly evaluated: number;
  /** Functions in the population; all of them differ. */
  readonly distinct: number;
  /** The best fitness of the search so far. */
  readonly best: number;
  /** The mean fitness of the population. */
  readonly mean: number;
  /** The median fitness of the population. */
  readonly median: number;
  /** The share of the allowed operators that occur in the population, in (0, 1]. */
  readonly diversity: number;
  /** Proposed genomes whose function was known. */
  readonly duplicates: number;
  /** Proposed genomes that were rejected, by reason. */
  readonly rejected: Readonly<Record<Rejection, number>>;
}

/** The record of a generation; `genes` are those of the search. */
export function historyRecord(generation: Generation, { genes }: { readonly genes: Genes }): HistoryRecord {
  const { population, counts } = generation;
  const size = population.length;
  const fitness = population.map((individual) => individual.fitness);
  const binary = new Set(population.flatMap(({ genome }) => genome.slice(0, binaryCount(genome))));
  const unary = new Set(population.flatMap(({ genome }) => genome.slice(binaryCount(genome))));
  return {
    generation: generation.generation,
    trials: generation.trials,
    evaluated: generation.evaluated,
    distinct: size,
    best: generation.best.fitness,
    mean: fitness.reduce((sum, value) => sum + value, 0) / size,
    // The population is sorted.
    median: (fitness[Math.floor((size - 1) / 2)] + fitness[Math.ceil((size - 1) / 2)]) / 2,
    diversity: (binary.size + unary.size) / (genes.binary.length + genes.unary.length),
    duplicates: counts.duplicates,
    rejected: counts.rejected,
  };
}
