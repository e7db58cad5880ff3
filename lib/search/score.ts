/**
 * How candidates get their fitness: from `evaluate`, several at once, or from `fitness`, one at a time.
 *
 * @module
 */
import { parse } from "../activation/mod.ts";
import { SettingsError } from "../schema.ts";
import type { GeneticOptions } from "./genetic.ts";
import type { Candidate, Individual } from "./individual.ts";

/** Scores candidates, in their order. */
export type Evaluate = (candidates: readonly Candidate[]) => Promise<readonly number[]>;

/**
 * What scores candidates: `evaluate`, or `fitness` for `concurrency` functions at a time, also where it is called again
 * before the earlier calls have ended. Throws a SettingsError where there is neither.
 */
export function evaluator(
  { evaluate, fitness, concurrency = 1 }: Pick<GeneticOptions, "evaluate" | "fitness" | "concurrency">,
): Evaluate {
  if (evaluate) return evaluate;
  if (!fitness) throw new SettingsError("Cannot search: expected fitness, a function of an expression, got none");
  if (!Number.isSafeInteger(concurrency) || concurrency < 1) {
    throw new SettingsError(`Cannot search: expected concurrency to be an integer of at least 1, got ${concurrency}`);
  }
  let free = concurrency;
  let failure: { readonly error: unknown } | undefined;
  const waiting: (() => void)[] = [];
  const score = async (candidate: Candidate) => {
    if (free > 0) free--;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      if (failure) throw failure.error; // nothing is scored any more that nobody waits for
      return await fitness(candidate.expression ?? parse(candidate.formula), candidate);
    } catch (error) {
      failure ??= { error };
      throw error;
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free++;
    }
  };
  return (candidates) => Promise.all(candidates.map(score));
}

/** The candidates with their fitness. Throws a RangeError for a fitness that is not finite. */
export async function measure(candidates: readonly Candidate[], evaluate: Evaluate): Promise<Individual[]> {
  if (candidates.length === 0) return [];
  const values = await evaluate(candidates);
  if (values.length !== candidates.length) {
    throw new RangeError(`Cannot search: expected ${candidates.length} fitness values, got ${values.length}`);
  }
  return candidates.map((candidate, index) => {
    const fitness = values[index];
    if (!Number.isFinite(fitness)) {
      throw new RangeError(
        `Cannot search: expected a finite fitness of ${candidate.formula}, got ${fitness}; ` +
          "a function that diverges has fitness 0",
      );
    }
    return { ...candidate, fitness };
  });
}
