/**
 * Shows how far something is, on stderr: on a terminal one line that changes in place and fits its width, elsewhere a
 * line now and then.
 *
 * @module
 */
import process from "node:process";
import type { Progress } from "../datasets/mod.ts";
import { RunFacts, type RunFactsOptions } from "../experiment/mod.ts";
import type { Generation } from "../search/mod.ts";
import type { StudyEvent } from "../study/mod.ts";
import { formatDuration } from "../duration.ts";

/** What is being done, and how far it is. */
export interface Work {
  /** What is being done: "search", or the name of a file. */
  readonly name: string;
  /** How much is done. */
  readonly done?: number;
  /** Of how much; where that is not known, there is no bar. */
  readonly total?: number;
  /** What is counted, where that isn't clear from the name. */
  readonly unit?: string;
  /** What else there is to say, the most important first; the end is cut off where the line is too short. */
  readonly facts?: readonly string[];
}

/** A display of work. */
export interface ProgressDisplay extends Disposable {
  /** Shows how far the work is, in place of what was shown; a milestone is shown in any case. */
  show(work: Work, options?: { readonly milestone?: boolean }): void;
  /** Prints a line above the display. */
  log(line: string): void;
  /** Takes the display away; `show` brings it back. */
  stop(): void;
}

/** Where a display is shown: `process.stderr`, or what a test gives. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  /** The width of a terminal. */
  readonly columns?: number;
  write(text: string): unknown;
}

/** Options of {@linkcode progressDisplay}. */
export interface ProgressDisplayOptions {
  /** Default: `process.stderr` (`Deno.stderr` has neither `isTTY` nor `columns`). */
  readonly stream?: ProgressStream;
  /** How many lines work gets, at most, where there is no terminal (default: 20). */
  readonly lines?: number;
}

/** The letters that are shown, each with its width in columns; control characters are left out. */
function letters(text: string): { letter: string; width: number }[] {
  return [...text.replace(/[\p{Cc}\p{Cf}\p{Mn}]/gu, "")].map((letter) => ({
    letter,
    width: letter.codePointAt(0)! < 0x1100 || /[\u2000-\u2bff]/.test(letter) ? 1 : 2,
  }));
}

/** How many columns a text takes on a terminal. */
function columnsOf(text: string): number {
  return letters(text).reduce((sum, { width }) => sum + width, 0);
}

/** The beginning of a text that fits. */
function cut(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return letters(text).map(({ letter }) => letter).join("");
  let [shown, used] = ["", 0];
  for (const { letter, width } of letters(text)) {
    if (used + width > columns - 1) break;
    shown += letter;
    used += width;
  }
  return columns < 1 ? "" : `${shown}…`;
}

/**
 * The line that shows work in so many columns.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * const work = { name: "search", done: 3, total: 12, facts: ["2 min 5 s left", "best 1.234: x*sigmoid(x)"] };
 * assertEquals(formatProgress(work, { columns: 50 }), "search [==------] 3/12 | 2 min 5 s left | best 1.…");
 * ```
 */
export function formatProgress({ name, done = 0, total, unit, facts = [] }: Work, { columns }: { columns: number }) {
  const cells = Math.min(20, Math.floor(columns / 6));
  const full = total ? Math.min(cells, Math.floor(cells * done / total)) : 0;
  const bar = total && columns >= 40 && columns < Infinity ? ` [${"=".repeat(full)}${"-".repeat(cells - full)}]` : "";
  const count = total ? ` ${done}/${total}${unit ? ` ${unit}` : ""}` : "";
  return cut([`${name}${bar}${count}`, ...facts].join(" | "), columns);
}

/** Makes a display. Dispose of it before anything else is printed. */
export function progressDisplay(
  { stream = process.stderr, lines = 20 }: ProgressDisplayOptions = {},
): ProgressDisplay {
  return stream.isTTY ? terminalDisplay(stream) : plainDisplay(stream, { lines });
}

const REDRAW_MILLISECONDS = 500;

function terminalDisplay(stream: ProgressStream): ProgressDisplay {
  let work: Work | undefined;
  let began = 0;
  let width = 0;
  let timer: ReturnType<typeof setInterval> | undefined;
  const columns = () => stream.columns || 80;
  // a terminal that became narrower has broken the line into rows
  const erase = () => {
    const rows = Math.max(1, Math.ceil(width / columns()));
    width = 0;
    return `${rows > 1 ? `\x1b[${rows - 1}A` : ""}\r\x1b[J`;
  };
  const draw = () => {
    if (work === undefined) return;
    const { facts = [], ...rest } = work;
    const elapsed = formatDuration((performance.now() - began) / 1000);
    // the last column stays free: some terminals begin a new row when it is written to
    const text = formatProgress({ ...rest, facts: [...facts, elapsed] }, { columns: columns() - 1 });
    stream.write(`${erase()}${text}`);
    width = columnsOf(text);
  };
  const stop = () => {
    clearInterval(timer);
    timer = undefined;
    if (work !== undefined) stream.write(erase());
    work = undefined;
  };
  return {
    show(next) {
      if (next.name !== work?.name) began = performance.now();
      work = next;
      if (timer !== undefined) return;
      draw();
      timer = setInterval(draw, REDRAW_MILLISECONDS);
    },
    log(line) {
      stream.write(`${work === undefined ? "" : erase()}${line}\n`);
      draw();
    },
    stop,
    [Symbol.dispose]: stop,
  };
}

const LEAST_STEP = 10; // trials or MB

function plainDisplay(stream: ProgressStream, { lines }: { readonly lines: number }): ProgressDisplay {
  let [name, shown] = ["", 0];
  return {
    show(work, { milestone = false } = {}) {
      const { done = 0, total } = work;
      const isNew = work.name !== name;
      if (isNew) [name, shown] = [work.name, 0];
      const step = Math.max(Math.min(LEAST_STEP, (total ?? 0) / 4), (total ?? 0) / lines);
      if (!milestone && (total === undefined ? !isNew : done - shown < step)) return;
      shown = done;
      stream.write(`${formatProgress(work, { columns: Infinity })}\n`);
    },
    log: (line) => void stream.write(`${line}\n`),
    stop() {},
    [Symbol.dispose]() {},
  };
}

/** What shows a run of trials. */
export interface TrialProgress extends Disposable {
  /** Takes what happens to a trial. */
  readonly onEvent: (event: StudyEvent) => void;
  /** Takes the end of a generation. */
  readonly onGeneration: (generation: Generation) => void;
}

/** Shows a run of trials: how many have ended, the time left, and the best function. */
export function trialProgress(
  name: string,
  { display = progressDisplay(), ...options }: RunFactsOptions & { readonly display?: ProgressDisplay },
): TrialProgress {
  const run = new RunFacts(options);
  const show = ({ milestone = false } = {}) =>
    display.show({ name, done: run.ended, total: run.total, facts: run.facts }, { milestone });
  show();
  return {
    onEvent(event) {
      run.hear(event);
      show();
    },
    onGeneration(generation) {
      run.hearGeneration(generation);
      show({ milestone: true });
    },
    [Symbol.dispose]: () => display.stop(),
  };
}

/** What shows the preparation of a data set. */
export interface DownloadProgress extends Disposable {
  /** Takes what is being done. */
  readonly show: (progress: Progress) => void;
}

const MB = 1e6;

/** Shows the preparation of a data set: its steps as lines, and how far each file of more than 1 MB is. */
export function downloadProgress({ display = progressDisplay({ lines: 4 }) } = {}): DownloadProgress {
  return {
    show(progress) {
      if (progress.kind === "step") {
        display.stop();
        return display.log(progress.text);
      }
      const { file, bytes, of } = progress;
      if (of >= MB) display.show({ name: file, done: Math.round(bytes / MB), total: Math.round(of / MB), unit: "MB" });
    },
    [Symbol.dispose]: () => display.stop(),
  };
}
