/**
 * Which step of a training is being computed, for layers that are random anew in each.
 *
 * @module
 */
import type { Scalar } from "./tensorflow.ts";

let current: Scalar | undefined;

/** Runs `body` as the step of that number, an int32 scalar from 0. */
export function withTrainingStep<T>(step: Scalar, body: () => T): T {
  const before = current;
  current = step;
  try {
    return body();
  } finally {
    current = before;
  }
}

/** The number of the step that is being computed; undefined where nobody counts. */
export function trainingStep(): Scalar | undefined {
  return current;
}
