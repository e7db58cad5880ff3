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
  /** How many trials there are, recalled ones included (default: as many as the study is asked for at a time). */
  readonly total?: number;
  /** Whether the best function is one of the facts (default: no). */
  readonly best?: boolean;
}

/** Follows a run of trials. The time left is reckoned from the trials that have ended in this run. */
export class RunFacts {
  #total: number | undefined;
  readonly #knowsTotal: boolean;
  readonly #showsBest: boolean;
  readonly #began = performance.now();
  #ended = 0;
  #trained = 0;
  #generation: number | undefined;
  #best: Trial | undefined;

  /** Begins to count. */
  constructor({ total, best = false }: RunFactsOptions = {}) {
    this.#total = total;
    this.#knowsTotal = total !== undefined;
    this.#showsBest = best;
  }

  /** How many trials there are, recalled ones included; undefined while that is not known. */
  get total(): number | undefined {
    return this.#total;
  }

  /** How many trials have ended, recalled ones included. */
  get ended(): number {
    return this.#ended;
  }

  /** Takes what happens to a trial. */
  hear(event: StudyEvent): void {
    if (!this.#knowsTotal) this.#total = event.progress.total;
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
    const left = (this.#total ?? 0) - this.#ended;
    return [
      ...this.#generation === undefined ? [] : [`generation ${this.#generation}`],
      ...trained < 2 ? [] : [`${formatDuration(left * seconds / trained)} left`],
      ...best ? [`best ${trialFitness(best).toFixed(3)}: ${best.formula}`] : [],
      ...trained < 2 ? [] : [`${(60 * trained / seconds).toFixed(1)} trials/min`],
    ];
  }
}
