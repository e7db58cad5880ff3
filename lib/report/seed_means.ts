/**
 * Scores of several trainings as one for each function in each case: the mean over seeds.
 *
 * @module
 */
import { mean, type PartialScore } from "../statistics/mod.ts";

/** One training. */
export interface SeededScore {
  /** The case's name. */
  readonly case: string;
  /** The function's name. */
  readonly function: string;
  /** The seed, the same for every function. */
  readonly seed: string | number;
  /** Its score; NaN where there is none. */
  readonly score: number;
}

/** What {@linkcode seedMeans} returns; everything in the order in which it comes. */
export interface SeedMeans<T> {
  /** The names of the functions. */
  readonly functions: readonly string[];
  /** The names of the cases. */
  readonly cases: readonly string[];
  /** The first training of each case. */
  readonly first: readonly T[];
  /** The mean of each function in each case; NaN where there is no training, or one without a score. */
  readonly scores: readonly (readonly number[])[];
  /** The means that lack trainings with seeds that other functions have in their case. */
  readonly partial: readonly PartialScore[];
}

/** Number of different seeds. */
export function countSeeds(trainings: readonly Pick<SeededScore, "seed">[]): number {
  return new Set(trainings.map(({ seed }) => seed)).size;
}

/** The means over seeds. */
export function seedMeans<T extends SeededScore>(trainings: readonly T[]): SeedMeans<T> {
  const functions = [...new Set(trainings.map((training) => training.function))];
  const byCase = [...Map.groupBy(trainings, (training) => training.case)];
  const partial: PartialScore[] = [];
  const scores = byCase.map(([name, ofCase]) => {
    const of = countSeeds(ofCase);
    const byFunction = Map.groupBy(ofCase, (training) => training.function);
    return functions.map((one) => {
      const own = (byFunction.get(one) ?? []).map(({ score }) => score);
      if (own.length === 0 || own.some(Number.isNaN)) return NaN;
      if (own.length < of) partial.push({ case: name, function: one, seeds: own.length, of });
      const value = mean(own);
      // Where scores of both signs cancel, what is left may be their rounding errors alone.
      return Math.abs(value) <= 1e-15 * Math.max(...own.map(Math.abs)) ? 0 : value;
    });
  });
  return { functions, cases: byCase.map(([name]) => name), first: byCase.map(([, [first]]) => first), scores, partial };
}
