/**
 * Trains many functions by one recipe, as trials of a study that goes on where it was left.
 *
 * @module
 */
import { openSearch, searchRecipe, type SearchRequest } from "../experiment/mod.ts";
import type { JsonRecord, StudyEvent, Trial, TrialSpec } from "../study/mod.ts";

/** A function to train. */
export type Candidate = Pick<TrialSpec, "formula" | "identity" | "genome">;

/** Options of {@linkcode trainFunctions}. */
export interface TrainFunctionsOptions {
  /** The study's name. */
  readonly study: string;
  /** The folder of studies (default: the project's). */
  readonly folder?: string;
  /** What differs from the recipe of the search's preset. */
  readonly request: SearchRequest;
  /** Each function is trained with each of them. */
  readonly seeds: readonly number[];
  /** Worker processes (default: one a core). */
  readonly workers?: number;
  readonly signal?: AbortSignal;
  /** Called as things happen. */
  readonly onEvent?: (event: StudyEvent) => void;
}

/** Trains the functions, and gives the trials that have ended, seed by seed in the order of the functions. */
export async function trainFunctions(
  functions: readonly Candidate[],
  { seeds, request, onEvent, signal, ...where }: TrainFunctionsOptions,
): Promise<readonly Trial[]> {
  await using experiment = await openSearch({ ...where, ...request, seed: 1, signal });
  const { study, executor } = experiment;
  const recipe = searchRecipe(study.head.settings) as unknown as JsonRecord;
  const specs = seeds.flatMap((seed) =>
    functions.map((candidate) => ({ ...candidate, label: "search", recipe, seed, test: false }))
  );
  const { trials } = await study.run(specs, { executor, signal, onEvent });
  return trials;
}
