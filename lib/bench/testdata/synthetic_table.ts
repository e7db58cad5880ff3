/**
 * A table of trainings that were none: all functions of three genes with a fitness that follows from their curve, for
 * tests of what plays searches against a table.
 *
 * @module
 */
import { evaluate, type Expression, format } from "../../activation/mod.ts";
import { type Random, random } from "../../random.ts";
import { ALL_GENES, allGenomes, describeGenome, type Genome } from "../../search/mod.ts";
import { createTable, type FitnessTable } from "../tabular.ts";

/** How many epochs a training has. */
export const EPOCHS = 4;

/** A normal number (Box and Muller). */
function normal(rng: Random): number {
  return Math.sqrt(-2 * Math.log(1 - rng.next())) * Math.cos(2 * Math.PI * rng.next());
}

/** High for what is close to x · σ(x) at normal inputs; steep functions diverge. */
function quality(e: Expression): number {
  const xs = Array.from({ length: 21 }, (_, i) => (i - 10) / 4);
  const squares = xs.map((x) => (evaluate(e, x) - x / (1 + Math.exp(-x))) ** 2 * Math.exp(-x * x / 2));
  const distance = Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / xs.length);
  return distance > 20 ? 0 : 2 / (1 + distance);
}

/** Trainings of every function with seeds 1 and 2. */
export function syntheticTrainings({ noise = 0.03 } = {}) {
  const rng = random(1);
  const functions = new Map<string, { readonly e: Expression; readonly genome: Genome }>();
  for (const genome of allGenomes({ ...ALL_GENES, shapes: [3] })) {
    const { identity, expression, rejected } = describeGenome(genome);
    if (!rejected && !functions.has(identity)) functions.set(identity, { e: expression!, genome });
  }
  return [...functions.values()].flatMap(({ e, genome }) => {
    const value = quality(e);
    return [1, 2].map((seed) => {
      const fitness = Array.from(
        { length: EPOCHS },
        (_, i) => value === 0 ? 0 : Math.max(0, value * (1 - 0.5 ** (i + 1)) + noise * normal(rng)),
      );
      return { formula: format(e), genome, seed, fitness };
    });
  });
}

/** The table of these trainings. */
export function syntheticTable(options: { readonly noise?: number } = {}): FitnessTable {
  return createTable(syntheticTrainings(options));
}
