/**
 * The door of `search`: what other rooms, notebooks and commands import.
 *
 * @module
 */
export type { Operators } from "./breeding.ts";
export type { Crossover } from "./crossover.ts";
export { geneDiversity } from "./diversity.ts";
export type { Counts, Description, Rejection } from "./gate.ts";
export { ALL_GENES, checkGenes, type Genes, type Genome, type Shape } from "./genes.ts";
export { type Ending, type Generation, type GeneticOptions, geneticSearch } from "./genetic.ts";
export type { Candidate, Individual, Origin } from "./individual.ts";
export { checkLimits, type Limits, mostTrials } from "./limits.ts";
export type { Mutation } from "./mutation.ts";
export { operatorsOf, type PresetName, presets, resized, type SearchSettings } from "./presets.ts";
export { type RandomGenome, randomGenome } from "./random_genome.ts";
export { randomSearch } from "./random_search.ts";
export type { Selection } from "./selection.ts";
