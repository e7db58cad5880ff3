/**
 * What follows from the options of a search: its sizes and its operators, with their defaults.
 *
 * @module
 */
import { SettingsError } from "../schema.ts";
import type { GeneticOptions } from "./genetic.ts";
import { checkLimits, type Limits } from "./limits.ts";
import { DEFAULT_OPERATORS, type Operators } from "./operators.ts";
import { presets, resized } from "./presets.ts";

/** The sizes: what is given, and the rest in proportion to the preset `quick`. Throws as `checkLimits`. */
export function limitsOf(options: GeneticOptions): Limits {
  const { population, populationSize = population, ...given } = options;
  const parts = ["elites", "crossed", "mutated", "immigrants"] as const;
  const own = parts.every((part) => given[part] !== undefined);
  const sum = own ? parts.reduce((total, part) => total + given[part]!, 0) : presets.quick.populationSize;
  const size = populationSize ?? sum;
  const { elites, crossed, mutated, immigrants, generations } = own ? presets.quick : resized(presets.quick, size);
  const pick = (name: keyof Limits) =>
    given[name as keyof typeof given] === undefined ? {} : { [name]: given[name as keyof typeof given] };
  const limits: Limits = Object.assign(
    { populationSize: size, generations, elites, crossed, mutated, immigrants },
    ...[...parts, "generations", "maxTrials", "breedingTries", "drawTries"].map((name) => pick(name as keyof Limits)),
  );
  checkLimits(limits);
  const { length = 0 } = options.given ?? [];
  if (length > limits.populationSize) {
    throw new SettingsError(
      `Cannot search: expected at most ${limits.populationSize} functions to begin with, as many as a population, got ${length}`,
    );
  }
  return limits;
}

/** The operators that are given, and the usual ones. */
export function operatorsIn(options: Partial<Operators>): Operators {
  const standard = DEFAULT_OPERATORS;
  return {
    genes: options.genes ?? standard.genes,
    selection: options.selection ?? standard.selection,
    crossover: options.crossover ?? standard.crossover,
    mutation: options.mutation ?? standard.mutation,
    randomGenome: options.randomGenome ?? standard.randomGenome,
  };
}
