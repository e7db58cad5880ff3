/**
 * Where the time of a run goes: training, workers that wait for the others of their generation, everything else.
 *
 * @module
 */
import type { StudyEvent } from "../study/mod.ts";

/** Where the wall time went. `training + waiting + other` is the whole. All in seconds. */
export interface TimeSpent {
  /** Wall time, in seconds. */
  readonly wall: number;
  /** Trials running in workers, divided by the number of workers. */
  readonly training: number;
  /** Workers idle because the last trials of a generation still ran, divided by the number of workers. */
  readonly waiting: number;
  /** Setting up, proposing, decoding, storing, starting workers. */
  readonly other: number;
  /** Images trained on a second of training, all workers together; 0 where nothing was trained. */
  readonly imagesPerSecond: number;
}

/** Adds up where the time goes. */
export class Clock {
  readonly #began = performance.now();
  #evaluating = 0;
  /** Evaluations that run, and since when there are any. */
  #running = 0;
  #since = 0;
  #trials = 0;
  #images = 0;
  #epochs = 0;

  /** Starts with no time spent. */
  constructor(readonly workers: number) {}

  /** Takes the time of an evaluation of one trial or several; while evaluations overlap, time counts once. */
  async evaluate<T>(evaluation: () => Promise<T>): Promise<T> {
    if (this.#running++ === 0) this.#since = performance.now();
    try {
      return await evaluation();
    } finally {
      if (--this.#running === 0) this.#evaluating += (performance.now() - this.#since) / 1000;
    }
  }

  /** Takes note of what happens in a run. */
  hear(event: StudyEvent): void {
    if (event.kind === "ended") this.#trials += event.trial.seconds;
    if (event.kind === "epoch") {
      this.#images += event.metrics.images ?? 0;
      this.#epochs += event.metrics.seconds;
    }
  }

  /** Where the time went until now. */
  spent(): TimeSpent {
    const wall = (performance.now() - this.#began) / 1000;
    const training = this.#trials / this.workers;
    const waiting = Math.max(0, this.#evaluating - training);
    const imagesPerSecond = this.#epochs === 0 ? 0 : this.#images / this.#epochs * this.workers;
    return { wall, training, waiting, other: wall - training - waiting, imagesPerSecond };
  }
}
