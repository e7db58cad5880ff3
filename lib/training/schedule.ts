/**
 * How the learning rate goes from step to step. It knows nothing of what is trained.
 *
 * @module
 */

/** Names of the schedules. */
export const SCHEDULES = ["constant", "cosine"] as const;

/** `cosine`: from the learning rate down to 0 along half a cosine (Loshchilov, Hutter, ICLR 2017, without restarts). */
export type ScheduleName = typeof SCHEDULES[number];

/** Options of {@linkcode learningRateAt}. */
export interface ScheduleOptions {
  readonly schedule: ScheduleName;
  /** The learning rate of the first step. */
  readonly learningRate: number;
  /** Number of steps of the whole training. */
  readonly steps: number;
}

/**
 * The learning rate of a step, counted from 0.
 *
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { learningRateAt } from "./schedule.ts";
 * assertAlmostEquals(learningRateAt(5, { schedule: "cosine", learningRate: 0.1, steps: 10 }), 0.05);
 * ```
 */
export function learningRateAt(step: number, { schedule, learningRate, steps }: ScheduleOptions): number {
  return schedule === "constant" ? learningRate : learningRate * (1 + Math.cos(Math.PI * step / steps)) / 2;
}
