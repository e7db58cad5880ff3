/**
 * The best of several functions beside the others, in one case over seeds: chosen by validation, compared by test.
 *
 * @module
 */
import { compareWithEach, type EachComparison } from "./compare_with_each.ts";
import { mean } from "./summary.ts";

/** The best function beside others, over trainings with the same seeds in one case. */
export interface BestComparison {
  /** The function with the best mean validation accuracy, by which it was chosen. */
  readonly best: { readonly name: string; readonly formula: string };
  /** Of how many functions it is the best. */
  readonly of: number;
  /** Its test accuracy beside that of the others; no others where there are none but itself. */
  readonly comparison: EachComparison;
  /** How many trainings diverged, which count as an accuracy of 0, by function. */
  readonly diverged: Readonly<Record<string, number>>;
}

/** What is needed for a {@linkcode BestComparison}. */
export interface TrainedFunction {
  /** The function's name. */
  readonly name: string;
  /** The function as a text. */
  readonly formula: string;
  /** The same for equal functions. */
  readonly identity: string;
  /** Whether it may be the best, and the best is compared with it; default: both. */
  readonly role?: "found" | "baseline";
  /** Seeds of the trainings. */
  readonly seeds: readonly number[];
  /** By seed, from 0 to 1; NaN of a training that diverged or failed. */
  readonly validationAccuracy: readonly number[];
  /** By seed, from 0 to 1; NaN of a training that diverged or failed. */
  readonly testAccuracy: readonly number[];
  /** By seed, whether the training diverged. */
  readonly diverged: readonly boolean[];
}

/** The figure of a seed: 0 of a training that diverged, undefined of one that is missing or failed. */
function scoreOf(one: TrainedFunction, list: readonly number[], seed: number): number | undefined {
  const i = one.seeds.indexOf(seed);
  if (i < 0) return undefined;
  return one.diverged[i] ? 0 : Number.isFinite(list[i]) ? list[i] : undefined;
}

/**
 * Chooses the best function by validation and compares its test accuracy with that of the others, over the seeds that all
 * functions have. Undefined where no seed is left, and where nothing trained.
 */
export function compareBest(functions: readonly TrainedFunction[]): BestComparison | undefined {
  const seeds = (functions[0]?.seeds ?? []).filter((seed) =>
    functions.every((one) => scoreOf(one, one.testAccuracy, seed) !== undefined)
  );
  const candidates = functions.filter(({ role }) => role !== "baseline");
  if (seeds.length === 0 || candidates.length === 0) return undefined;
  const scores = (one: TrainedFunction, list: readonly number[]) => seeds.map((seed) => scoreOf(one, list, seed) ?? 0);
  const validation = candidates.map((one) => mean(scores(one, one.validationAccuracy)));
  const best = candidates[validation.indexOf(Math.max(...validation))];
  if (Math.max(...validation) === 0) return undefined;
  const others = functions.filter(({ role, identity }) => role !== "found" && identity !== best.identity);
  const test = (one: TrainedFunction) => ({ name: one.name, scores: scores(one, one.testAccuracy) });
  const diverged = [best, ...others].map((one) =>
    [one.name, seeds.filter((seed) => one.diverged[one.seeds.indexOf(seed)]).length] as const
  );
  return {
    best: { name: best.name, formula: best.formula },
    of: candidates.length,
    comparison: compareWithEach(test(best), others.map(test)),
    diverged: Object.fromEntries(diverged.filter(([, count]) => count > 0)),
  };
}
