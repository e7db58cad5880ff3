/**
 * How far a run of trials is, for a line of progress: what has ended, the time left, the best function.
 *
 * @module
 */
import { formatDuration } from "../duration.ts";
import type { Generation } from "../search/mod.ts";
import { type StudyEvent, type Trial, trialFitness, trialScores } from "../study/mod.ts";

/** Options of {@linkcode RunFacts}. */
export interface RunFactsOptions {
  /** How many trials there are, recalled ones included. */
  readonly total: number;
  /** Whether the best function is one of the facts (default: no). */
  readonly best?: boolean;
}

/** Follows a run of trials. The time left is reckoned from the trials that have ended in this run. */
export class RunFacts {
  /** How many trials there are, recalled ones included. */
  readonly total: number;
  readonly #showsBest: boolean;
  readonly #began = performance.now();
  #ended = 0;
  #trained = 0;
  #generation: number | undefined;
  #best: Trial | undefined;

  /** Begins to count. */
  constructor({ total, best = false }: RunFactsOptions) {
    this.total = total;
    this.#showsBest = best;
  }

  /** How many trials have ended, recalled ones included. */
  get ended(): number {
    return this.#ended;
  }

  /** Takes what happens to a trial. */
  hear(event: StudyEvent): void {
    if (event.kind === "ended") this.#trained++;
    if (event.kind !== "ended" && event.kind !== "recalled") return;
    this.#ended++;
    const { trial } = event;
    if (trialScores(trial) && (this.#best === undefined || trialFitness(trial) > trialFitness(this.#best))) {
      this.#best = trial;
    }
  }

  /** Takes the end of a generation. */
  hearGeneration({ generation }: Pick<Generation, "generation">): void {
    this.#generation = generation;
  }

  /** What there is to say beside the count, the most important first. */
  get facts(): string[] {
    const seconds = (performance.now() - this.#began) / 1000;
    const [trained, best] = [this.#trained, this.#showsBest ? this.#best : undefined];
    return [
      ...this.#generation === undefined ? [] : [`generation ${this.#generation}`],
      ...trained < 2 ? [] : [`${formatDuration((this.total - this.#ended) * seconds / trained)} left`],
      ...best ? [`best ${trialFitness(best).toFixed(3)}: ${best.formula}`] : [],
      ...trained < 2 ? [] : [`${(60 * trained / seconds).toFixed(1)} trials/min`],
    ];
  }
}
