/**
 * The genetic search for activation functions.
 *
 * @module
 */
export { describeGenome } from "./describe_genome.ts";
export { geneDiversity } from "./diversity.ts";
export type { Counts, Description, Rejection } from "./gate.ts";
export { AFOS_GENES, ALL_GENES, checkGenes, type Genes, type Genome, type Shape } from "./genes.ts";
export { type Ending, type Fitness, type Generation, type GeneticOptions, geneticSearch } from "./genetic.ts";
export { PENDING } from "./asynchronous_search.ts";
export { allGenomes, genomeCount } from "./exhaustive_search.ts";
export type { Candidate, Individual, Origin, Provenance } from "./individual.ts";
export { checkLimits, generationsFor, type Limits, mostTrials } from "./limits.ts";
export {
  bestSelection,
  type Crossover,
  crossover,
  type Mutation,
  occasional,
  type Operators,
  pointMutation,
  type RandomGenome,
  randomGenome,
  rankSelection,
  type Selection,
} from "./operators.ts";
export { operatorsOf, type PresetName, presets, resized, type SearchSettings } from "./presets.ts";
export { randomSearch } from "./random_search.ts";
export { createSpace, type Definitions, genomeIn, readDefinitions, type Space, type SpaceOptions } from "./space.ts";
export { expectedTrainings, strategies, STRATEGY_NAMES, type StrategyName } from "./strategies.ts";
export { epochCost, type Strategy, type StrategyOptions } from "./strategy.ts";
