/**
 * Random search: what a genetic search has to beat.
 *
 * @module
 */
import { presets } from "./presets.ts";
import { type Generation, type GeneticOptions, geneticSearch } from "./genetic.ts";

/** Draws every population at random; options and steps as those of {@linkcode geneticSearch}, which breeds nothing. */
export function randomSearch(
  options: Omit<
    GeneticOptions,
    "elites" | "crossed" | "mutated" | "immigrants" | "selection" | "crossover" | "mutation"
  >,
): AsyncGenerator<Generation, void, void> {
  return geneticSearch({
    ...options,
    elites: 0,
    crossed: 0,
    mutated: 0,
    immigrants: options.populationSize ?? options.population ?? presets.quick.populationSize,
  });
}
