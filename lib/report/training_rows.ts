/**
 * The trainings of an evaluation as a table: a row for each function in each case.
 *
 * @module
 */
import { mean } from "../statistics/mod.ts";
import type { Row } from "./cells.ts";

/** One training; null is what one that did not end lacks. */
export interface TrainingFigures {
  /** The case's name. */
  readonly case: string;
  /** The function's name. */
  readonly function: string;
  /** In [0, 1]. */
  readonly testAccuracy: number | null;
  /** Mean cross-entropy. */
  readonly testLoss: number | null;
  /** Counted from 1. */
  readonly bestEpoch: number | null;
  /** Epochs that were trained to their end. */
  readonly epochs: number;
  /** Wall time. */
  readonly seconds: number;
  /** Whether a loss was NaN or infinite. */
  readonly diverged: boolean;
  /** Why it could not be run; null where it could. */
  readonly failure: string | null;
}

/** The mean of the values that are there, as a text. */
function knownMean(values: readonly (number | null)[], digits: number): string {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? "–" : mean(known).toFixed(digits);
}

/** The rows, in the order in which cases and functions come: means over the trainings that have a figure, and counts. */
export function trainingRows(trainings: readonly TrainingFigures[]): Row[] {
  const groups = Map.groupBy(trainings, (training) => JSON.stringify([training.case, training.function]));
  return [...groups.values()].map((own) => ({
    case: own[0].case,
    function: own[0].function,
    "test accuracy (%)": knownMean(own.map(({ testAccuracy }) => testAccuracy && 100 * testAccuracy), 2),
    "test loss": knownMean(own.map(({ testLoss }) => testLoss), 3),
    "best epoch": knownMean(own.map(({ bestEpoch }) => bestEpoch), 1),
    epochs: knownMean(own.map(({ epochs }) => epochs), 1),
    seconds: knownMean(own.map(({ seconds }) => seconds), 1),
    diverged: own.filter(({ diverged }) => diverged).length,
    failed: own.filter(({ failure }) => failure !== null).length,
  }));
}
