/**
 * A line of progress: in a notebook one output that changes in place, elsewhere lines on the console. It knows nothing
 * of what makes progress.
 *
 * @module
 */

/** Sends a message to the notebook, as `Deno.jupyter.broadcast` does. */
export type Broadcast = (type: string, content: Record<string, unknown>) => Promise<void>;

/** A line that can be changed. */
export interface ProgressLine {
  /** Shows a text in place of the last one, unless that was shown just now: then it waits for the next call. */
  update(text: string): void;
  /** Shows the last text, and waits until all is shown. The line can be updated further. */
  flush(): Promise<void>;
}

/** Options of {@linkcode progressLine}. */
export interface ProgressOptions {
  /** Milliseconds between two texts; what comes between is left out. Default: 200 in a notebook, else 1000. */
  readonly interval?: number;
  /** The notebook; default: the one in which this runs, if it runs in one. */
  readonly broadcast?: Broadcast;
  /** Shows a line where there is no notebook; default: `console.log`. */
  readonly log?: (line: string) => void;
}

/** The broadcast of the notebook in which this runs; undefined outside of a notebook. */
export function notebookBroadcast(): Broadcast | undefined {
  try {
    const { broadcast } = Deno.jupyter; // throws outside of a kernel
    return (type, content) => broadcast(type, content);
  } catch {
    return undefined;
  }
}

/**
 * Makes a line of progress.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { progressLine } from "./progress.ts";
 * const lines: string[] = [];
 * const line = progressLine({ log: (text) => lines.push(text) });
 * for (let trial = 1; trial <= 3; trial++) line.update(`${trial} trials`);
 * await line.flush();
 * assertEquals(lines, ["1 trials", "3 trials"]);
 * ```
 */
export function progressLine(options: ProgressOptions = {}): ProgressLine {
  const { broadcast = notebookBroadcast(), log = console.log } = options;
  const interval = options.interval ?? (broadcast ? 200 : 1000);
  const displayId = crypto.randomUUID();
  let shown: string | undefined;
  let latest: string | undefined;
  let shownAt = -Infinity;
  let sent = Promise.resolve();

  const show = () => {
    if (latest === undefined || latest === shown) return;
    const text = latest;
    const type = shown === undefined ? "display_data" : "update_display_data";
    [shown, shownAt] = [text, performance.now()];
    if (broadcast === undefined) return log(text);
    const content = { data: { "text/plain": text }, metadata: {}, transient: { display_id: displayId } };
    // A notebook that has gone must not stop what makes the progress.
    sent = sent.then(() => broadcast(type, content)).catch(() => {});
  };
  return {
    update(text) {
      latest = text;
      if (performance.now() - shownAt >= interval) show();
    },
    async flush() {
      show();
      await sent;
    },
  };
}
