/**
 * A run of trials as one line of a cell: how many have ended, the time left, the best function.
 *
 * @module
 */
import { RunFacts, type RunFactsOptions } from "../experiment/mod.ts";
import type { Generation } from "../search/mod.ts";
import type { StudyEvent } from "../study/mod.ts";
import { progressLine, type ProgressOptions } from "./progress.ts";

/** What shows a run of trials. */
export interface TrialProgress {
  /** Takes what happens to a trial. */
  readonly onEvent: (event: StudyEvent) => void;
  /** Takes the end of a generation. */
  readonly onGeneration: (generation: Generation) => void;
  /** Shows what was heard last, and waits until it is shown. */
  readonly flush: () => Promise<void>;
}

/**
 * Shows a run of trials in a notebook, or on the console. The `total` of a search, which is asked for its trials a
 * generation at a time, is what its `estimate` says.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { trialProgress } from "./trial_progress.ts";
 * const lines: string[] = [];
 * const progress = trialProgress("search", { total: 12, log: (line) => lines.push(line) });
 * await progress.flush();
 * assertEquals(lines, ["search 0/12"]);
 * ```
 */
export function trialProgress(
  name: string,
  { total, best, ...options }: RunFactsOptions & ProgressOptions = {},
): TrialProgress {
  const run = new RunFacts({ total, best });
  const line = progressLine(options);
  const show = () => {
    const count = run.total === undefined ? "" : ` ${run.ended}/${run.total}`;
    line.update([`${name}${count}`, ...run.facts].join(" | "));
  };
  show();
  return {
    onEvent(event) {
      run.hear(event);
      show();
    },
    onGeneration(generation) {
      run.hearGeneration(generation);
      show();
    },
    flush: () => line.flush(),
  };
}
