/**
 * Shows how far an evaluation is, on stderr: a bar on a terminal, otherwise lines. It knows nothing of how an evaluation
 * works.
 *
 * @module
 */
import { SingleBar } from "cli-progress";
import type { EvaluationWork, StudyEvent } from "../mod.ts";
import { formatDuration } from "./duration.ts";

/** The display of a run. */
export interface EvaluationProgress {
  /** Takes what happens to a trial. */
  readonly hear: (event: StudyEvent) => void;
  /** Ends the display. */
  readonly stop: () => void;
}

/** Shows a run on stderr. */
export function evaluationProgress(
  { tuningTrials, evaluationTrials, ended: kept }: EvaluationWork,
  { terminal = Deno.stderr.isTerminal() } = {},
): EvaluationProgress {
  const total = tuningTrials + evaluationTrials;
  const began = performance.now();
  let [ended, trained, told] = [0, 0, kept];
  const summary = () => {
    if (trained < 2) return "…";
    return `about ${formatDuration((total - ended) * (performance.now() - began) / 1000 / trained)} left`;
  };
  const bar = terminal
    ? new SingleBar({
      format: "trials [{bar}] {value}/{total} | {summary}",
      barsize: 20,
      hideCursor: true,
      clearOnComplete: true,
      stream: Deno.stderr as unknown as NodeJS.WritableStream,
    })
    : undefined;
  bar?.start(total, 0, { summary: "…" });
  return {
    hear(event) {
      if (event.kind === "ended") trained++;
      if (event.kind === "ended" || event.kind === "recalled") ended++;
      if (bar) bar.update(ended, { summary: summary() });
      else if (ended - told >= Math.max(10, total / 20)) {
        told = ended;
        console.error(`${ended}/${total} trials, ${summary()}`);
      }
    },
    stop: () => bar?.stop(),
  };
}
