/**
 * Shows how far a search is, on stderr: a bar on a terminal, otherwise a line a generation. It knows nothing of how the
 * search works.
 *
 * @module
 */
import { SingleBar } from "cli-progress";
import { type Generation, type StudyEvent, type Trial, trialFitness } from "../mod.ts";
import { formatDuration } from "./duration.ts";

/** What is shown of one phase: the search, or the final comparison. */
export interface PhaseProgress {
  /** Takes what happens to a trial. */
  readonly hear: (event: StudyEvent) => void;
  /** Takes the end of a generation. */
  readonly generation: (generation: Generation) => void;
  /** Ends the display. */
  readonly stop: () => void;
}

/** What a phase is about to do. */
export interface Phase {
  readonly name: string;
  /** Trials of the phase, at most. */
  readonly total: number;
}

/** Counts of a phase, from which everything that is shown follows. */
class Counts {
  readonly #began = performance.now();
  #ended = 0;
  #trained = 0;
  best: Trial | undefined;

  constructor(readonly total: number) {}

  hear(event: StudyEvent): void {
    if (event.kind !== "ended" && event.kind !== "recalled") return;
    this.#ended++;
    if (event.kind === "ended") this.#trained++;
    const { trial } = event;
    if (this.best === undefined || trialFitness(trial) > trialFitness(this.best)) this.best = trial;
  }

  get ended(): number {
    return this.#ended;
  }

  get perMinute(): number {
    return this.#trained / (performance.now() - this.#began) * 60_000;
  }

  get left(): string {
    const missing = this.total - this.#ended;
    return this.#trained < 2 ? "…" : formatDuration(missing / this.perMinute * 60);
  }

  get summary(): string {
    const best = this.best === undefined ? "" : `, best ${trialFitness(this.best).toFixed(3)}: ${this.best.expression}`;
    return `${this.perMinute.toFixed(1)} trials/min, ${this.left} left${best}`;
  }
}

/** Shows a phase on stderr. */
export function phaseProgress(phase: Phase, { terminal = Deno.stderr.isTerminal() } = {}): PhaseProgress {
  const counts = new Counts(phase.total);
  return terminal ? bar(phase, counts) : lines(phase, counts);
}

function bar({ name, total }: Phase, counts: Counts): PhaseProgress {
  const display = new SingleBar({
    format: `${name} [{bar}] {value}/{total} | {summary}`,
    barsize: 20,
    hideCursor: true,
    clearOnComplete: true,
    stream: Deno.stderr as unknown as NodeJS.WritableStream,
  });
  display.start(total, 0, { summary: "…" });
  const show = () => display.update(counts.ended, { summary: counts.summary });
  return {
    hear(event) {
      counts.hear(event);
      show();
    },
    generation: show,
    stop: () => display.stop(),
  };
}

function lines({ name, total }: Phase, counts: Counts): PhaseProgress {
  let told = 0;
  const tell = (text: string) => {
    told = counts.ended;
    console.error(`${name}: ${text}`);
  };
  return {
    hear(event) {
      counts.hear(event);
      if (counts.ended - told >= Math.max(10, total / 20)) tell(`${counts.ended}/${total}, ${counts.summary}`);
    },
    generation: ({ generation }) => tell(`generation ${generation}: ${counts.ended}/${total}, ${counts.summary}`),
    stop() {},
  };
}
